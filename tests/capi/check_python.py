#!/usr/bin/env python3
"""Runs examples/python/levy.py against the shared library, and holds its answers against the program.

usage: check_python.py LEVY_BINARY LIBRARY

Every quote and check among the examples of the shipped schedules comes out; batch and validate give
the program's own bytes; floats are refused; a tariff is asked from several threads. A pandas frame
and a pyarrow table go through where these are installed, and otherwise a line says so. Exit status
1: something failed.
"""
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BATCH = ROOT / "examples/batch"
AT = "2026-11-20"
failures = []
passed = 0


def count(good, message):
    global passed
    if good:
        passed += 1
    else:
        failures.append(message)


def money(text, currency):
    amount, _, code = str(text).partition(" ")
    return Decimal(amount), code or currency


def document(value, folder):
    """What an example brings along, or the text of the file that it names."""
    return (folder / value).read_text("utf-8") if isinstance(value, str) else value


def check_example(levy, tariff, schedule, example, folder):
    kind = "quote" if "quote" in example else "check"
    fields = {key: document(value, folder) if key in ("rates", "profile", "history") else value
              for key, value in example[kind].items()}
    fields.setdefault("at", AT)
    expect = example["expect"]
    what = f"{schedule['id']}: {example.get('title') or fields}"
    try:
        answer = getattr(tariff, kind)(**fields)
    except levy.LevyError as error:
        wanted = expect.get("error")
        count(error.code == (wanted.get("code") if isinstance(wanted, dict) else wanted),
              f"{what}: {error}")
        return
    if kind == "check":
        count(answer["allowed"] == expect.get("allowed", answer["allowed"]), f"{what}: {answer}")
        return
    totals = expect.get("total", [])
    for total in totals if isinstance(totals, list) else [totals]:
        amount, currency = money(total, schedule.get("currency"))
        count(Decimal(answer["fees"].get(currency, "0")) == amount, f"{what}: {answer['fees']}")


def check_examples(levy):
    for file in sorted((ROOT / "schedules").glob("*.json")):
        schedule = json.loads(file.read_text("utf-8"), parse_float=Decimal)
        tariff = levy.Tariff.load(file)
        for example in schedule.get("examples", []):
            if "batch" not in example:
                check_example(levy, tariff, schedule, example, file.parent)


def check_bytes(levy, program):
    def run(*words):
        return subprocess.run([program, *words], capture_output=True).stdout

    tariffs = sorted((BATCH / "tariffs").glob("*.json"))
    tariff = levy.Tariff.load(*tariffs)
    for table in ("payments.csv", "payments.jsonl", "flawed.csv"):
        answer = tariff.batch((BATCH / table).read_bytes(), at=AT, lines=True)
        theirs = run("batch", "acquirer", "--schedules", str(BATCH / "tariffs"), str(BATCH / table),
                     "--lines", "--at", AT)
        count(answer.rows == theirs, f"batch {table}: other bytes than the program's")
        rejected = len(answer.rejects.splitlines()) > 1  # a header stands there in any case
        count(answer.ok == (table != "flawed.csv") and rejected != answer.ok,
              f"batch {table}: {answer.summary}")
    for file in tariffs:
        count(levy.validate(file) == json.loads(run("validate", str(file), "--json")),
              f"validate {file.name}")


def check_refusals(levy):
    tariff = levy.Tariff.load(ROOT / "schedules/okpay.json")
    count(tariff.quote("withdrawal", Decimal("250"), method="bank", tier="verified")["fees"] == {"EUR": "2.50"},
          "a Decimal is an amount")
    try:
        tariff.quote("withdrawal", 250.0, method="bank", tier="verified")
        count(False, "a float is taken")
    except TypeError:
        count(True, "")
    try:
        levy.Tariff({"x.json": b"{"})
        count(False, "no schedule is loaded")
    except levy.LevyError as error:
        count(error.code == "bad_schedule" and error.answer["error"]["findings"], str(error))
    try:
        tariff.batch(b"operation,amount\n", lnes=True)
        count(False, "an unknown option is taken")
    except levy.LevyError as error:
        count(error.code == "unknown_key", str(error))
    when = datetime(2026, 11, 20, tzinfo=timezone.utc)
    count(tariff.quote("withdrawal", "250 EUR", method="bank", tier="verified", time=when)["fees"] ==
          {"EUR": "2.50"}, "a datetime is a time")
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda n: tariff.quote("withdrawal", f"{n} EUR", method="bank", tier="verified"),
                                range(10, 410)))
    count(all(one["fees"]["EUR"] == str(max(Decimal("0.50"), Decimal(n) / 100).quantize(
        Decimal("0.01"))) for n, one in zip(range(10, 410), answers)
        if n <= 2500), "four threads get other answers")
    count(levy.version()[0].isdigit(), "there is no version")


def check_frames(levy, pandas):
    """Columns of Python's own types, and what is refused of them."""
    tariff = levy.Tariff.load(ROOT / "schedules/okpay.json")
    words = {"operation": "withdrawal", "tier": "verified"}
    frame = pandas.DataFrame({"method": ["bank", "card", "wallet"],
                              "amount": [Decimal("2.5E+2"), 100, None]}, index=["x", "y", "z"])
    answer = tariff.batch_table(frame, set=words, at=AT)
    count(list(answer["fee"]) == ["2.50", "2.05", ""] and list(answer.index) == ["x", "y", "z"]
          and answer["status"]["z"] == "error", f"pandas: Decimals, and the index: {answer}")
    moves = pandas.DataFrame({"cross_border": [True, False], "amount": ["250", "100"]})
    answer = tariff.batch_table(moves, set={"operation": "transaction"}, at=AT)
    count(list(answer["fee"]) == ["3.75", "0.50"], f"pandas: True and False: {answer}")
    refused = [
        (TypeError, frame.assign(amount=pandas.Series([1.5, "2", "3"], dtype=object, index=frame.index)), {}),
        (TypeError, frame.assign(amount=pandas.Series([1.5, 2, 3], index=frame.index).astype("category")), {}),
        (TypeError, frame, {"output_format": "jsonl"}),
        (TypeError, [1, 2], {}),
        (ValueError, pandas.DataFrame([["1", "2"]], columns=["amount", "amount"]), {})]
    for kind, table, options in refused:
        try:
            tariff.batch_table(table, set=words, at=AT, **options)
            count(False, f"taken: {table} {options}")
        except kind:
            count(True, "")


def check_tables(levy):
    tariff = levy.Tariff.load(*sorted((BATCH / "tariffs").glob("*.json")))
    rows = tariff.batch((BATCH / "payments.csv").read_bytes(), at=AT).rows.decode("utf-8")
    for name in ("pandas", "pyarrow"):
        try:
            module = __import__(name)
        except ImportError:
            print(f"{name} is not installed: its tables are not tried", file=sys.stderr)
            continue
        if name == "pandas":
            frame = module.read_csv(BATCH / "payments.csv", dtype=str, keep_default_na=False)
            answer = tariff.batch_table(frame, at=AT)
            count(answer.to_csv(index=False) == rows, "pandas: other rows")
            floats = frame.assign(amount=frame["amount"].astype(float))
            check_frames(levy, module)
        else:
            import pyarrow.csv as arrow_csv
            read = arrow_csv.ConvertOptions(column_types={"amount": module.string()})
            table = arrow_csv.read_csv(BATCH / "payments.csv", convert_options=read)
            answer = tariff.batch_table(table, at=AT)
            count(answer.num_rows == table.num_rows and "fee" in answer.column_names, "pyarrow")
            notes = table.append_column("note", module.array(["two\nlines, \"q\""] * len(table)))
            count(tariff.batch_table(notes, at=AT)["note"].to_pylist() == notes["note"].to_pylist(),
                  "pyarrow: a text over two lines")
            floats = arrow_csv.read_csv(BATCH / "payments.csv")
        try:
            tariff.batch_table(floats, at=AT)
            count(False, f"{name}: a column of floats is taken")
        except TypeError:
            count(True, "")


def main():
    program, library = (str(Path(word).resolve()) for word in sys.argv[1:3])
    os.environ["LEVY_LIBRARY"] = library
    sys.path.insert(0, str(ROOT / "examples/python"))
    import levy

    check_examples(levy)
    check_bytes(levy, program)
    check_refusals(levy)
    check_tables(levy)
    for failure in failures:
        print(failure)
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
