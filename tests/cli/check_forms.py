#!/usr/bin/env python3
"""Holds levy to one answer, however the same is asked.

usage: check_forms.py LEVY_BINARY SCHEDULE

Forms: 20,000 operations of the benchmark's tariff (SCHEDULE), so many that they are cut into chunks
and steps: plain, with CR LF, with a byte order mark and no last line end, with a blank line or a
quoted cell in the middle, and as lines of JSON of several shapes, some of them with escapes.
Ways: a table over a tariff of two versions in two time zones, with conversions at dated rates and
limits that count, by 1, 2 and 8 threads, from a file and from a pipe in pieces of a byte to 1 MiB.
Environments: every command in 14 of them: locales, time zones, widths, none at all. All must give the
same bytes. Exit status 1: one did not.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

COLUMNS = ["id", "time", "operation", "method", "country", "currency", "amount", "tier"]
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def operations(count):
    dice = random.Random(5)
    for i in range(count):
        currency = dice.choice(["USD", "EUR", "GBP", "CNY", "JPY"])
        cents = dice.choice([dice.randrange(1, 10**4), dice.randrange(1, 10**9)])
        yield [f"T{i}", f"2026-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}T08:00:00Z",
               dice.choice(["transaction", "withdrawal", "conversion"]),
               dice.choice(["card", "bank", "wallet"]), dice.choice(["US", "DE", "JP", "KE"]),
               currency, str(cents) if currency == "JPY" else f"{cents // 100}.{cents % 100:02}",
               dice.choice(["basic", "verified", "premium"])]


def json_line(i, row):
    members = dict(zip(COLUMNS, row))
    if i % 7 == 3:
        members["memo"] = f'é "x" \\ {i}'
    text = json.dumps(members, ensure_ascii=i % 2 == 0,
                      separators=(",", ":") if i % 3 else (", ", ": "))
    return text + ("\r\n" if i % 13 == 0 else "\n\n" if i % 17 == 0 else "\n")


def forms(rows):
    lines = [",".join(row) for row in [COLUMNS] + rows]
    plain = "\n".join(lines).encode()
    middle = len(lines) // 2
    quoted = lines[:]
    quoted[middle] = '"' + quoted[middle].replace(",", '",', 1)
    return {
        "plain": plain + b"\n",
        "CR LF": plain.replace(b"\n", b"\r\n") + b"\r\n",
        "byte order mark, no last line end": BYTE_ORDER_MARK + plain,
        "blank line": "\n".join(lines[:middle] + [""] + lines[middle:]).encode(),
        "quoted cell": "\n".join(quoted).encode(),
        "JSON Lines": "".join(json_line(i, row) for i, row in enumerate(rows)).encode(),
    }


def check_forms(levy, schedule):
    failed, wanted, texts = 0, None, forms(list(operations(20_000)))
    for name, text in texts.items():
        done = subprocess.run(
            [levy, "batch", schedule, "-", "--threads", "2", "--select", "id", "--results",
             "status,fee", "--output-format", "csv"], input=text, capture_output=True, check=False)
        wanted = wanted or done.stdout
        all_ok = done.returncode == 0 and done.stdout.count(b",ok,") == 20_000
        right = all_ok and done.stdout == wanted
        failed += not right
        if not right:
            print(f"failed: {name}, status {done.returncode}: {done.stderr[-300:]!r}")
    return len(texts), failed


# ---- versions, zones, dated rates ----------------------------------------------------------------

def version(number, zone, percent):
    return {
        "levy": 1, "id": "zones", "version": str(number), "currency": "EUR", "timezone": zone,
        "title": {"en": "Zones", "zh-CN": "时区"},
        "effective": {"from": f"202{5 + number}-01-01T00:00:00+08:00", "until": f"202{6 + number}-01-01T00:00:00+08:00"},
        "attributes": {"method": ["bank", "card"]},
        "fees": [{"id": "fee", "operation": "pay", "cases": [
                     {"when": {"weekday": ["sat", "sun"]}, "percent": percent, "flat": "0.35 EUR", "convert": True},
                     {"when": {"time_of_day": {"from": "22:00", "below": "06:00"}, "method": "card"}, "percent": "1/3"},
                     {"percent": "1", "min": "0.50 EUR", "convert": True}]},
                 {"id": "spread", "operation": "pay", "margin": "1.5"},
                 {"id": "plain", "operation": "pay", "percent": "0.07"}],
        "tiers": [{"id": "low"}, {"id": "high", "requires": "paper"}],
        "evidence": {"paper": {"kind": "document"}},
        "limits": [{"id": "day", "operation": "pay", "window": "day", "max": {"low": "50000 EUR", "high": "90000 EUR"}}],
        "examples": [{"quote": {"operation": "pay", "amount": "100", "method": "bank", "time": f"202{5 + number}-03-02"},
                      "expect": {"total": "1.07 EUR"}}],
    }


def write_zones(folder):
    """Two versions, four days' rates, and 400 operations around the versions' and the days' edges."""
    (folder / "tariffs").mkdir()
    for number, zone in ((1, "America/New_York"), (2, "Asia/Shanghai")):
        (folder / "tariffs" / f"v{number}.json").write_text(json.dumps(version(number, zone, f"{number}.25"), ensure_ascii=False))
    history = [{"as_of": day, "rates": {"USD": rate, "JPY": "160.5"}} for day, rate in
               (("2025-12-01", "1.1"), ("2026-06-01", "1.2"), ("2026-12-31", "1.3"), ("2027-01-02", "1.4"))]
    (folder / "rates.json").write_text(json.dumps({"levy_rates": 1, "base": "EUR", "history": history}))
    (folder / "profile.json").write_text(json.dumps({"account": "a1", "evidence": {"paper": True}}))
    dice = random.Random(7)
    rows, second = [], 0
    for i in range(400):
        second += dice.randrange(0, 900)
        stamp = f"{'2026-12-31' if second < 86400 else '2027-01-01'}T{second // 3600 % 24:02}:{second // 60 % 60:02}:{second % 60:02}"
        form = dice.choice(["Z", "", "+05:30", ".25Z"])
        currency = dice.choice(["EUR", "USD", "JPY"])
        amount = str(dice.randrange(1, 9000)) + ("" if currency == "JPY" else dice.choice(["", ".5", ".25"]))
        rows.append([f"T{i}", f"a{i % 5}", stamp + form, "pay", amount, currency, dice.choice(["", "", "EUR", "USD"]),
                     dice.choice(["bank", "card", '"card"']), dice.choice(["low", "high"])])
    header = "id,account,time,operation,amount,currency,to_currency,method,tier\n"
    table = (header + "".join(",".join(row) + "\n" for row in rows)).encode()
    (folder / "rows.csv").write_bytes(table)
    (folder / "past.csv").write_text("account,time,operation,amount,currency,method,tier\na1,2026-12-31T01:00:00Z,pay,400,EUR,bank,low\n")
    return table


BATCHES = [
    "batch zones ROWS --rates rates.json --lines --in-given-order --enforce-limits",
    "batch zones ROWS --rates rates.json --sort --enforce-limits --history past.csv --output-format jsonl",
    "batch zones ROWS --rates rates.json --in-given-order --select id",
]


def piped(words, folder, env, table, size):
    """The answer where the table comes through a pipe, in pieces of so many bytes."""
    child = subprocess.Popen(words, cwd=folder, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL)

    def feed():
        try:
            for at in range(0, len(table), size):
                os.write(child.stdin.fileno(), table[at:at + size])
        except BrokenPipeError:
            pass  # it ended: its status tells
        child.stdin.close()

    feeder = threading.Thread(target=feed)
    feeder.start()
    out = child.stdout.read()
    feeder.join()
    return child.wait(), out


def check_ways(levy, folder, table):
    env = {"LEVY_SCHEDULES": str(folder / "tariffs")}
    asked = failed = 0
    for line in BATCHES:
        wanted = None
        for threads in ("1", "2", "8"):
            words = [levy] + line.split() + ["--threads", threads]
            done = subprocess.run([word.replace("ROWS", "rows.csv") for word in words], cwd=folder, env=env,
                                  stdin=subprocess.DEVNULL, capture_output=True)
            wanted = wanted or (done.returncode, done.stdout)
            answers = {"file": (done.returncode, done.stdout)}
            for size in (1, 7, 4096, 1 << 20):
                answers[f"pipe, {size}"] = piped([word.replace("ROWS", "-") for word in words], folder, env, table, size)
            for way, answer in answers.items():
                asked += 1
                good = answer == wanted and wanted[0] in (0, 1) and wanted[1].count(b"\n") >= 400
                failed += not good
                if not good:
                    print(f"failed: {line}, {threads} threads, {way}: status {answer[0]}, {done.stderr[-200:]!r}")
    return asked, failed


# ---- environments --------------------------------------------------------------------------------

ENVIRONMENTS = [
    {}, {"LC_ALL": "C"}, {"LC_ALL": "C.UTF-8"}, {"LC_ALL": "POSIX", "LANG": "en_US.UTF-8"},
    {"LC_ALL": "de_DE.UTF-8"}, {"LC_NUMERIC": "de_DE.UTF-8", "LANG": "fr_FR.UTF-8"}, {"LC_ALL": "tr_TR.UTF-8"},
    {"LC_ALL": "not-a-locale"}, {"TZ": "Asia/Kolkata"}, {"TZ": "America/New_York", "LC_TIME": "ar_EG.UTF-8"},
    {"TZ": ":/nowhere", "COLUMNS": "40"}, {"COLUMNS": "300", "LINES": "5"}, {"COLUMNS": "x", "TERM": "dumb"},
    {"TERM": "xterm-256color", "HOME": "/nowhere", "TMPDIR": "/tmp", "LANGUAGE": "zh", "GCONV_PATH": "/nowhere"},
]
# Answers with none of these words are for people: COLUMNS breaks their lines (check_window.py).
FOR_PROGRAMS = {"--json", "json", "--csv", "--svg", "--html", "batch", "fmt", "schema", "completion", "--version"}
COMMANDS = """
quote zones pay 100 --method bank --at 2026-12-31T23:30:00
quote zones pay 100.5 --to USD --rates rates.json --at 2027-01-01T01:00:00Z --json --explain
quote zones pay --receive 100 --method card --at 2026-12-31
check zones pay 600 --method bank --profile profile.json --history past.csv --account a1 --at 2026-12-31T12:00:00Z
tiers zones --profile profile.json --at 2026-12-31
batch zones rows.csv --rates rates.json --in-given-order --threads 2
validate tariffs/v1.json tariffs/v2.json
validate tariffs/v1.json --format json
diff tariffs/v1.json tariffs/v2.json
diff tariffs/v1.json tariffs/v2.json --transactions rows.csv --rates rates.json --json
compare pay 100 tariffs/v1.json tariffs/v2.json --curve --at 2026-12-31
plot zones pay --at 2026-12-31 --csv
plot zones pay --at 2026-12-31 --svg -
show zones --at 2026-12-31
show zones --at 2026-12-31 --lang zh-CN
show zones --at 2026-12-31 --html
test tariffs/v1.json tariffs/v2.json
test tariffs/v1.json --coverage
test tariffs/v1.json --suggest
fmt tariffs/v1.json
list tariffs
explain unattainable
schema
help quote zones
completion bash
--version
quote zones pay 1oo --method bank
"""


def check_environments(levy, folder):
    asked = failed = 0
    for line in COMMANDS.strip().splitlines():
        wanted = None
        for settings in ENVIRONMENTS:
            env = {**settings, "LEVY_SCHEDULES": "tariffs"}
            if settings.get("COLUMNS", "").isdigit() and not FOR_PROGRAMS & set(line.split()):
                continue
            done = subprocess.run([levy] + line.split(), cwd=folder, env=env, stdin=subprocess.DEVNULL,
                                  capture_output=True)
            answer = (done.returncode, done.stdout, done.stderr)
            wanted = wanted or answer
            asked += 1
            # What is said on standard error is for people.
            same = answer[:2] == wanted[:2] if settings.get("COLUMNS", "").isdigit() else answer == wanted
            good = same and wanted[0] < 3 and (wanted[1] or wanted[2])
            failed += not good
            if not good:
                print(f"failed: {line}, {settings}: status {done.returncode}: {done.stderr[-200:]!r} {done.stdout[-100:]!r}")
    return asked, failed


def main(levy, schedule):
    levy = str(Path(levy).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = write_zones(folder)
        counts = {"forms": check_forms(levy, schedule), "ways": check_ways(levy, folder, table),
                  "environments": check_environments(levy, folder)}
    print(", ".join(f"{what}: {asked - failed} passed, {failed} failed" for what, (asked, failed) in counts.items()))
    return 1 if any(failed for _, failed in counts.values()) else 0


sys.exit(main(*sys.argv[1:]))
