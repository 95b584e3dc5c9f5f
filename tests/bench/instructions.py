#!/usr/bin/env python3
"""How many instructions levy batch takes for a row, held against a table.

usage: instructions.py LEVY -O1|-O2 [--update] [FILTER]

Each workload is run by valgrind's callgrind on one thread, for two numbers of rows; what the
longer run takes more, by row, is the figure, so that start-up and the first curves count little.
Counts do not depend on how busy a machine is: callgrind shows every program the same processor
(AVX2). They do depend on how the program was optimised, by which the table is divided (the tests'
fast build has -O1, instructions.sh makes one with -O2), and a little on compiler and libraries, for
which it has ten per cent of room.

Status 1: a workload takes more than a tenth more than instructions.json says, or is not in it: the
table is written by --update, on the machine that holds programs against it. Status 77 (skipped):
there is no valgrind, or the compiler is not the table's GCC 12.
"""
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
TABLE = HERE / "instructions.json"
COMPILER = "GCC 12"
ROOM = 0.10
FEW, MANY = 3000, 12000  # rows
SKIPPED = 77


class Dice:
    """The same numbers everywhere: SplitMix64."""

    def __init__(self, seed):
        self.state = seed

    def below(self, count):
        self.state = (self.state + 0x9E3779B97F4A7C15) % 2**64
        mixed = self.state
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB % 2**64
        return (mixed ^ (mixed >> 31)) * count >> 64

    def of(self, values):
        return values[self.below(len(values))]


NAMES = ["id", "time", "operation", "amount", "currency", "country", "method", "tier"]


def payment(dice, i):
    units = 1 + dice.below(10 ** (3 + dice.below(4)))
    when = dice.below(180)
    return {
        "id": f"p{i}", "time": f"2026-{1 + when // 30:02}-{1 + when % 28:02}T"
                               f"{dice.below(24):02}:{dice.below(60):02}:00Z",
        "operation": dice.of(["transaction", "withdrawal", "conversion"]),
        "amount": f"{units // 100}.{units % 100:02}", "currency": dice.of(["USD", "EUR", "GBP"]),
        "country": dice.of(["US", "US", "DE", "FR", "JP"]),
        "method": dice.of(["card", "bank", "wallet"]),
        "tier": dice.of(["basic", "verified", "premium"]),
    }


def csv(rows, names=NAMES, quote="", end="\n"):
    lines = [",".join(names)]
    lines += [",".join(quote + row[name] + quote for name in names) for row in rows]
    return end.join(lines) + end


def json_lines(rows):
    return "".join(json.dumps(row, separators=(",", ":")) + "\n" for row in rows)


def changed(rows, change, every=1):
    result = []
    for i, row in enumerate(rows):
        result.append({**row, **change(i, row)} if i % every == 0 else row)
    return result


def tariff(fees, **more):
    return {"levy": 1, "id": "bench", "currency": "USD", **more, "fees": fees}


TIERS = [{"id": tier} for tier in ("basic", "verified", "premium")]
CLOCK = tariff([{"id": "f", "cases": [
    {"when": {"time_of_day": {"from": "22:00", "below": "06:00"}}, "percent": "2"},
    {"percent": "1"}]}], attributes={"method": "text"}, tiers=TIERS)
FIFTY = tariff([{"id": f"f{i}", "percent": f"0.{i + 10}"} for i in range(50)],
               attributes={"method": "text"}, tiers=TIERS)
TEXT = tariff([{"id": "f", "percent": "1"}], attributes={"method": "text", "shop": "text",
                                                        "note": "text"})
FREE = tariff([{"id": "f", "percent": "1", "free": {"amount": "100 USD", "window": "month"}}])
BY_VOLUME = tariff([{"id": "f", "by": {"window": "month"}, "graduated": [
    {"up_to": "1000 USD", "percent": "2"}, {"up_to": "20000 USD", "percent": "1"},
    {"percent": "0.5"}]}])
CAPPED = tariff([{"id": "f", "percent": "1", "cap": {"max": "50 USD", "window": "month"}}])
LIMITED = tariff([{"id": "f", "percent": "1"}],
                 limits=[{"id": "single", "max": "5000 USD"},
                         {"id": "day", "window": "day", "max": "6000 USD"}])
CONVERT = tariff([{"id": "f", "percent": "1"}, {"id": "m", "margin": "1.5"}])


WORDS = {"transaction": "Zahlung", "withdrawal": "Auszahlung", "conversion": "Umtausch"}
# As others write the same table, by the name of the workload.
MAPPINGS = {
    "mapped": {
        "levy_mapping": 1, "id": "bench", "input": {"delimiter": ";", "encoding": "windows-1252"},
        "numbers": {"decimal": ",", "group": "."},
        "times": {"format": "%d.%m.%Y %H:%M:%S", "timezone": "UTC"},
        "rows": [{"when": {"id": {"not": "none"}}}],
        "fields": {"amount": "Betrag", "time": "Zeit",
                   "operation": {"column": "Art", "values": {v: k for k, v in WORDS.items()}}}},
    "mapped json": {
        "levy_mapping": 1, "id": "bench", "numbers": {"minor_units": True},
        "times": {"format": "%s"},
        "fields": {"currency": {"column": "currency", "case": "upper"}, "time": "created"}}}


def exported(i, row):
    """Decimal commas, points between thousands, days first, other words."""
    whole, cents = row["amount"].split(".")
    day, clock = row["time"].rstrip("Z").split("T")
    year, month, of_month = day.split("-")
    return {"Betrag": f"{int(whole):,}".replace(",", ".") + "|" + cents,
            "Zeit": f"{of_month}.{month}.{year} {clock}", "Art": WORDS[row["operation"]]}


def from_api(i, row):
    """Minor units, small letters, Unix seconds."""
    return {"amount": row["amount"].replace(".", "").lstrip("0") or "0",
            "currency": row["currency"].lower(), "created": str(1767225600 + 613 * i)}


def rates():
    days = [f"2026-{1 + i // 28:02}-{1 + i % 28:02}" for i in range(180)]
    return "Date,USD,GBP\n" + "".join(
        f"{day},1.{1000 + 7 * i},0.{8000 + 3 * i}\n" for i, day in reversed(list(enumerate(days))))


def workloads(rows):
    """(name, tariff: None is the reference one, table, its ending, options)"""
    short = ["--select", "id", "--results", "status,fee"]
    every = [("plain", None, csv(rows), "csv", short),
             ("all columns", None, csv(rows), "csv", []),
             ("lines", None, csv(rows), "csv", ["--lines"]),
             ("cr lf", None, csv(rows, end="\r\n"), "csv", short),
             ("every cell quoted", None, csv(rows, quote='"'), "csv", short)]
    zeros = changed(rows, lambda i, row: {"amount": row["amount"] + "0000"})
    money = changed(rows, lambda i, row: {"amount": row["amount"] + " USD", "currency": "USD"})
    every += [("amounts with zeros", None, csv(zeros), "csv", short),
              ("amounts as money", None, csv(money), "csv", short),
              ("json to csv", None, json_lines(rows), "jsonl",
               short + ["--output-format", "csv"]),
              ("json to json", None, json_lines(rows), "jsonl", []),
              ("json to json, selected", None, json_lines(rows), "jsonl", short),
              ("csv to json", None, csv(rows), "csv", ["--output-format", "jsonl"])]
    brief = [name for name in NAMES if name not in ("tier", "country", "method")]
    every += [("times of day", CLOCK, csv(rows), "csv", short),
              ("fifty fees", FIFTY, csv(rows), "csv", short),
              ("json, limits not enforced", LIMITED,
               json_lines([{name: row[name] for name in brief} for row in rows]), "jsonl",
               short + ["--output-format", "csv"])]
    texts = changed(rows, lambda i, row: {"shop": f"s{i * 7919 % 1000}", "note": f"n{i * 31 % 977}"})
    every.append(("two columns of texts", TEXT, csv(texts, brief + ["shop", "note"]), "csv", short))
    wrong = {"unknown currency": {"currency": "EUX"}, "unknown value": {"method": "pigeon"},
             "unknown operation": {"operation": "gift"}, "bad amount": {"amount": "12;5"}}
    for name, cells in wrong.items():
        every.append((name, None, csv(changed(rows, lambda i, row, c=cells: c)), "csv", short))
    tenth = changed(rows, lambda i, row: {"currency": "EUX"}, 10)
    every.append(("a tenth in error", None, csv(tenth), "csv", short))
    euros = changed(rows, lambda i, row: {"currency": "EUR", "to_currency": "USD"})
    every.append(("conversions by day", CONVERT, csv(euros, brief + ["to_currency"]), "csv",
                  short + ["--rates", "rates.csv"]))
    accounts = changed(sorted(rows, key=lambda row: row["time"]),
                       lambda i, row: {"account": f"a{i % 211}", "currency": "USD"})
    every += [("free allowance", FREE, csv(accounts, brief + ["account"]), "csv", short),
              ("bands by volume", BY_VOLUME, csv(accounts, brief + ["account"]), "csv", short),
              ("capped", CAPPED, csv(accounts, brief + ["account"]), "csv", short),
              ("limits", LIMITED, csv(accounts, brief + ["account"]), "csv",
               short + ["--enforce-limits"])]
    billed = changed(rows, lambda i, row: {"billed": "77.77"})
    every.append(("wrong bills", None, csv(billed, NAMES + ["billed"]), "csv",
                  ["--reconcile", "billed"] + short[:2]))
    german = [row | exported(i, row) for i, row in enumerate(rows)]
    names = ["id", "Zeit", "Art", "Betrag"] + NAMES[4:]
    every.append(("mapped", None, csv(german, names).replace(",", ";").replace("|", ","), "csv",
                  short + ["--mapping", "mapping.json"]))
    api = [{name: value for name, value in (row | from_api(i, row)).items() if name != "time"}
           for i, row in enumerate(rows)]
    every.append(("mapped json", None, json_lines(api), "jsonl",
                  short + ["--output-format", "csv", "--mapping", "mapping.json"]))
    return every


def count(levy, folder, workload, rows):
    _, schedule, table, ending, options = workload
    lines = table.splitlines(keepends=True)
    (folder / "schedule.json").write_text(
        json.dumps(schedule) if schedule else (HERE / "reference.json").read_text())
    (folder / "rates.csv").write_text(rates())
    (folder / "mapping.json").write_text(json.dumps(MAPPINGS.get(workload[0])))
    with open(folder / f"table.{ending}", "w", newline="") as file:
        file.writelines(lines[:rows + (ending == "csv")])
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", levy, "batch",
         "./schedule.json", f"table.{ending}", "--threads", "1", *options],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if not found:
        sys.exit(f"{workload[0]}: {done.stderr}")
    return int(found.group(1))


def per_row(levy, folder, workload, few=FEW, many=MANY):
    return (count(levy, folder, workload, many) - count(levy, folder, workload, few)) / (many - few)


def reason_to_skip(levy):
    if not shutil.which("valgrind"):
        return "there is no valgrind"
    told = json.loads(subprocess.run([levy, "--version", "--json"], capture_output=True, text=True,
                                     check=True).stdout)
    if not told["compiler"].startswith(COMPILER + "."):
        return f"the table is of {COMPILER}, the program of {told['compiler']}"
    return None


def main():
    words = [word for word in sys.argv[1:] if word != "--update"]
    if len(words) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    levy, optimised, wanted = str(Path(words[0]).resolve()), words[1], "".join(words[2:3])
    if why := reason_to_skip(levy):
        print(f"skipped: {why}")
        return SKIPPED
    table = json.loads(TABLE.read_text()) if TABLE.exists() else {}
    known = table.setdefault(optimised, {})
    dice, worse, unknown = Dice(1), 0, 0
    rows = [payment(dice, i) for i in range(MANY)]
    with tempfile.TemporaryDirectory() as folder:
        for workload in workloads(rows):
            name = workload[0]
            if wanted not in name:
                continue
            each = per_row(levy, Path(folder), workload)
            was = known.get(name)
            said = "new" if was is None else f"{each / was - 1:+.0%}"
            print(f"{name:28} {each:10.0f} instructions a row  {said}", flush=True)
            unknown += was is None
            worse += was is not None and each > was * (1 + ROOM)
            if "--update" in sys.argv:
                known[name] = round(each)
    if "--update" in sys.argv:
        TABLE.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n")
        return 0
    if worse:
        print(f"{worse} take more than a tenth more than {TABLE.name} says", file=sys.stderr)
    if unknown:
        print(f"{unknown} are not in {TABLE.name}: write it with --update", file=sys.stderr)
    return 1 if worse or unknown else 0


if __name__ == "__main__":
    sys.exit(main())
