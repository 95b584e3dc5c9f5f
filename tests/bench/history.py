"""history.py ROWS: times `levy check --history`, awk and Python on what history.sh has generated.

Each program runs three times in turn; the median counts. Peak memory is the largest resident size;
what a program was started from counts too, so that nothing is below some 15 MiB. Where one account
has done everything, levy keeps what still lies inside rolling windows; else memory must not grow.
"""
import json
import os
import statistics
import subprocess
import sys
import time

ROWS = int(sys.argv[1])
ROUNDS = 3
AWK = ('$2 == account && $4 == "withdrawal" && $7 == "ok" && $3 >= "2026-11-01" && '
       '$3 <= "2026-11-20T00:00:00Z" { sum += $5 } END { printf "%.2f\\n", sum }')
PYTHON = """
import csv, decimal, sys
total = decimal.Decimal(0)
for row in csv.DictReader(open(sys.argv[1], newline="")):
    if row["account"] == sys.argv[2] and row["operation"] == "withdrawal" and row["status"] == "ok":
        if "2026-11-01" <= row["time"] <= "2026-11-20T00:00:00Z":
            total += decimal.Decimal(row["amount"])
print(f"{total:.2f}")
"""


def run(command):
    """Seconds, peak MiB, what it printed."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):  # 1: declined
        sys.exit(f"{command[0]} failed")
    return seconds, usage.ru_maxrss / 1024, output.decode()


def levy(path, account):
    return ["build/release/levy", "check", "schedules/okpay.json", "withdrawal", "50 EUR", "--tier",
            "basic", "--at", "2026-11-20", "--account", account, "--json", "--history", path]


def used_in_month(answer):
    limits = {limit["limit"]: limit for limit in json.loads(answer)["limits"]}
    return limits["withdrawal-monthly"]["used"]


def measure(commands):
    """By name: median seconds, peak, the last output; the rounds in turn."""
    seen = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            seen[name].append(run(command))
    return {name: (statistics.median(one[0] for one in runs), max(one[1] for one in runs),
                   runs[-1][2]) for name, runs in seen.items()}


def main():
    print(f"{'':48} {'M rows/s':>8} {'MB/s':>6} {'peak MiB':>8} {'x levy':>7}")
    peaks, wrong = {}, []
    for form in ("csv", "jsonl"):
        for accounts in (1000, 1):
            for rows in (ROWS // 10, ROWS):
                path = f"build/bench/history-{rows}-{accounts}.{form}"
                account = "a1" if accounts > 1 else "a0"
                commands = {"levy": levy(path, account)}
                if form == "csv" and rows == ROWS:
                    commands["awk, floats"] = ["awk", "-F,", "-v", f"account={account}", AWK, path]
                    commands["Python csv, decimal"] = ["python3", "-c", PYTHON, path, account]
                results = measure(commands)
                size = os.path.getsize(path) / 1e6
                for name, (seconds, peak, _) in results.items():
                    what = f"{name}, {rows} {form}, {accounts} account" + "s" * (accounts > 1)
                    print(f"{what:48} {rows / seconds / 1e6:8.2f} {size / seconds:6.0f} "
                          f"{peak:8.1f} {seconds / results['levy'][0]:7.2f}")
                peaks[form, accounts, rows] = results["levy"][1]
                if "Python csv, decimal" in results:
                    ours = used_in_month(results["levy"][2])
                    theirs = results["Python csv, decimal"][2].strip()
                    if ours != theirs:
                        wrong.append(f"{path}: levy says {ours}, Python {theirs}")
                growth = peaks[form, accounts, rows] - peaks[form, accounts, ROWS // 10]
                if growth > 2 and accounts > 1:
                    wrong.append(f"{path}: {growth:.1f} MiB more than with a tenth of the rows")
    for what in wrong:
        print(what)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
