#!/usr/bin/env python3
"""Quotes and rows a second from Python, beside the program's own.

usage: from_python.py LEVY_BINARY LIBRARY [ROWS]

Asks 100,000 quotes one by one through examples/python/levy.py, and charges a table of ROWS (by
default 10,000,000) in memory; then the program charges the same table from a file into a file. Both
answers are the same bytes, or the run fails. Of each: how many a second, and how many a second of
processor time, which other programs on the machine disturb less.
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


def timed(what, count, work):
    """Prints how many of `count` a second `work` does; its children's processor time counts."""
    def processor():
        return sum(os.times()[:4])

    start, used = time.perf_counter(), processor()
    result = work()
    seconds, used = time.perf_counter() - start, processor() - used
    print(f"{what:24}{count / seconds:12,.0f} a second {count / used:12,.0f} a processor second",
          flush=True)
    return result


def main():
    program, library = (str(Path(word).resolve()) for word in sys.argv[1:3])
    rows = int(sys.argv[3]) if len(sys.argv) > 3 else 10_000_000
    os.environ["LEVY_LIBRARY"] = library
    sys.path.insert(0, str(ROOT / "examples/python"))
    import levy

    schedule = ROOT / "schedules/okpay.json"
    tariff = levy.Tariff.load(schedule)

    def ask():
        for i in range(QUOTES):
            tariff.quote("withdrawal", f"{10 + i % 900} EUR", method="bank", tier="verified")

    print("load", os.getloadavg()[0], "on", os.cpu_count(), "processors")
    timed("quotes from Python", QUOTES, ask)
    bytes_in = table(rows)
    answer = timed("batch rows from Python", rows, lambda: tariff.batch(bytes_in))
    with tempfile.TemporaryDirectory() as folder:
        given, charged = Path(folder, "given.csv"), Path(folder, "charged.csv")
        given.write_bytes(bytes_in)
        words = [program, "batch", str(schedule), str(given), "-o", str(charged)]
        timed("batch rows, the program", rows, lambda: subprocess.run(words, capture_output=True))
        if charged.read_bytes() != answer.rows:
            print("the program's rows are other bytes")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
