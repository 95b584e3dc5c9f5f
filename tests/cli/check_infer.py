#!/usr/bin/env python3
"""`levy infer` finds the tariffs that charged: data made by `levy batch` from shipped schedules.

usage: check_infer.py LEVY SCHEDULES [FILTER]

Of each fee of each schedule that needs no meter, operations are charged: at every figure that the
schedule names, a minor unit below and above it, and between; for every value of the attributes that
its conditions ask for. Some of the fees are then spoiled: none, 1 %, 5 %. What is inferred must
charge every row as the schedule does, spoiled or not, at the edges too, and list no sound row as one
that it does not explain; save where spoiled rows let another tariff explain as many rows, which must
be rare. Fees that are sums of several rounded lines are inferred line by line, as bills list them.
"""
import csv
import io
import itertools
import json
import pathlib
import random
import subprocess
import sys
import tempfile
from decimal import Decimal

LEVY, SCHEDULES = sys.argv[1], pathlib.Path(sys.argv[2])
FILTER = sys.argv[3] if len(sys.argv) > 3 else ""
ROWS = 400  # of each kind of operation, beside the edges
KINDS_MAX = 40


def levy(*words, text=None):
    run = subprocess.run([LEVY, *map(str, words)], capture_output=True, text=True, input=text)
    return run.returncode, run.stdout, run.stderr


def numbers(node):
    """Every figure of money that is written in a part of a schedule."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("flat", "charge", "percent", "bps", "title", "note", "accept"):
                continue
            yield from numbers(value)
    elif isinstance(node, list):
        for value in node:
            yield from numbers(value)
    elif isinstance(node, str):
        try:
            yield Decimal(node.split(" ")[0])
        except ArithmeticError:
            pass


def flats(node):
    if isinstance(node, dict):
        for value in node.values():
            yield from flats(value)
    elif isinstance(node, list):
        for value in node:
            yield from flats(value)
    elif isinstance(node, str):
        try:
            yield Decimal(node.split(" ")[0])
        except ArithmeticError:
            pass


def whens(node):
    if isinstance(node, dict):
        if "when" in node:
            yield node["when"]
        for value in node.values():
            yield from whens(value)
    elif isinstance(node, list):
        for value in node:
            yield from whens(value)


NEEDS = ("by", "free", "cap", "units", "each", "times", "in", "margin", "of")


def keys_of(node):
    if isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from keys_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from keys_of(value)


def can_be_inferred(fee, schedule):
    """Along the amount, and by attributes that are declared or countries."""
    keys = set(keys_of(fee))
    if keys & set(NEEDS) or schedule.get("rounding", {}).get("apply") == "total":
        return False
    if fee.get("round") == "none":  # finer than what is paid
        return False
    asked = {name for when in whens(fee) for name in when}
    known = set(schedule.get("attributes", {})) | {"amount", "cross_border", "country"}
    return asked <= known and "currencies" not in schedule and "currency" in schedule


def domain(schedule, name):
    declared = schedule.get("attributes", {}).get(name)
    if isinstance(declared, list):
        return declared
    if declared == "boolean" or name == "cross_border":
        return ["true", "false"]
    if name == "country":
        return ["DE", "FR", "US", "CH", "JP"]
    return ["one", "other"]


def operations(schedule, fee, digits, dice):
    """(operation, amount, attributes): edges first, then amounts between, alike for each kind."""
    names = sorted({name for when in whens(fee) for name in when} - {"amount"})
    kinds = list(itertools.product(*(domain(schedule, name) for name in names)))[:KINDS_MAX]
    named = fee.get("operation", "payment")
    unit = Decimal(1).scaleb(-digits)
    figures = set(numbers(fee)) | edges_by_bounds(fee)
    edges = sorted({figure.quantize(unit) + step for figure in figures
                    for step in (-unit, Decimal(0), unit)} | {unit})
    edges = [edge for edge in edges if edge > 0]
    most = max(edges + [Decimal(1000)]) * 2
    for operation in [named] if isinstance(named, str) else named[:2]:
        for kind in kinds:
            amounts = list(edges)
            for _ in range(ROWS):
                scale = dice.choice([most, most / 4, most / 20])
                amounts.append((scale * dice.randrange(1, 10**6) / 10**6).quantize(unit))
            for at, amount in enumerate(amounts):
                if amount > 0:
                    yield operation, amount, dict(zip(names, kind)), at < len(edges)


def edges_by_bounds(fee):
    """Amounts at which a share meets its minimum or maximum, or a flat price."""
    found = set()

    def look(node):
        if isinstance(node, list):
            for one in node:
                look(one)
        if not isinstance(node, dict):
            return
        if "percent" in node and "/" not in str(node["percent"]) and Decimal(node["percent"]) > 0:
            for key in ("min", "max"):
                for figure in flats(node.get(key, [])):
                    flat = next(flats(node.get("flat", ["0"])), Decimal(0))
                    found.add((figure - flat) * 100 / Decimal(node["percent"]))
        for value in node.values():
            look(value)

    look(fee)
    return {figure for figure in found if figure > 0}


def charge(path, rows, fee, at):
    names = list(rows[0][2])
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["operation", "amount", *names])
    for operation, amount, values, _ in rows:
        table.writerow([operation, amount, *(values[name] for name in names)])
    code, text, err = levy("batch", path, "-", "--lines", "--results", "status", "--at", at,
                           text=out.getvalue())
    charged = []
    for row, answer in zip(rows, csv.DictReader(io.StringIO(text))):
        if answer["status"] == "ok" and answer.get("fee." + fee["id"]):
            charged.append((*row, Decimal(answer["fee." + fee["id"]].split(" ")[0])))
    return names, charged


def spoil(charged, share, dice, unit):
    """The same with some fees changed, and the lines of these."""
    lines, out = set(), []
    count = round(len(charged) * share)
    chosen = set(dice.sample(range(len(charged)), count))
    for i, (*row, fee) in enumerate(charged):
        if i in chosen:
            lines.add(i + 2)
            fee += unit * dice.choice([-1, 1, 2, 7, 50, -30, 100, 999])
        out.append((*row, fee))
    return out, lines


def infer(folder, names, rows, currency):
    table = folder / "bill.csv"
    with open(table, "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["operation", "amount", *names, "billed"])
        for operation, amount, values, _, fee in rows:
            out.writerow([operation, amount, *(values[name] for name in names), fee])
    code, text, err = levy("infer", table, "--fee", "billed", "--currency", currency, "--json")
    assert code in (0, 1), err + text
    return json.loads(text)


def check_fee(path, schedule, fee, share, at, digits):
    dice = random.Random(f"{path.name} {fee['id']} {share}")
    rows = list(operations(schedule, fee, digits, dice))
    names, charged = charge(path, rows, fee, at)
    if len(charged) < 20:
        return None
    unit = Decimal(1).scaleb(-digits)
    spoiled, lines = spoil(charged, share, dice, unit)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        answer = infer(folder, names, spoiled, schedule["currency"])
        assert answer["schedule"], "nothing was inferred"
        found = folder / "found.json"
        found.write_text(answer["schedule"])
        code, out, err = levy("validate", found, "--json")
        assert code in (0, 1), out
        code, out, err = levy("test", found)
        assert code == 0, out
        wrong = differences(found, names, charged)
    listed = {one["line"] for one in answer["outliers"]}
    # Spoiled rows may fit another tariff as well as what is sound fits this one.
    as_good = bool(lines) and len(listed) <= len(lines)
    return {"rows": len(charged), "spoiled": len(lines), "wrong_edges": wrong["edges"],
            "wrong": wrong["all"], "listed_sound": len(listed - lines),
            "claimed_spoiled": len(lines - listed), "as_good": as_good, "first": wrong["first"],
            "pieces": sum(len(cell["pieces"]) for cell in answer["cells"])}


def differences(found, names, charged):
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["operation", "amount", *names, "billed"])
    for operation, amount, values, _, fee in charged:
        table.writerow([operation, amount, *(values[name] for name in names), fee])
    code, text, err = levy("batch", found, "-", "--reconcile", "billed", "--results", "status,fee",
                           text=out.getvalue())
    assert code in (0, 1), err
    wrong = {"edges": 0, "all": 0, "first": ""}
    for row, answer in zip(charged, csv.DictReader(io.StringIO(text))):
        if answer["status"] == "match":
            continue
        wrong["all"] += 1
        wrong["edges"] += row[3]
        wrong["first"] = wrong["first"] or f"{row[0]} {row[1]} {row[2]}: {row[4]}, found {answer['fee']}"
    return wrong


DIGITS = {"JPY": 0, "UGX": 0, "KWD": 3}


def main():
    failed = passed = asked = others = 0
    for path in sorted(SCHEDULES.glob("*.json")):
        schedule = json.loads(path.read_text())
        if FILTER and FILTER not in path.name:
            continue
        at = schedule.get("effective", {}).get("from", "2026-11-20")
        digits = DIGITS.get(schedule.get("currency"), 2)
        for fee in schedule.get("fees", []):
            if not can_be_inferred(fee, schedule):
                continue
            for share in (0, 0.01, 0.05):
                name = f"{path.stem} {fee['id']} {share:.0%} spoiled"
                try:
                    result = check_fee(path, schedule, fee, share, at, digits)
                except Exception as fault:
                    failed += 1
                    print(f"{name}: {type(fault).__name__}: {str(fault)[:300]}")
                    continue
                if result is None:
                    continue
                asked += result["rows"]
                exact = not (result["wrong"] or result["listed_sound"])
                good = exact or result["as_good"]
                others += good and not exact
                passed, failed = passed + good, failed + (not good)
                if not exact or FILTER:
                    print(f"{name}: {result}", flush=True)
    print(f"{asked} rows charged; {others} times another tariff explains as many of them")
    print(f"{passed} passed, {failed} failed")
    return failed > 0 or passed < 30 or others * 20 > passed


if __name__ == "__main__":
    sys.exit(main())
