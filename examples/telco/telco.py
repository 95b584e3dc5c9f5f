"""telco.py [--levy PROGRAM] [--published FILE.zip | --calls COUNT] [--calls-file FILE.csv]

Charges a million calls with `levy batch` and telco.json, and compares each total with one computed
here, in whole numbers. Calls are those of the benchmark's own file (expon180-1e6.zip, from
speleotrove.com/decimal/telco.html), and then the totals must be the published ones; else calls with
lengths of the same distribution are made up, the same ones each time.
Status 0: all totals agree; 1: they do not; 2: something is missing.
"""
import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
PUBLISHED = {"total": 100473758, "basic-tax": 5762830, "distance-tax": 2504217}  # cents


def published_seconds(path):
    """Eight bytes a call: packed decimal, fifteen digits and a sign."""
    with zipfile.ZipFile(path) as archive:
        packed = archive.read(archive.namelist()[0])
    for begin in range(0, len(packed), 8):
        digits = packed[begin:begin + 8].hex()
        if digits[-1] != "c":
            sys.exit(f"{path}: call {begin // 8 + 1} has no sign C")
        yield int(digits[:-1])


def exponential_seconds(count, mean=180):
    """Von Neumann's way, which compares whole numbers and needs no logarithm.

    Draws go on while they fall; a run of even length is thrown away, and each one thrown away adds
    a mean to the first draw of the run that is kept.
    """
    draw = random.Random(180).getrandbits
    for _ in range(count):
        thrown_away = 0
        while True:
            first = last = draw(53)
            odd = True
            while (now := draw(53)) < last:
                last, odd = now, not odd
            if odd:
                break
            thrown_away += 1
        yield ((thrown_away << 53) + first) * mean >> 53


def write_calls(path, all_seconds):
    """The benchmark makes every call of an odd length a distance call."""
    with open(path, "w") as file:
        file.write("id,calltype,seconds\n")
        for i, seconds in enumerate(all_seconds, 1):
            file.write(f"C{i},{'distance' if seconds & 1 else 'local'},{seconds}\n")


def own_totals(path):
    """In cents: rates are in units of 10^-5, taxes cut to cents."""
    sums = {"total": 0, "price": 0, "basic-tax": 0, "distance-tax": 0}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            distance = row["calltype"] == "distance"
            price, rest = divmod(int(row["seconds"]) * (894 if distance else 130), 1000)
            price += rest > 500 or (rest == 500 and price % 2 == 1)
            basic, extra = price * 675 // 10000, price * 341 // 10000 if distance else 0
            for name, cents in [("total", price + basic + extra), ("price", price),
                                ("basic-tax", basic), ("distance-tax", extra)]:
                sums[name] += cents
    return sums


def cents(text):
    units, _, fraction = text.partition(".")
    return int(units) * 100 + int((fraction + "00")[:2]) if text else 0


def levy_totals(levy, path, answers):
    """The sums of levy's columns: `fee`, and one for each fee of the schedule."""
    subprocess.run([levy, "batch", os.path.join(HERE, "telco.json"), path, "--set",
                    "operation=call", "--select", "id", "--results", "status,fee", "--lines",
                    "-o", answers], check=True, stderr=subprocess.DEVNULL)
    sums = {"total": 0, "price": 0, "basic-tax": 0, "distance-tax": 0}
    with open(answers, newline="") as file:
        for row in csv.DictReader(file):
            if row["status"] != "ok":
                sys.exit(f"levy did not answer {row}")
            sums["total"] += cents(row["fee"])
            for name in ("price", "basic-tax", "distance-tax"):
                sums[name] += cents(row["fee." + name])
    return sums


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--levy", default="levy")
    parser.add_argument("--published")
    parser.add_argument("--calls", type=int, default=1000000)
    parser.add_argument("--calls-file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        calls = options.calls_file or os.path.join(folder, "calls.csv")
        write_calls(calls, published_seconds(options.published) if options.published
                    else exponential_seconds(options.calls))
        expected = own_totals(calls)
        answered = levy_totals(options.levy, calls, os.path.join(folder, "answers.csv"))
    agree = answered == expected
    for name, total in answered.items():
        line = f"{name:13}{total // 100:12}.{total % 100:02}"
        if total != expected[name]:
            line += f"  expected {expected[name] // 100}.{expected[name] % 100:02}"
        if options.published and name in PUBLISHED:
            same = total == PUBLISHED[name]
            agree = agree and same
            line += "  as published" if same else "  not as published"
        print(line)
    return 0 if agree else 1


sys.exit(main())
