#!/usr/bin/env python3
"""Holds the C interface's answers against the program's, byte for byte.

usage: check_capi.py LEVY_BINARY CAPI_TEST_BINARY

capi_test asks through levy_c.h what a request in JSON says; the program is asked the same on its
command line. Quotes, checks, reverse quotes and errors; validate of every shipped schedule and of
bad ones; batch over the tables of examples/batch with several options. Exit status 1: they differ.
"""
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SCHEDULES = ROOT / "schedules"
BATCH = ROOT / "examples/batch"
AT = "2026-11-20"
failures = []
passed = 0

# File, the program's words, the request.
QUESTIONS = [
    ("okpay", ["quote", "withdrawal", "250 EUR", "--method", "bank"],
     {"operation": "withdrawal", "amount": "250 EUR", "method": "bank"}),
    ("okpay", ["quote", "withdrawal", "250 EUR", "--method", "bank", "--tier", "verified"],
     {"operation": "withdrawal", "amount": "250 EUR", "method": "bank", "tier": "verified"}),
    ("okpay", ["quote", "withdrawal", "250 EUR", "--method", "bank", "--tier", "verified",
               "--explain", "--lang", "zh-CN"],
     {"operation": "withdrawal", "amount": "250 EUR", "method": "bank", "tier": "verified",
      "explain": True, "lang": "zh-CN"}),
    ("okpay", ["quote", "withdrawal", "--receive", "100 EUR", "--method", "card"],
     {"operation": "withdrawal", "receive": "100 EUR", "method": "card"}),
    ("okpay", ["quote", "conversion", "100 EUR", "--to", "USD", "--tier", "basic", "--rates",
               str(ROOT / "examples/rates.json")],
     {"operation": "conversion", "amount": "100 EUR", "to_currency": "USD", "tier": "basic",
      "rates": json.loads((ROOT / "examples/rates.json").read_text())}),
    ("okpay", ["quote", "withdrawal", "250"], {"operation": "withdrawal", "amount": 250}),
    ("okpay", ["quote", "withdrawl", "250"], {"operation": "withdrawl", "amount": "250"}),
    ("okpay", ["check", "withdrawal", "250 EUR", "--method", "bank", "--tier", "basic"],
     {"operation": "withdrawal", "amount": "250 EUR", "method": "bank", "tier": "basic"}),
    ("okpay", ["check", "withdrawal", "250 EUR", "--method", "bank", "--profile",
               str(ROOT / "examples/check/profile.json"), "--history",
               str(ROOT / "examples/check/history.csv")],
     {"operation": "withdrawal", "amount": "250 EUR", "method": "bank",
      "profile": json.loads((ROOT / "examples/check/profile.json").read_text()),
      "history": (ROOT / "examples/check/history.csv").read_text()}),
    ("kraken-spot", ["quote", "trade", "1000", "--side", "maker", "--used", "trade=60000"],
     {"operation": "trade", "amount": "1000", "side": "maker", "used": {"trade": "60000"}}),
]

# The table, the program's options, those of the C interface.
TABLES = [
    ("payments.csv", [], {}),
    ("payments.csv", ["--lines", "--select", "id,amount", "--results", "status,fee"],
     {"lines": True, "select": ["id", "amount"], "results": ["status", "fee"]}),
    ("payments.csv", ["--output-format", "jsonl"], {"output_format": "jsonl"}),
    ("payments.csv", ["--filter"], {"filter": True}),
    ("payments.jsonl", [], {}),
    ("flawed.csv", [], {}),
    ("bill.csv", ["--reconcile", "billed"], {"reconcile": "billed"}),
    ("payments.csv", ["--threads", "3", "--set", "currency=EUR"],
     {"threads": 3, "set": {"currency": "EUR"}}),
    ("payments.csv", ["--sort"], {"sort": True}),
    ("payments.csv", ["--sort", "--filter"], {"sort": True, "filter": True}),
    ("payments.csv", ["--map", "nothing=id"], {"map": {"nothing": "id"}}),
]


def run(*words):
    env = {"PATH": os.environ["PATH"], "LEVY_SCHEDULES": str(SCHEDULES), "TZ": "UTC"}
    return subprocess.run([str(word) for word in words], capture_output=True, env=env)


def compare(what, ours, theirs):
    global passed
    same = ours.returncode == theirs.returncode and ours.stdout == theirs.stdout
    if same:
        passed += 1
    else:
        failures.append(f"{what}: {ours.returncode} and {theirs.returncode}:\n"
                        f"{ours.stdout.decode()}{ours.stderr.decode()}--\n{theirs.stdout.decode()}")


def main():
    levy, capi = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    for name, (command, *words), request in QUESTIONS:
        file = SCHEDULES / f"{name}.json"
        compare(f"{command} {name} {words}",
                run(capi, command, file, json.dumps({"at": AT, **request}, ensure_ascii=False)),
                run(levy, command, file, *words, "--json", "--at", AT))
    bad = sorted((ROOT / "tests/diagnostics").glob("*/*.json"))[::7]
    for file in [*sorted(SCHEDULES.glob("*.json"))[::4], *bad]:
        ours, theirs = run(capi, "validate", file), run(levy, "validate", file, "--json")
        compare(f"validate {file.name}", ours, theirs)
    tariffs = sorted((BATCH / "tariffs").glob("*.json"))
    for table, words, options in TABLES:
        ours = run(capi, "batch", *tariffs, json.dumps({"at": AT, **options}), BATCH / table)
        theirs = run(levy, "batch", "acquirer", "--schedules", BATCH / "tariffs", BATCH / table,
                     "--at", AT, *words)
        compare(f"batch {table} {words}", ours, theirs)
    for failure in failures:
        print(failure)
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
