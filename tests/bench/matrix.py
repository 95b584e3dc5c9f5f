#!/usr/bin/env python3
"""The matrix of levy batch: what a row takes, for every workload and every shipped schedule.

usage: matrix.py LEVY ROWS [FILTER]

A workload's name contains FILTER. Rows of a shipped schedule are made of the questions of its own
examples, with other amounts, accounts and times: as CSV, as JSON Lines to CSV, and as JSON Lines to
JSON Lines. Times are the better of two runs; instructions are counted as instructions.py counts
them, and left out where there is no valgrind.
"""
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import instructions

SCHEDULES = instructions.HERE.parent.parent / "schedules"
NOT_FIELDS = {"time", "used", "rates", "profile", "history", "id", "strict", "max_age", "receive",
              "pay", "explain", "title", "account", "evidence", "snapshot"}


def questions_of(schedule):
    """Questions of its examples that have an answer, each once, as fields with texts."""
    found = []
    for example in schedule.get("examples", []):
        if "error" in json.dumps(example.get("expect", {})):
            continue
        for kind in ("quote", "check"):
            asked = example.get(kind)
            if not isinstance(asked, dict) or "operation" not in asked:
                continue
            fields = {name: str(value).lower() if isinstance(value, bool) else str(value)
                      for name, value in asked.items() if name not in NOT_FIELDS}
            if fields not in found:
                found.append(fields)
    return found


def times_of(schedule, count):
    """Ascending over sixty days on which it is in force."""
    force = schedule.get("effective", {})
    first = datetime(2026, 3, 1)
    if "until" in force:
        first = min(first, datetime.fromisoformat(force["until"][:10]) - timedelta(days=62))
    if "from" in force:
        first = max(first, datetime.fromisoformat(force["from"][:10]) + timedelta(days=1))
    return [(first + timedelta(seconds=i * 60 * 86400 // count)).strftime("%Y-%m-%dT%H:%M:%SZ")
            for i in range(count)]


def another_amount(dice, text):
    """Up to twice as much, with as many decimals and the same currency."""
    number, *currency = text.split(" ")
    whole, _, decimals = number.partition(".")
    units = 1 + dice.below(2 * max(int(whole + decimals), 50))
    digits = str(units).rjust(len(decimals) + 1, "0")
    point = len(digits) - len(decimals)
    return " ".join([digits[:point] + ("." + digits[point:] if decimals else ""), *currency])


def shipped_rows(schedule, count):
    dice = instructions.Dice(7)
    questions = questions_of(schedule)
    names = ["id", "account", "time"] + sorted({name for one in questions for name in one})
    rows = []
    for i, when in enumerate(times_of(schedule, count)):
        row = dict.fromkeys(names, "")
        row |= dice.of(questions)
        row |= {"id": f"t{i}", "account": f"a{dice.below(max(count // 10, 1))}", "time": when}
        if row.get("amount"):
            row["amount"] = another_amount(dice, row["amount"])
        rows.append(row)
    return names, rows


def shipped(count):
    """As instructions.workloads: (name, tariff, table, its ending, options)."""
    short = ["--select", "id", "--results", "status,fee", "--assume-zero"]
    for path in sorted(SCHEDULES.glob("*.json")):
        schedule = json.loads(path.read_text())
        if not schedule.get("fees") or not questions_of(schedule):
            continue
        names, rows = shipped_rows(schedule, count)
        lines = instructions.json_lines({name: value for name, value in row.items() if value}
                                        for row in rows)
        currencies = {row.get("to_currency", "") for row in rows} - {""}
        rates = ["--rates", "rates.csv"] if currencies else []
        yield path.stem, schedule, instructions.csv(rows, names), "csv", short + rates
        yield (path.stem + ", JSON Lines to CSV", schedule, lines, "jsonl",
               short + rates + ["--output-format", "csv"])
        yield path.stem + ", JSON Lines", schedule, lines, "jsonl", rates + ["--assume-zero"]


def seconds(levy, folder, workload, threads):
    """Wall and processor time, of the better of two runs."""
    _, schedule, table, ending, options = workload
    (folder / "schedule.json").write_text(
        json.dumps(schedule) if schedule
        else (instructions.HERE / "reference.json").read_text())
    (folder / "rates.csv").write_text(instructions.rates())
    with open(folder / f"table.{ending}", "w", newline="") as file:
        file.write(table)
    best = None
    for _ in range(2):
        begin = time.perf_counter()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([levy, "batch", "./schedule.json", f"table.{ending}", "--threads",
                        str(threads), *options], cwd=folder, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        run = (time.perf_counter() - begin, spent)
        best = min(best, run) if best else run
    return best


def main():
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    levy, count = str(Path(sys.argv[1]).resolve()), int(sys.argv[2])
    wanted = sys.argv[3] if len(sys.argv) > 3 else ""
    counts = shutil.which("valgrind") is not None
    dice = instructions.Dice(1)
    rows = [instructions.payment(dice, i) for i in range(count)]
    print("| workload | M rows/s, 1 thread | 2 threads | ns a row | instructions a row |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for workload in [*instructions.workloads(rows), *shipped(count)]:
            if wanted not in workload[0]:
                continue
            wall, spent = seconds(levy, folder, workload, 1)
            wall_of_two, _ = seconds(levy, folder, workload, 2)
            each = ""
            if counts and count >= instructions.MANY:
                each = f"{instructions.per_row(levy, folder, workload):,.0f}"
            print(f"| {workload[0]} | {count / wall / 1e6:.2f} | {count / wall_of_two / 1e6:.2f} | "
                  f"{spent / count * 1e9:.0f} | {each} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
