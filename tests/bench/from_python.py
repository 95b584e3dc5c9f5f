#!/usr/bin/env python3
"""Quotes and rows a second from Python, beside the program's own.

usage: from_python.py LEVY_BINARY LIBRARY [ROWS]

Asks 100,000 quotes one by one through examples/python/levy.py, and charges a table of ROWS (by
default 1,000,000) in memory; then the program charges the same table from a file. Both answers are
the same bytes, or the run fails.
"""
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
QUOTES = 100_000


def table(rows):
    methods = ("bank", "card", "wallet")
    lines = ["id,operation,amount,currency,method,tier"]
    lines += [f"r{i},withdrawal,{10 + i % 9000}.{i % 100:02},EUR,{methods[i % 3]},verified"
              for i in range(rows)]
    return ("\n".join(lines) + "\n").encode("ascii")


def timed(work):
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def main():
    program, library = (str(Path(word).resolve()) for word in sys.argv[1:3])
    rows = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
    os.environ["LEVY_LIBRARY"] = library
    sys.path.insert(0, str(ROOT / "examples/python"))
    import levy

    schedule = ROOT / "schedules/okpay.json"
    tariff = levy.Tariff.load(schedule)

    def ask():
        for i in range(QUOTES):
            tariff.quote("withdrawal", f"{10 + i % 900} EUR", method="bank", tier="verified")

    _, seconds = timed(ask)
    print(f"quotes from Python    {QUOTES / seconds:12,.0f} a second")
    bytes_in = table(rows)
    answer, seconds = timed(lambda: tariff.batch(bytes_in))
    print(f"batch from Python     {rows / seconds:12,.0f} rows a second")
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(bytes_in)
        file.flush()
        words = [program, "batch", str(schedule), file.name]
        done, seconds = timed(lambda: subprocess.run(words, capture_output=True))
    print(f"batch by the program  {rows / seconds:12,.0f} rows a second")
    if done.stdout != answer.rows:
        print("the program's rows are other bytes")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
