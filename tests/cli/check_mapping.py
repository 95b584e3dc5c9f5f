#!/usr/bin/env python3
"""Writes one table in many exporters' ways, each with its mapping: levy must answer all alike.

usage: check_mapping.py LEVY_BINARY WAYS

Each way draws a delimiter, an encoding, a preamble, separators, signs, dates of some order in some
time zone, other words for values, minor units, CSV or JSON Lines, and rows that are not read. The
results of each row must be those of the same row in levy's own form, and of a row that is not read
the status "skipped"; the same bytes by 1 and 3 threads and sorted; the same readings where the
table is a history, and the same effect where it is the transactions of a diff. Exit status 1:
something disagreed.
"""
import csv
import io
import json
import random
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

SCHEDULE = {
    "levy": 1, "id": "shop", "currency": "EUR", "timezone": "Europe/Berlin",
    "rounding": {"mode": "half-up"},
    "attributes": {"method": ["card", "sepa", "wallet"]},
    "quantities": {"nights": {"default": "1"}},
    "fees": [
        {"id": "base", "operation": ["payment", "refund"], "collect": "deducted",
         "cases": [{"when": {"method": "card"}, "percent": "1.9"},
                   {"when": {"weekday": ["sat", "sun"]}, "percent": "0.8"},
                   {"percent": "0.4"}]},
        {"id": "stay", "operation": "payment", "units": "nights",
         "each": ["0.10 EUR", "12 JPY", "0.015 KWD"]}],
    "limits": [{"id": "daily", "operation": "payment", "window": "day", "currency": "EUR",
                "max": "4000 EUR", "when": {"currency": "EUR"}}],
}
WORDS = {"operation": {"payment": "Zahlung", "refund": "Rückzahlung"},
         "method": {"card": "Karte", "sepa": "Überweisung", "wallet": "e-Börse"}}
DIGITS = {"EUR": 2, "JPY": 0, "KWD": 3}
RESULTS = "status,fee,debit,credit,reason"


def make_rows(dice, count):
    rows, moment = [], datetime(2026, 10, 23, 0, 30, tzinfo=timezone.utc)
    for number in range(count):
        moment += timedelta(minutes=dice.randrange(1, 40), seconds=dice.randrange(60))
        # A local time that exists twice is the first: no row stands in the second of such hours.
        if moment.strftime("%m-%d %H") in ("10-25 01", "11-01 06"):
            moment += timedelta(hours=1)
        currency = dice.choice(["EUR", "EUR", "EUR", "JPY", "KWD"])
        whole = dice.choice([dice.randrange(10), dice.randrange(3000), dice.randrange(10 ** 7)])
        amount = Decimal(whole) + Decimal(dice.randrange(10 ** DIGITS[currency])).scaleb(
            -DIGITS[currency])
        rows.append({
            "id": f"r{number}", "account": dice.choice(["a", "b", "c;d", 'e"f', "g,h"]),
            "time": moment, "operation": dice.choice(["payment", "payment", "refund"]),
            "amount": f"{amount:.{DIGITS[currency]}f}", "currency": currency,
            "method": dice.choice(["card", "sepa", "wallet"]),
            "nights": dice.choice(["", "1", "2.5", "1234"]), "state": "done"})
        if dice.random() < 0.1:
            rows[-1]["state"] = dice.choice(["open", "lost"])
        if dice.random() < 0.03:
            rows[-1]["amount"] = "twelve"
    return rows


class Way:
    """How one exporter writes the table, and the mapping that reads it."""

    def __init__(self, dice):
        self.dice = dice
        self.is_json = dice.random() < 0.3
        self.delimiter = dice.choice([",", ";", "\t", "|"])
        self.encoding, self.codec = dice.choice(
            [("utf-8", "utf-8"), ("windows-1252", "cp1252"), ("latin-1", "latin-1"),
             ("utf-16", "utf-16"), ("gb18030", "gb18030")])
        self.skip = dice.choice([0, 0, 3])
        self.has_header = dice.random() < 0.7
        self.decimal = dice.choice([".", ","])
        self.group = dice.choice(["", " ", "'", {".": ",", ",": "."}[self.decimal]])
        self.negative = dice.choice([None, "minus", "parentheses", "trailing"])
        self.minor = dice.random() < 0.3
        self.zone = dice.choice([None, "Europe/Berlin", "America/New_York", "UTC", "offset", "unix"])
        self.pattern = dice.choice(["%d.%m.%Y %H:%M:%S", "%m/%d/%y %I:%M:%S %p",
                                    "%d %b %Y, %H:%M:%S"])
        self.joins = dice.random() < 0.5 and self.zone != "unix" and "," not in self.pattern
        self.quotes = dice.random() < 0.5
        self.lower = dice.random() < 0.5

    def number(self, text, is_amount, currency):
        if text in ("", "twelve"):
            return text
        sign = "-" if self.negative and is_amount else ""
        if self.minor and is_amount:
            whole, fraction = str(int(Decimal(text).scaleb(DIGITS[currency]))), ""
        else:
            whole, _, fraction = text.partition(".")
        if self.group and self.dice.random() < 0.8:
            parts = []
            while len(whole) > 3:
                parts.insert(0, whole[-3:])
                whole = whole[:-3]
            whole = self.group.join([whole] + parts)
        plain = whole + (self.decimal + fraction if fraction else "")
        if not sign:
            return plain
        minus = "\u2212" if self.dice.random() < 0.3 and self.codec in ("utf-8", "utf-16") else "-"
        return {"minus": minus + plain, "trailing": plain + minus,
                "parentheses": f"({plain})"}[self.negative]

    def time(self, moment):
        if self.zone == "unix":
            return str(int(moment.timestamp()))
        if self.zone == "offset":
            return moment.astimezone(timezone(timedelta(hours=-3))).strftime(self.pattern + " %z")
        return moment.astimezone(ZoneInfo(self.zone or "Europe/Berlin")).strftime(self.pattern)

    def cells(self, row):
        currency = row["currency"]
        time = self.time(row["time"])
        first, _, second = time.partition(" ")
        cells = {"Nr": row["id"], "Konto": row["account"]}
        cells.update({"Tag": first, "Uhr": second} if self.joins else {"Zeit": time})
        cells["Art"] = WORDS["operation"][row["operation"]]
        cells["Betrag"] = self.number(row["amount"], True, currency)
        cells["Whg"] = currency.lower() if self.lower else currency
        cells["Weg"] = WORDS["method"][row["method"]]
        cells["Nächte"] = self.number(row["nights"], False, currency)
        cells["Stand"] = row["state"]
        return cells

    def write(self, rows, file):
        cells = [self.cells(row) for row in rows]
        if self.is_json:
            text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in cells)
        else:
            out = io.StringIO()
            quoting = csv.QUOTE_ALL if self.quotes else csv.QUOTE_MINIMAL
            table = csv.writer(out, delimiter=self.delimiter, lineterminator="\r\n",
                               quoting=quoting)
            if self.has_header:
                table.writerow([f" {name} " for name in cells[0]])
            table.writerows(list(one.values()) for one in cells)
            text = out.getvalue()
        text = "".join(f"Auszug {line} \u00fc\n" for line in range(self.skip)) + text
        Path(file).write_bytes(text.encode(self.codec))
        return list(cells[0])

    def mapping(self, columns):
        pattern = "%s" if self.zone == "unix" else self.pattern
        if self.zone == "offset":
            pattern += " %z"
        numbers = {"decimal": self.decimal}
        if self.group:
            numbers["group"] = self.group
        if self.negative:
            numbers["negative"] = [self.negative]
        if self.minor:
            numbers["minor_units"] = True
        times = {"format": pattern}
        if self.zone not in (None, "unix", "offset"):
            times["timezone"] = self.zone
        amount = {"column": "Betrag"}
        if self.negative:
            amount["sign"] = self.dice.choice(["absolute", "negate"])
        shape = {"encoding": self.encoding, "skip_lines": self.skip}
        if not self.is_json:
            shape["delimiter"] = self.delimiter
            shape["header"] = True if self.has_header else columns
        turned = {field: {"column": column, "values": {said: word for word, said in words.items()}}
                  for (field, words), column in zip(WORDS.items(), ["Art", "Weg"])}
        return {
            "levy_mapping": 1, "id": "way", "input": shape, "numbers": numbers, "times": times,
            "rows": [{"when": {"Stand": {"not": ["open", "lost"]}}}],
            "fields": {"id": "Nr", "account": "Konto", "amount": amount, "nights": "Nächte",
                       "currency": {"column": "Whg", "case": "upper"},
                       "time": {"columns": ["Tag", "Uhr"]} if self.joins else "Zeit", **turned}}


def own_table(rows, file, reads_all):
    with open(file, "w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["id", "account", "time", "operation", "amount", "currency", "method",
                        "nights"])
        for row in rows:
            if reads_all or row["state"] == "done":
                table.writerow([row["id"], row["account"],
                                row["time"].strftime("%Y-%m-%dT%H:%M:%SZ"), row["operation"],
                                row["amount"], row["currency"], row["method"], row["nights"]])


def run(words):
    done = subprocess.run(words, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        print(" ".join(map(str, words)), done.stderr.decode(errors="replace")[:2000], sep="\n")
    return done.stdout


def results_of(output, key):
    rows = list(csv.DictReader(io.StringIO(output.decode("utf-8"))))
    return {row[key]: [row[name] for name in RESULTS.split(",")] for row in rows}


def check_way(levy, number, folder):
    dice = random.Random(number)
    rows, way = make_rows(dice, dice.choice([5, 60, 900])), Way(dice)
    schedule, newer = folder / "shop.json", folder / "newer.json"
    table, own, mapping = folder / "table", folder / "own.csv", folder / "mapping.json"
    schedule.write_text(json.dumps(SCHEDULE))
    newer.write_text(json.dumps(SCHEDULE).replace('"1.9"', '"2.1"'))
    columns = way.write(rows, table)
    mapping.write_text(json.dumps(way.mapping(columns)), encoding="utf-8")
    own_table(rows, own, False)
    limits = ["--enforce-limits"] if dice.random() < 0.5 else []
    plain = [levy, "batch", schedule, own, "--results", RESULTS, *limits]
    select = ["--select", "Nr,Betrag", "--output-format", "csv"]
    mapped = [levy, "batch", schedule, table, "--mapping", mapping, "--results", RESULTS, *select,
              *limits]
    expected = results_of(run(plain), "id")
    for row in rows:
        expected.setdefault(row["id"], ["skipped", "", "", "", ""])
    output = run([*mapped, "--threads", "1"])
    said = results_of(output, "Nr")
    faults = [f"{key}: {said.get(key)} and not {value}" for key, value in expected.items()
              if said.get(key) != value]
    if len(said) != len(rows):
        faults.append(f"{len(said)} rows of {len(rows)}")
    texts = [row["Betrag"] for row in csv.DictReader(io.StringIO(output.decode("utf-8")))]
    way.dice = random.Random(0)
    for more in (["--threads", "3"], ["--threads", "1", "--sort"], ["--threads", "3", "--sort"]):
        if run([*mapped, *more]) != output:
            faults.append(f"other bytes with {' '.join(more)}")
    if any("\u00e4" in text for text in texts):
        faults.append("an amount's text is not its own")
    good = [row for row in rows if row["amount"] != "twelve"]
    way.write(good, table)
    own_table(good, own, False)
    check = [levy, "check", schedule, "payment", "1 EUR", "--method", "card", "--account", "a", "--new-account",
             "--at", "2027-01-01", "--json"]
    one = json.loads(run([*check, "--history", own]) or "{}")
    other = json.loads(run([*check, "--history", table, "--mapping", mapping]) or "{}")
    for answer in (one, other):
        answer.get("history", {}).get("left_out", {}).pop("skipped", None)
        answer.get("history", {}).pop("rows", None)
    if one != other:
        faults.append(f"as a history: {other} and not {one}")
    diff = [levy, "diff", schedule, newer, "--json", "--transactions"]
    one = json.loads(run([*diff, own]))["impact"]
    other = json.loads(run([*diff, table, "--mapping", mapping]))["impact"]
    skipped = other.pop("skipped", 0)
    for answer in (one, other):
        for mover in answer["movers"]:
            mover.pop("line")
    if one != other or skipped != sum(row["state"] != "done" for row in good):
        faults.append(f"as transactions: {other} and not {one}")
    for fault in faults[:5]:
        print(f"way {number}: {fault}\n  {vars(way)}")
    return not faults


def main():
    levy, ways = Path(sys.argv[1]).resolve(), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        passed = sum(check_way(levy, number, Path(folder)) for number in range(ways))
    print(f"{passed} of {ways} ways")
    sys.exit(passed != ways)


if __name__ == "__main__":
    main()
