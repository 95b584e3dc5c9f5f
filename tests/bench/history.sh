#!/bin/sh
# A check against a history of a million rows: rows a second and peak memory, of one account in a
# thousand and of one account alone, as CSV and as JSON Lines.
#   sh tests/bench/history.sh [LEVY_BINARY]        (build/levy by default)
set -eu
cd "$(dirname "$0")/../.."
levy=${1:-build/levy}
python3 - "$levy" <<'PYTHON'
import datetime, json, os, random, resource, subprocess, sys, tempfile, time

levy, rows = sys.argv[1], 1_000_000
random.seed(1)
end = datetime.datetime(2026, 11, 20)
folder = tempfile.mkdtemp()
names = ["id", "account", "time", "operation", "amount", "currency", "status", "debit"]


def write(name, accounts, as_json):
    path = os.path.join(folder, name)
    with open(path, "w") as file:
        if not as_json:
            file.write(",".join(names) + "\n")
        for i in range(rows):
            at = end - datetime.timedelta(seconds=random.randint(0, 365 * 86400))
            values = [f"r{i}", f"a{random.randint(1, accounts)}", at.isoformat() + "Z",
                      random.choice(["withdrawal", "transaction"]),
                      f"{random.randint(1, 20000) / 100:.2f}", "EUR", "ok", "1.00"]
            file.write(json.dumps(dict(zip(names, values))) if as_json else ",".join(values))
            file.write("\n")
    return path


for title, accounts, as_json in [("1000 accounts, CSV", 1000, False), ("1 account, CSV", 1, False),
                                 ("1000 accounts, JSON Lines", 1000, True)]:
    path = write("history", accounts, as_json)
    command = [levy, "check", "schedules/okpay.json", "withdrawal", "50 EUR", "--tier", "basic",
               "--at", "2026-11-20", "--history", path, "--account", "a1", "--json"]
    times = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"{title:27} {rows / min(times) / 1e6:5.2f} M rows/s   peak so far {peak / 1024:.0f} MiB")
    os.remove(path)
PYTHON
