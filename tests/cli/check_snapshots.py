#!/usr/bin/env python3
"""Limits across partitions and runs (levy-batch(1), "SNAPSHOTS", --sorted).

usage: check_snapshots.py LEVY_BINARY [ROWS]

Over schedules with every kind of window, `by`, `free`, `cap`, `counts` and `per`, fees and limits:
1, 4 and 16 partitions by account, sorted and not, and seven daily runs that carry snapshots decide
every row as one run does; the snapshots have the same bytes whatever the threads and parts. What is
truncated, damaged, of another schedule or given twice is refused. Prints how large the state of many
accounts is. Exit status 1: something differs.
"""
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import zlib
from datetime import datetime, timedelta
from pathlib import Path

DAYS = 7
BYTES_AN_ACCOUNT_MAX = 100  # a million accounts in a hundred megabytes
WINDOWS = ["day", "week", "month", "quarter", "year", "lifetime", {"year_from": "02-27"},
           {"previous": "day"}, {"previous": "week"}, {"previous": "month"}, {"rolling": "24h"},
           {"rolling": "3d"}, {"rolling": "30d"}, {"day_from": "16:30"}, {"week_from": "sun"},
           {"month_from": 28}]


def name_of(window):
    return window if isinstance(window, str) else "-".join(map(str, *window.items()))


def limit(identity, window, bound, **more):
    return {"id": identity, "operation": "pay", "window": window, "max": bound, **more}


def limits_of_windows():
    """A limit for each window, in amounts; now and then a count, a debit, a quantity."""
    limits = []
    for number, window in enumerate(WINDOWS):
        name = name_of(window).replace(":", "")
        measures = [({}, "600 EUR"), ({"measure": "count"}, "4"), ({"measure": "debit"}, "700 EUR"),
                    ({"measure": "units"}, "40")]
        more, bound = measures[number % len(measures)]
        limits.append(limit("l-" + name, window, bound, **more))
    return limits


def schedules():
    base = {"levy": 1, "currency": "EUR", "timezone": "Europe/Berlin",
            "attributes": {"method": ["bank", "card"], "recipient": "text"},
            "quantities": {"units": {}}}
    fee = {"id": "f", "operation": "pay", "percent": "1"}
    load = {"id": "in", "operation": "load", "flat": "0.10 EUR"}
    bands = [{"up_to": "500", "percent": "2"}, {"percent": "1"}]
    yield {**base, "id": "windows", "fees": [fee, load], "limits": limits_of_windows()}
    for window in ("day", {"previous": "day"}, {"rolling": "3d"}, "month"):
        yield {**base, "id": "by-" + name_of(window),
               "fees": [load, {"id": "f", "operation": "pay", "graduated": bands, "by": {"window": window}},
                        {"id": "g", "operation": "pay", "percent": "3",
                         "free": {"amount": "150 EUR", "window": window, "whole": True}},
                        {"id": "h", "operation": "pay", "percent": "1",
                         "free": {"count": 2, "window": window, "per": "recipient"}},
                        {"id": "c", "operation": "pay", "percent": "5",
                         "cap": {"max": "20 EUR", "window": window}}],
               "limits": [limit("m", window, "900 EUR", measure="debit")]}
    yield {**base, "id": "counts",
           "fees": [fee, load],
           "limits": [{"id": "per", "operation": "pay", "window": "week", "max": "300 EUR",
                       "per": "recipient"},
                      {"id": "by-two", "operation": "pay", "measure": "count", "max": "3",
                       "window": {"rolling": "48h"}, "per": ["recipient", "method"]},
                      {"id": "after-loads", "operation": "pay", "window": {"rolling": "24h"},
                       "max": "400 EUR", "counts": {"operation": "load", "when": {"method": "card"}}}]}


RATES = {"levy_rates": 1, "base": "EUR", "rates": {"USD": "1.1523", "JPY": "181.04"}}


def random_rows(count, accounts):
    """Rows of a week, in the order of time; a few cannot be answered."""
    dice = random.Random(7)
    start = datetime(2026, 2, 24)
    names = ["a%d" % number for number in range(accounts - 2)] + ["ü,\"x\"", "z y"]
    seconds = sorted(dice.randrange(DAYS * 86400) for _ in range(count))
    for number, second in enumerate(seconds):
        time = start + timedelta(seconds=second)
        account = dice.choice(names)
        yield {"id": str(number), "account": account,
               "time": time.isoformat() + ("Z" if dice.random() < 0.9 else ".000000001Z"),
               "operation": dice.choice(["pay", "pay", "pay", "load"]),
               "amount": dice.choice(["x"] * 1 + ["%d.%02d" % (dice.randrange(300), dice.randrange(100))] * 30),
               "currency": dice.choice(["EUR"] * 8 + ["USD"]),
               "method": dice.choice(["bank", "card"]), "recipient": dice.choice("rst"),
               "units": str(dice.randrange(20))}


class Run:
    """Runs of one schedule, in one folder."""

    def __init__(self, levy, folder, schedule):
        self.levy, self.folder, self.schedule = levy, folder, schedule
        self.rates = folder / "rates.json"

    def __call__(self, rows, *words):
        """The answers by id."""
        lines = [json.dumps(row) + "\n" for row in rows]
        done = self.raw("".join(lines).encode(), *words)
        if done.returncode != 0:
            raise RuntimeError(f"{words}: status {done.returncode}, {done.stderr.decode()}")
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        return {answer.pop("id"): answer for answer in answers}

    def raw(self, data, *words):
        return subprocess.run(
            [self.levy, "batch", str(self.schedule), "--filter", "--input-format", "jsonl", "--select",
             "id", "--lines", "--enforce-limits", "--rates", str(self.rates), *words],
            input=data, capture_output=True)


def part_of(row, parts):
    return zlib.crc32(row["account"].encode()) % parts


def by_account(rows):
    return sorted(rows, key=lambda row: row["account"].encode())  # stable: in the order of time


def check_partitions(run, rows, whole):
    for parts in (1, 4, 16):
        for words, order in (([], list), (["--sorted", "account,time"], by_account)):
            answers = {}
            for part in range(parts):
                answers |= run(order(row for row in rows if part_of(row, parts) == part), *words)
            if answers != whole:
                yield f"{parts} partitions {words}: {differing(whole, answers)}"


def differing(whole, answers):
    for key, answer in whole.items():
        if answers.get(key) != answer:
            return f"row {key} is {answers.get(key)}, and in one run {answer}"
    return "rows that were not asked"


def check_days(run, rows, whole):
    folder = run.folder
    for parts, threads in ((1, "1"), (1, "3"), (4, "1")):
        answers, states = {}, []
        for day in range(DAYS):
            todays = [row for row in rows if row["time"].startswith("2026-02-%02d" % (24 + day)) or
                      row["time"].startswith("2026-03-%02d" % (24 + day - 28))]
            new = []
            for part in range(parts):
                state = folder / f"state-{day}-{part}"
                words = ["--snapshot-in", str(states[part])] if states else []
                answers |= run([row for row in todays if part_of(row, parts) == part],
                               "--threads", threads, "--snapshot-out", str(state), *words)
                new.append(state)
            states = new
        if answers != whole:
            yield f"seven days in {parts} parts, {threads} threads: {differing(whole, answers)}"
        merged = folder / "merged"
        run([], *(word for state in states for word in ("--snapshot-in", str(state))),
            "--snapshot-out", str(merged))
        last = folder / "last"
        run(rows, "--threads", threads, "--snapshot-out", str(last))
        again = folder / "again"
        run([], "--snapshot-in", str(last), "--snapshot-out", str(again))
        if not merged.read_bytes() == last.read_bytes() == again.read_bytes():
            yield f"the snapshots of seven days in {parts} parts, {threads} threads, are other bytes"


def check_refused(run, rows):
    folder = run.folder
    state = folder / "state"
    run(rows[:200], "--snapshot-out", str(state))
    content = state.read_bytes()
    other = folder / "other.json"
    schedule = json.loads(run.schedule.read_text())
    other.write_text(json.dumps({**schedule, "version": "2"}))

    def refused(name, content, wanted, *words):
        bad = folder / "bad"
        bad.write_bytes(content)
        out = folder / "never"
        done = run.raw(b"", "--snapshot-in", str(bad), "--snapshot-out", str(out), *words)
        if done.returncode != 2 or wanted.encode() not in done.stderr:
            yield f"{name}: status {done.returncode}, {done.stderr.decode()}"
        if out.exists():
            yield f"{name}: a snapshot was written nevertheless"
            out.unlink()

    def resealed(content):
        return content + hashlib.sha256(content).hexdigest().encode() + b"\n"

    for size in (0, 1, 30, len(content) // 2, len(content) - 66, len(content) - 1):
        yield from refused(f"{size} bytes", content[:size], "snapshot")
    for place in (20, len(content) // 2, len(content) - 80, len(content) - 3):
        flipped = bytes([content[place] ^ 1])
        yield from refused(f"byte {place}", content[:place] + flipped + content[place + 1:], "snapshot")
    body = content[:-65]
    dice = random.Random(3)
    for _ in range(60):  # with the right checksum: whatever it says, it is read or refused
        place = dice.randrange(body.index(b"\n"), len(body))
        forged = resealed(body[:place] + bytes([dice.randrange(256)]) + body[place + 1:])
        bad = folder / "bad"
        bad.write_bytes(forged)
        done = run.raw(b"", "--snapshot-in", str(bad))
        if done.returncode not in (0, 2):
            yield f"forged at {place}: status {done.returncode}, {done.stderr.decode()}"
    yield from refused("more after it", content + b"x", "snapshot")
    yield from refused("a later form",
                       resealed(body.replace(b'"levy_snapshot":1', b'"levy_snapshot":2', 1)),
                       "later form")
    yield from refused("twice", content, "another snapshot", "--snapshot-in", str(state))
    moved = Run(run.levy, folder, other)
    done = moved.raw(b"", "--snapshot-in", str(state))
    if done.returncode != 2 or b"--migrate" not in done.stderr:
        yield f"another schedule: status {done.returncode}, {done.stderr.decode()}"


def check_migration(levy, folder):
    """What still counts the same goes on; what does not is named, and begins with nothing."""
    def schedule(daily, more):
        return {"levy": 1, "id": "moved", "currency": "EUR",
                "fees": [{"id": "f", "operation": "pay", "percent": "1"}],
                "limits": [limit("daily", "day", daily), *more]}
    rows = [{"id": str(number), "account": "a", "time": f"2026-02-24T1{number}:00:00Z",
             "operation": "pay", "amount": "40", "currency": "EUR"} for number in range(6)]
    old, new, summary = folder / "old.json", folder / "new.json", folder / "summary.json"
    old.write_text(json.dumps(schedule("100 EUR", [limit("weekly", "week", "500 EUR")])))
    new.write_text(json.dumps(schedule("180 EUR", [limit("weekly", "month", "500 EUR"),
                                                   limit("yearly", "year", "500 EUR")])))
    state = folder / "moved"
    Run(levy, folder, old)(rows[:2], "--snapshot-out", str(state))
    answers = Run(levy, folder, new)(rows[2:], "--snapshot-in", str(state), "--migrate", "--summary",
                                     str(summary))
    if [answer["status"] for answer in answers.values()] != ["ok", "ok", "declined", "declined"]:
        yield f"a migrated limit: {answers}"
    said = json.loads(summary.read_text())["snapshot"]
    if said != {"accounts": 1, "not_carried": ["weekly"], "begun": ["weekly", "yearly"]}:
        yield f"a migration says {said}"


def check_order(run, rows):
    """A broken promise is an error in band, and what went wrong does not count."""
    ordered = by_account(row for row in rows if row["amount"] != "x")
    late = next(row for row in ordered if row["account"] == ordered[0]["account"])
    answers = run([*ordered, {**late, "id": "late"}], "--sorted", "account,time")
    if answers["late"]["reason"] != "out_of_order":
        yield f"an account that was passed: {answers['late']}"
    for words in (["--sort"], ["--in-given-order"], ["--threads", "2"]):
        done = run.raw(b"", "--sorted", "account,time", *words)
        if done.returncode != 2:
            yield f"--sorted {words}: status {done.returncode}"


def check_size(levy, folder, accounts):
    """Operations of many accounts on a day, three meters and a rolling window of a day."""
    schedule = folder / "size.json"
    schedule.write_text(json.dumps({
        "levy": 1, "id": "size", "currency": "EUR",
        "fees": [{"id": "f", "operation": "pay", "percent": "1"}],
        "limits": [limit("day", "day", "900 EUR"), limit("month", "month", "9000 EUR"),
                   limit("number", "day", "90", measure="count"),
                   limit("rolling", {"rolling": "24h"}, "900 EUR")]}))
    state = folder / "size"
    run = subprocess.Popen([levy, "batch", str(schedule), "--filter", "--columns",
                            "account,time,operation,amount", "--enforce-limits", "--snapshot-out",
                            str(state)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    for number in range(3):
        lines = ("account-%07d,2026-02-24T1%d:%02d:%02dZ,pay,%d.50\n" %
                 (account, number, account % 60, account // 60 % 60, account % 97)
                 for account in range(accounts))
        run.stdin.write("".join(lines).encode())
    run.stdin.close()
    run.wait()
    size = state.stat().st_size / accounts
    print(f"{accounts:,} accounts with three operations each: {size:.0f} bytes an account")
    if size > BYTES_AN_ACCOUNT_MAX:
        yield f"{size:.0f} bytes an account, at most {BYTES_AN_ACCOUNT_MAX}"


def failures(levy, folder, count):
    (folder / "rates.json").write_text(json.dumps(RATES))
    rows = list(random_rows(count, 40))
    last = None
    for schedule in schedules():
        path = folder / "schedule.json"
        path.write_text(json.dumps(schedule))
        run = Run(levy, folder, path)
        whole = run(rows)
        statuses = [answer["status"] for answer in whole.values()]
        told = ", ".join(f"{statuses.count(one)} {one}" for one in ("ok", "declined", "error"))
        print(f"{schedule['id']}: {told}")
        if not statuses.count("ok") or (schedule["limits"] and not statuses.count("declined")):
            yield f"{schedule['id']}: the rows try nothing"
        for check in (check_partitions, check_days):
            for failure in check(run, rows, whole):
                yield f"{schedule['id']}: {failure}"
        last = run
    yield from check_order(last, rows)
    yield from check_refused(last, rows)
    yield from check_migration(levy, folder)
    yield from check_size(levy, folder, 20 * count)


def main(words):
    if not words:
        sys.exit(__doc__)
    levy, count = os.path.abspath(words[0]), int(words[1]) if len(words) > 1 else 400
    failed = False
    with tempfile.TemporaryDirectory() as scratch:
        for failure in failures(levy, Path(scratch), count):
            print(failure)
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
