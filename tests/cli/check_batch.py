#!/usr/bin/env python3
"""Holds `levy batch` against `levy quote --json`, row by row, on random operations.

usage: check_batch.py LEVY_BINARY ROWS SCHEDULE...

Makes ROWS operations over all the schedules, the same ones each time: amounts at and beside the
figures that a schedule names, values that it declares, now and then none or a wrong one. Each row
of batch must be what a quote of that operation says, or the code of its error. The answers must
also be the same bytes by 1, 2 and 8 threads, from a file and from a pipe, and say the same when the
rows are JSON Lines. Exit status 1: something disagreed.
"""
import csv
import io
import json
import random
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

AT = "2026-11-22T18:00:00Z"
MONEY = re.compile(r"^(-?\d+(?:\.\d+)?) ([A-Z][A-Z0-9]{1,11})$")
COUNTRIES = ["US", "DE", "FR", "GB", "JP", "CN", "KE", "AU", "IN"]
BUILT_IN = ["to_currency", "country", "to_country", "cross_border", "tier"]


def texts_in(value):
    if isinstance(value, dict):
        value = value.values()
    if isinstance(value, str):
        yield value
    elif not isinstance(value, (int, float, bool, type(None))):
        for part in value:
            yield from texts_in(part)


class Maker:
    """Random operations of one schedule."""

    def __init__(self, document, seed):
        self.dice = random.Random(seed)
        self.document = document
        amounts = [match for match in map(MONEY.match, texts_in(document)) if match]
        self.edges = sorted({match[1].lstrip("-") for match in amounts}) or ["100"]
        self.own = document.get("currency", "")
        self.currencies = sorted({match[2] for match in amounts} | {self.own or "USD"})
        self.attributes = document.get("attributes", {})
        self.quantities = list(document.get("quantities", {}))
        self.tiers = [tier["id"] for tier in document.get("tiers", [])]
        self.given = [example["quote"] for example in document.get("examples", [])
                      if "quote" in example]
        owners = document.get("fees", []) + document.get("limits", [])
        named = [owner.get("operation", []) for owner in owners]
        names = {one for some in named for one in (some if isinstance(some, list) else [some])}
        self.operations = sorted(names) or ["payment"]

    def rates(self):
        others = sorted({*self.currencies, "USD", "JPY"} - {"EUR"})
        return {"levy_rates": 1, "base": "EUR", "as_of": "2000-01-01T00:00:00Z",
                "rates": {one: f"{i + 1}.{i}7" for i, one in enumerate(others)}}

    def amount(self):
        edge = Decimal(self.dice.choice(self.edges))
        step = Decimal(self.dice.choice(["0", "0", "0.01", "-0.01", "1", "-1", "0.005"]))
        amount = self.dice.choice([edge + step, edge * self.dice.randint(1, 30),
                                   Decimal(self.dice.randint(0, 10 ** 7)) / 100])
        if self.dice.random() < 0.03:
            return self.dice.choice(["", "12,50", "-1", "1e3"])
        return f"{amount:f}"

    def value(self, name):
        if self.dice.random() < 0.03:
            return self.dice.choice(["", "zzz"])
        seen = [str(quote[name]) for quote in self.given if name in quote]
        domain = self.attributes.get(name)
        if isinstance(domain, list):
            return self.dice.choice(domain)
        if domain == "boolean" or name == "cross_border":
            return self.dice.choice(["true", "false"])
        if name == "tier":
            return self.dice.choice(self.tiers or [""])
        if name in self.quantities:
            return self.dice.choice(seen + [str(self.dice.randint(0, 1000))])
        if name in ("country", "to_country"):
            return self.dice.choice(seen + COUNTRIES)
        return self.dice.choice(seen + ["x"])

    def row(self, number):
        row = {"id": f"r{number}", "time": self.dice.choice(
            [AT] * 3 + [quote["time"] for quote in self.given if "time" in quote] + ["2019-05-01"])}
        row["operation"] = self.dice.choice(self.operations)
        row["amount"] = self.amount()
        row["currency"] = self.dice.choice(self.currencies + [self.own] * 3)
        row["to_currency"] = self.dice.choice(["", "", "EUR", "USD", "JPY"])
        places = ["cross_border"] if self.dice.random() < 0.5 else ["country", "to_country"]
        for name in places + ["tier"] + list(self.attributes) + self.quantities:
            row[name] = self.value(name)
        return row


def fields(maker):
    return (["id", "time", "operation", "amount", "currency"] + BUILT_IN + list(maker.attributes)
            + maker.quantities)


def quoted(levy, schedule, rates, row):
    """What batch should say of the row, from `levy quote`."""
    money = row["amount"] + (" " + row["currency"] if row["currency"] and row["amount"] else "")
    words = [levy, "quote", schedule, row["operation"]] + ([money] if row["amount"] else [])
    words += ["--json", "--rates", rates, "--at", row["time"]]
    if row["currency"] and not row["amount"]:
        words += ["--currency", row["currency"]]
    for name, value in row.items():
        if value and name == "to_currency":
            words += ["--to", value]
        elif value and name not in ("id", "time", "operation", "amount", "currency"):
            words += ["--attr", f"{name}={value}"]
    done = subprocess.run(words, capture_output=True, text=True)
    answer = json.loads(done.stdout)
    if "error" in answer:
        return {"status": "error", "reason": answer["error"]["code"]}
    source = answer["operation"].get("currency", row["currency"])
    fees, (target, credit) = answer["fees"], next(iter(answer["credit"].items()))
    others = ";".join(f"{amount} {code}" for code, amount in fees.items() if code != source)
    wanted = {"status": "ok", "fee": fees[source], "debit": answer["debit"][source],
              "credit": credit, "credit_currency": target, "other_fees": others, "reason": ""}
    for line in answer["lines"]:
        code = "" if line["currency"] == source else " " + line["currency"]
        wanted["fee." + line["fee"]] = line["amount"] + code
    return wanted


def batch(levy, schedule, rates, *options, text=None):
    done = subprocess.run([levy, "batch", schedule, *options, "--rates", rates, "--lines",
                           "--assume-zero"], input=text, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"levy batch {schedule} ended with status {done.returncode}: {done.stderr}")
    return done.stdout


def differences(levy, schedule, maker, rows, folder):
    table, lines, rates = (Path(folder, name) for name in ("rows.csv", "rows.jsonl", "rates.json"))
    rates.write_text(json.dumps(maker.rates()))
    with open(table, "w", newline="") as file:
        writer = csv.DictWriter(file, fields(maker), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    given = [{name: value for name, value in row.items() if value} for row in rows]
    lines.write_text("".join(json.dumps(row) + "\n" for row in given))
    first = batch(levy, schedule, str(rates), str(table), "--threads", "1")
    for threads in ("2", "8"):
        if batch(levy, schedule, str(rates), str(table), "--threads", threads) != first:
            yield f"not the same by {threads} threads"
    if batch(levy, schedule, str(rates), text=table.read_text()) != first:
        yield "not the same from a pipe"
    answers = list(csv.DictReader(io.StringIO(first)))
    second = batch(levy, schedule, str(rates), str(lines))
    others = [json.loads(line) for line in second.splitlines()]
    if len(answers) != len(rows) or len(others) != len(rows):
        yield f"{len(rows)} rows in, {len(answers)} and {len(others)} rows out"
    with ThreadPoolExecutor(2) as pool:
        quotes = pool.map(lambda row: quoted(levy, schedule, str(rates), row), rows)
    for row, wanted, answer, other in zip(rows, quotes, answers, others):
        for name, value in wanted.items():
            said, also = answer.get(name), other.get(name) or ""
            if said != value:
                yield f"{row}: {name} should be {value}, not {said}"
            if also != said:
                yield f"{row}: {name} is {said} in CSV, {also} in JSON Lines"


def long_differences(levy, folder):
    """A table of many chunks with faults far apart: the same lines and bytes by all threads."""
    table, rejects = Path(folder, "long.csv"), Path(folder, "rejects.csv")
    with open(table, "w") as file:
        file.write("id,amount,memo\n")
        for i in range(1, 60001):
            file.write(f"{i},{'x' if i % 20000 == 0 else i},{'-' * 60}\n")
    schedule = Path(folder, "flat.json")
    schedule.write_text(json.dumps({"levy": 1, "id": "flat", "currency": "EUR", "fees": [
        {"id": "fee", "operation": "payment", "percent": "1"}]}))
    for threads in ("1", "2", "2", "8", "8"):
        subprocess.run([levy, "batch", str(schedule), str(table), "--threads", threads, "--rejects",
                        str(rejects), "-o", str(Path(folder, "out.csv"))], capture_output=True)
        with open(rejects, newline="") as file:
            lines = [int(row["line"]) for row in csv.DictReader(file)]
        if lines != [20001, 40001, 60001]:
            yield f"{threads} threads reject lines {lines}"


def main():
    levy, count, schedules = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    levy, total, faults = str(Path(levy).resolve()), 0, 0
    each = max(1, -(-count // len(schedules)))
    with tempfile.TemporaryDirectory() as folder:
        for schedule in schedules:
            maker = Maker(json.loads(Path(schedule).read_text("utf-8")), schedule)
            rows = [maker.row(number) for number in range(each)]
            total += len(rows)
            for fault in differences(levy, schedule, maker, rows, folder):
                faults += 1
                print(f"{schedule}: {fault}")
        for fault in long_differences(levy, folder):
            faults += 1
            print(fault)
    print(f"{total} rows, {faults} differences")
    return 1 if faults else 0


sys.exit(main())
