#!/usr/bin/env python3
"""Holds `levy batch` to one answer, however the same table is written.

usage: check_forms.py LEVY_BINARY SCHEDULE

20,000 operations of the benchmark's tariff (SCHEDULE), so many that they are cut into chunks and
steps: plain, with CR LF, with a byte order mark and no last line end, with a blank line or a quoted
cell in the middle, and as lines of JSON of several shapes, some of them with escapes. All must give
the same bytes. Exit status 1: one did not.
"""
import json
import random
import subprocess
import sys

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


def main(levy, schedule):
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
    print(f"{len(texts) - failed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main(*sys.argv[1:]))
