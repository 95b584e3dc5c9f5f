#!/usr/bin/env python3
"""What levy does where the system fails: every open, read, write, fsync, rename, link and close.

usage: check_faults.py LEVY_BINARY C_COMPILER [--all]

faults.c, loaded before the C library, lets the n-th call of a kind fail with EIO, ENOSPC or EINTR.
Whatever the command, it then ends as it does without a fault, with the same bytes, or with status 3
and a message; the files that it writes are whole, all new or all as they were. A batch with three
outputs is killed (SIGKILL) before its n-th call and at moments by the clock: each file is whole, and
where the summary is new, the others are. Two batches with one -o: the file is one's or the other's.
Without --all the errors take turns and only a few calls of each kind fail. Exit status 1: something
else happened.
"""
import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
KINDS = ["open", "read", "write", "fsync", "rename", "link", "close", "unlink"]
ERRORS = [errno.EIO, errno.ENOSPC, errno.EINTR]
OLD = "as it was\n"
WRITES = ["out.csv", "bad.csv", "sum.json", "plot.svg", "loose.json", "fixed.json"]

SCHEDULE = """{
  "levy": 1, "id": "pay", "version": "1", "currency": "EUR", "timezone": "Europe/Berlin",
  "fees": [{"id": "fee", "operation": "pay",
            "cases": [{"when": {"weekday": ["sat", "sun"]}, "percent": "2", "convert": true},
                      {"percent": "1", "min": "0.50 EUR"}]}],
  "tiers": [{"id": "low"}, {"id": "high", "requires": "paper"}],
  "evidence": {"paper": {"kind": "document"}},
  "limits": [{"id": "day", "operation": "pay", "window": "day",
              "max": {"low": "500 EUR", "high": "900 EUR"}}],
  "examples": [{"quote": {"operation": "pay", "amount": "100", "time": "2026-01-05"},
                "expect": {"total": "1.00 EUR"}}]
}
"""
COMMANDS = """
quote pay.json pay 100 --at 2026-01-05
quote pay pay 100 --schedules versions --at 2026-01-05 --json --explain
quote pay.json pay --receive 100 --at 2026-01-05 --rates rates.json
check pay.json pay 600 --profile profile.json --history past.csv --account a --at 2026-01-05
tiers pay.json --profile profile.json --at 2026-01-05
batch pay.json rows.csv --at 2026-01-05 --assume-zero
batch pay.json rows.csv --at 2026-01-05 --assume-zero -o out.csv --rejects bad.csv --summary sum.json
batch pay.json rows.csv --enforce-limits --set tier=low --history past.csv --threads 2 -o out.csv
batch pay.json rows.csv --sort --set tier=low --enforce-limits -o out.csv --rejects bad.csv
batch pay.json lines.jsonl --at 2026-01-05 --assume-zero --filter
validate pay.json
validate loose.json --fix
fmt loose.json --write
diff pay.json versions/other.json
diff pay.json versions/other.json --transactions rows.csv
compare pay 100 pay.json --curve --at 2026-01-05
plot pay.json pay --svg plot.svg
plot pay.json pay --csv --at 2026-01-05
show pay.json
show pay.json --html
test pay.json
list versions
explain unattainable
schema
help quote
completion bash
--version
"""


def fill(folder):
    """What the commands read, and what stands where they write."""
    (folder / "versions").mkdir(parents=True)
    (folder / "pay.json").write_text(SCHEDULE)
    (folder / "versions" / "pay.json").write_text(SCHEDULE)
    (folder / "versions" / "other.json").write_text(
        SCHEDULE.replace('"id": "pay"', '"id": "other"').replace('"percent": "1"', '"percent": "3"'))
    (folder / "loose.json").write_text(SCHEDULE.replace("\n", " ").replace('"2"', "2"))
    (folder / "rates.json").write_text(
        '{"levy_rates": 1, "base": "EUR", "as_of": "2026-01-05", "rates": {"USD": "1.1"}}')
    (folder / "profile.json").write_text('{"account": "a", "evidence": {"paper": true}}')
    (folder / "past.csv").write_text(
        "account,time,operation,amount,currency\na,2026-01-05T08:00:00Z,pay,400,EUR\n")
    rows = [f"a{i % 7},2026-01-05T09:{i // 60 % 60:02}:{i % 60:02}Z,pay,{i}.25,EUR" for i in range(300)]
    rows[100] = "a,2026-01-05T09:00:00Z,pay,much,EUR"
    (folder / "rows.csv").write_text("account,time,operation,amount,currency\n" + "\n".join(rows) + "\n")
    (folder / "lines.jsonl").write_text('{"operation": "pay", "amount": "5"}\n' * 20)
    for name in WRITES[:4]:
        (folder / name).write_text(OLD)


def written(folder):
    return {name: (folder / name).read_text() for name in WRITES if (folder / name).exists()}


def litter(folder):
    return sorted(path.name for path in folder.rglob("*.levy-*"))


class Runner:
    def __init__(self, levy, layer, scratch):
        self.levy, self.layer, self.scratch = levy, layer, scratch
        self.failures, self.runs = [], 0

    def run(self, words, fault="", count=None):
        """Status, output, messages, the files, what was left; in a folder of its own."""
        folder = Path(tempfile.mkdtemp(dir=self.scratch))
        fill(folder)
        before = written(folder)
        env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "LD_PRELOAD": str(self.layer), "FAULT": fault,
               "TMPDIR": str(folder)}
        if count:
            env["FAULT_COUNT"] = str(count)
        done = subprocess.run([self.levy] + words, cwd=folder, env=env, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=120)
        came = (done.returncode, done.stdout, done.stderr, written(folder), litter(folder))
        shutil.rmtree(folder)
        self.runs += 1
        return came, before

    def fault(self, words, fault, wanted):
        """Which way it went: "same" or "failed"; nothing: neither."""
        (status, out, said, files, left), before = self.run(words, fault)
        told = f"FAULT={fault} levy {' '.join(words)}: "
        whole = files in (before, wanted[3])
        if not whole:
            self.failures.append(told + "files that are neither new nor as they were: " +
                                 str([n for n in files if files[n] not in (before.get(n), wanted[3].get(n))]))
        if left and not fault.startswith("unlink"):
            self.failures.append(told + f"left {left}")
        if status == wanted[0] and out == wanted[1] and files == wanted[3]:
            return
        if status != 3:
            self.failures.append(told + f"status {status}, not {wanted[0]} nor 3; {said[-200:]!r}")
        elif not said.strip() and not fault.startswith("write") and b"unreadable" not in out:
            self.failures.append(told + "status 3 without a message")

    def command(self, words, every):
        counted = self.scratch / f"count-{abs(hash(tuple(words)))}"
        wanted, _ = self.run(words, count=counted)
        if wanted[0] not in (0, 1):
            self.failures.append(f"levy {' '.join(words)}: status {wanted[0]}: {wanted[2][-300:]!r}")
            return
        calls = dict(line.split() for line in counted.read_text().splitlines())
        for kind in KINDS:
            numbers = range(1, int(calls[kind]) + 1)
            if not every and len(numbers) > 8:
                numbers = [*numbers[:5], *numbers[-3:]]
            for number in numbers:
                errors = ERRORS if every else [ERRORS[(number + len(words)) % 3]]
                for error in errors:
                    self.fault(words, f"{kind}:{number}:{error}", wanted)


def check_kills(runner, every):
    """SIGKILL before each call of a batch with three outputs, and by the clock; a rerun is whole."""
    words = ("batch pay.json rows.csv --at 2026-01-05 --assume-zero "
             "-o out.csv --rejects bad.csv --summary sum.json").split()
    counted = runner.scratch / "kills"
    wanted, before = runner.run(words, count=counted)
    calls = dict(line.split() for line in counted.read_text().splitlines())
    moments = [f"{kind}:{n}:kill" for kind in KINDS for n in range(1, int(calls[kind]) + 1)]

    def judge(told, files):
        for name in ("out.csv", "bad.csv", "sum.json"):
            if files.get(name) not in (before[name], wanted[3][name]):
                runner.failures.append(told + f"{name} is not whole")
        new = [files.get(name) == wanted[3][name] for name in ("out.csv", "bad.csv", "sum.json")]
        if new[2] and not all(new):
            runner.failures.append(told + "the summary is new, and what it sums up is not")

    for moment in moments:
        (_, _, _, files, _), _ = runner.run(words, moment)
        judge(f"{moment}: ", files)
    dice = random.Random(1)
    folder = runner.scratch / "clock"
    fill(folder)
    by_clock = 200 - len(moments) if every else 40
    began = time.perf_counter()
    subprocess.run([runner.levy] + words, cwd=folder, capture_output=True)
    length = time.perf_counter() - began
    for name in WRITES[:4]:
        (folder / name).write_text(OLD)
    for _ in range(by_clock):
        child = subprocess.Popen([runner.levy] + words, cwd=folder, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        time.sleep(dice.random() * length)
        child.send_signal(signal.SIGKILL)
        child.wait()
        judge("killed by the clock: ", written(folder))
    subprocess.run([runner.levy] + words, cwd=folder, capture_output=True)
    if written(folder) != wanted[3] or litter(folder):
        runner.failures.append(f"after {by_clock} kills a run leaves {litter(folder)}")
    return len(moments) + by_clock


def check_two_writers(runner, rounds=200):
    """Both end well; the file is one's or the other's, whole."""
    folder = runner.scratch / "two"
    fill(folder)
    answers = []
    for amount in ("1", "2"):
        (folder / f"in{amount}.csv").write_text("operation,amount\n" + f"pay,{amount}00\n" * 2000)
        command = [runner.levy, "batch", "pay.json", f"in{amount}.csv", "--at", "2026-01-05", "--assume-zero"]
        answers.append((command, subprocess.run(command, cwd=folder, capture_output=True).stdout))
    for _ in range(rounds):
        children = [subprocess.Popen(command + ["-o", "both.csv"], cwd=folder, stderr=subprocess.PIPE)
                    for command, _ in answers]
        said = [child.communicate()[1] for child in children]
        if any(child.returncode != 0 for child in children):
            runner.failures.append(f"two writers: {said!r}")
        if (folder / "both.csv").read_bytes() not in [answer for _, answer in answers]:
            runner.failures.append("two writers: the file is neither's")
    if litter(folder):
        runner.failures.append(f"two writers left {litter(folder)}")
    return rounds


def main(levy, compiler, *words):
    every = "--all" in words
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        layer = scratch / "faults.so"
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(layer),
                        str(Path(__file__).with_name("faults.c")), "-ldl"], check=True)
        runner = Runner(os.path.abspath(levy), layer, scratch)
        commands = [line.split() for line in COMMANDS.strip().splitlines()]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(lambda one: runner.command(one, every), commands))
        kills = check_kills(runner, every)
        rounds = check_two_writers(runner)
    for failure in sorted(set(runner.failures)):
        print(failure)
    print(f"{len(commands)} commands, {runner.runs} runs with a fault, {kills} kills, {rounds} times two writers: "
          f"{len(runner.failures)} failed")
    return 1 if runner.failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
