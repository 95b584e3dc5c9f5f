#!/usr/bin/env python3
"""What levy batch --filter promises (levy-batch(1), "THE FILTER'S CONTRACT").

usage: check_filter.py LEVY_BINARY [ROUND_TRIPS]

As a coprocess each record, and each block of --chunk-header, is answered while the input stays
open. One record in is one line out, in order, whatever is wrong with it; in CSV, TSV and JSON Lines
the answers are the same; the bytes do not depend on threads, on the pieces in which the input comes,
on the environment or the working directory; memory does not grow with the input. Prints the time
from a record to its answer, and the throughput of each --flush. Exit status 1: a promise is broken.
"""
import csv
import hashlib
import json
import os
import random
import select
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SECONDS_MAX = 5
SCHEDULE = {"levy": 1, "id": "fee", "currency": "EUR",
            "fees": [{"id": "f", "operation": "pay", "percent": "1"},
                     {"id": "g", "operation": "wire", "cap": {"max": "1 EUR", "window": "day"},
                      "percent": "1"}]}
PLAIN = {**SCHEDULE, "fees": SCHEDULE["fees"][:1]}
NAMES = ["--columns", "operation,amount"]


def filter_command(levy, folder, *words):
    schedule = "s.json" if "account=a" in words else "plain.json"
    return [levy, "batch", str(folder / schedule), "--filter", "--at", "2026-01-01", *words]


def round_trip(levy, folder, records, words):
    """Milliseconds for each record, as median and largest; None: an answer did not come."""
    run = subprocess.Popen(filter_command(levy, folder, *words), stdin=subprocess.PIPE,
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
    times = []
    try:
        for record in records:
            start = time.perf_counter()
            run.stdin.write(record)
            answer = b""
            while answer.count(b"\n") < record.count(b"\n"):
                if not select.select([run.stdout], [], [], SECONDS_MAX)[0]:
                    return None
                came = run.stdout.read(65536)
                if not came:
                    return None
                answer += came
            times.append(1000 * (time.perf_counter() - start))
        run.stdin.close()
        return (sorted(times)[len(times) // 2], max(times)) if run.wait(SECONDS_MAX) == 0 else None
    finally:
        run.kill()


# ---- the contract --------------------------------------------------------------------------------

COLUMNS = ["id", "operation", "amount", "method", "note"]
FORMS = ("csv", "tsv", "jsonl")
MODAL = {"levy": 1, "id": "modal", "version": "v1", "currency": "EUR",
         "attributes": {"method": ["bank", "card"]},
         "fees": [{"id": "f", "operation": "pay",
                   "cases": [{"when": {"method": "card"}, "percent": "2.5", "min": "0.30 EUR"},
                             {"flat": "1 EUR"}]}]}
NOTES = ["", "plain", "a,b", 'say "x"', "tab\tin it", "back\\slash", "two\nlines", "BZh", "{", "é"]


def random_rows(count):
    """Rows as dictionaries, of which some cannot be answered; an empty value is not given."""
    random.seed(21)
    for number in range(count):
        yield {"id": str(number), "operation": random.choice(["pay"] * 9 + ["nothing"]),
               "amount": random.choice(["1", "250.5", "1 EUR", "x", "", "-1", "0.001"]),
               "method": random.choice(["bank", "card", "", "cash"]), "note": random.choice(NOTES)}


def tsv_cell(text):
    for plain, escaped in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text or random.choice(["", "\\N"])


def csv_cell(text):
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\n') else text


def record_of(form, row):
    if form == "jsonl":
        return json.dumps({key: text for key, text in row.items() if text}) + "\n"
    write, divider = (tsv_cell, "\t") if form == "tsv" else (csv_cell, ",")
    return divider.join(write(row[name]) for name in COLUMNS) + "\n"


# Records that are torn, by form: each is one record, and none can be read.
TORN = {"csv": ["1,2\n", "a\"b,pay,1,bank,\n", "\n"],
        "tsv": ["1\t2\n", "\\q\tpay\t1\tbank\t\n", "1\tpay\t1\tbank\tend\\\n", "\n"],
        "jsonl": ["{\n", "x\n", "\n", '{"Amount":"1"}\n', '{"status":"1","amount":"1"}\n']}


def form_words(form, output):
    words = ["--input-format", form, "--output-format", output]
    if form != "jsonl":
        words += ["--columns", ",".join(COLUMNS)]
    return words + ["--select", "id", "--results", "status,fee,reason,version,digest"]


def answers_of(form, text):
    """The answers as lists of text; what is not there is None."""
    if form == "jsonl":
        names = ["id", "status", "fee", "reason", "version", "digest"]
        return [[json.loads(line).get(name) for name in names] for line in text.splitlines()]
    rows = (csv.reader(text.splitlines()) if form == "csv"
            else [line.split("\t") for line in text.splitlines()])
    return [[None if cell in ("", "\\N") else cell for cell in row] for row in rows]


def run_filter(levy, schedule, words, data, **settings):
    return subprocess.run([levy, "batch", str(schedule), "--filter", *words], input=data,
                          capture_output=True, **settings)


def check_forms(levy, folder):
    """Every form into every form: one answer a record, in order, the same in all of them."""
    schedule = folder / "modal.json"
    digest = hashlib.sha256(schedule.read_bytes()).hexdigest()
    rows = list(random_rows(3000))
    wanted = None
    for form in FORMS:
        records = [record_of(form, row) for row in rows]
        torn = random.Random(form).sample(range(len(rows)), 40)
        for number in torn:
            records[number] = random.choice(TORN[form])
        data = "".join(records).encode()
        for output in FORMS:
            done = run_filter(levy, schedule, form_words(form, output), data)
            name = f"{form} to {output}"
            if done.returncode != 0 or done.stderr:
                yield f"{name}: status {done.returncode}, {done.stderr!r}"
            answers = answers_of(output, done.stdout.decode())
            if len(answers) != len(rows):
                yield f"{name}: {len(rows)} records in, {len(answers)} answers out"
                continue
            for number in torn:
                if answers[number][1] != "error":
                    yield f"{name}: {records[number]!r} is {answers[number]}"
            good = [one for number, one in enumerate(answers) if number not in torn]
            if not all(one[5] == (digest if one[1] == "ok" else None) for one in good):
                yield f"{name}: a digest is not that of the file"
            if [one[0] for one in good] != [row["id"] for number, row in enumerate(rows)
                                            if number not in torn]:
                yield f"{name}: the order is another"
            by_id = {one[0]: one for one in good}
            wanted = wanted or by_id
            if any(by_id[key] != wanted[key] for key in by_id.keys() & wanted.keys()):
                yield f"{name}: other answers than from {FORMS[0]} to {FORMS[0]}"


def check_purity(levy, folder):
    """The bytes are those of the records alone."""
    schedule = folder / "modal.json"
    rows = list(random_rows(400))
    for form in FORMS:
        records = [record_of(form, row) for row in rows] + TORN[form]
        words, data = form_words(form, form), "".join(records).encode()
        whole = run_filter(levy, schedule, words, data).stdout
        alone = b"".join(run_filter(levy, schedule, words, record.encode()).stdout
                         for record in records[-40:])
        if not whole.endswith(alone):
            yield f"{form}: records answered alone have other answers"
        bare = run_filter(levy, schedule, words, data, env={}, cwd="/")
        gone = folder / "gone"
        gone.mkdir(exist_ok=True)
        lost = run_filter(levy, schedule, words, data, cwd=gone, preexec_fn=lambda: os.rmdir(gone))
        threads = run_filter(levy, schedule, [*words, "--threads", "3"], data)
        pieces = run_in_pieces(levy, schedule, words, data)
        for name, done in (("an empty environment", bare), ("no working directory", lost),
                           ("three threads", threads), ("pieces", pieces)):
            if (done.returncode, done.stdout, done.stderr) != (0, whole, b""):
                yield f"{form}: with {name} other bytes, or status {done.returncode}"
        for more in ([], ["--header"]):
            empty = run_filter(levy, schedule, [*words, *more], b"")
            if empty.returncode != 0 or empty.stderr or empty.stdout.count(b"\n") > len(more):
                yield f"{form}: empty input is status {empty.returncode}, {empty.stdout!r}"
    no_header = run_filter(levy, schedule, [], b"")
    if (no_header.returncode, no_header.stdout, no_header.stderr) != (0, b"", b""):
        yield f"empty input without its header is status {no_header.returncode}"


def run_in_pieces(levy, schedule, words, data):
    run = subprocess.Popen([levy, "batch", str(schedule), "--filter", *words], stdin=subprocess.PIPE,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0)
    rest = data
    while rest:
        size = random.randrange(1, 3000)
        run.stdin.write(rest[:size])
        rest = rest[size:]
        time.sleep(0.001)
    out, err = run.communicate()
    return subprocess.CompletedProcess(words, run.returncode, out, err)


def check_times(levy, folder):
    """Where an answer depends on the time, a row must say it: the clock is no part of a record."""
    words = ["--columns", "operation,amount,time,account", "--results", "status,reason"]
    data = b"wire,1,,a\nwire,1,2026-01-01T10:00:00Z,a\nwire,1,,a\n"
    done = run_filter(levy, folder / "s.json", words, data).stdout.decode().splitlines()
    if [line.split(",")[-2:] for line in done] != [["error", "bad_time"], ["ok", ""],
                                                   ["error", "bad_time"]]:
        yield f"rows without a time: {done}"
    said = run_filter(levy, folder / "s.json", [*words, "--at", "2026-01-01T10:00:00Z"], data)
    if b"error" in said.stdout:
        yield f"rows without a time, with --at: {said.stdout!r}"


def check_blocks(levy, folder):
    """As ClickHouse sends them: so many rows, and the next block once they are answered."""
    for form, record in (("tsv", "pay\t%d\n"), ("jsonl", '{"operation":"pay","amount":"%d"}\n'),
                         ("csv", '"pay",%d\n')):
        blocks = [3, 0, 1, 20_000, 2, 0]
        data = [b"%d\n" % count + b"".join((record % i).encode() for i in range(count))
                for count in blocks]
        words = ["--chunk-header", "--input-format", form]
        words += [] if form == "jsonl" else NAMES
        words += ["--select", "amount", "--results", "fee"]
        whole = run_filter(levy, folder / "plain.json", words, b"".join(data))
        if whole.returncode != 0 or whole.stderr or whole.stdout.count(b"\n") != sum(blocks):
            yield f"blocks of {form}: status {whole.returncode}, {whole.stderr!r}"
        run = subprocess.Popen([levy, "batch", str(folder / "plain.json"), "--filter", *words],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        for count, block in zip(blocks, data):
            if count > 100:
                continue
            run.stdin.write(block)
            if not read_lines(run.stdout, count):
                yield f"blocks of {form}: one of {count} rows was not answered"
        run.stdin.close()
        run.wait(SECONDS_MAX)
        for bad in (b"x\n", b"\n", b"3\n" + (record % 1).encode(), b"99999999999999999999\n"):
            done = run_filter(levy, folder / "plain.json", words, bad)
            if done.returncode != 2 or b"block" not in done.stderr:
                yield f"blocks of {form}: {bad!r} is status {done.returncode}"


def read_lines(stream, count):
    came = b""
    while came.count(b"\n") < count:
        if not select.select([stream], [], [], SECONDS_MAX)[0]:
            return False
        came += stream.read(65536)
    return came.count(b"\n") == count


def peak_kilobytes(levy, schedule, words, record, count):
    run = subprocess.Popen([levy, "batch", str(schedule), "--filter", *words], stdin=subprocess.PIPE,
                           stdout=subprocess.DEVNULL)
    block = record * 10_000
    for _ in range(count // 10_000):
        run.stdin.write(block)
    run.stdin.close()
    return os.wait4(run.pid, 0)[2].ru_maxrss


def check_memory(levy, folder):
    for form in FORMS:
        record = record_of(form, {name: "1" for name in COLUMNS} | {"operation": "pay"}).encode()
        words = [*form_words(form, form), "--threads", "2"]
        few, many = (peak_kilobytes(levy, folder / "modal.json", words, record, count)
                     for count in (50_000, 1_000_000))
        if many > few + 30_000:
            yield f"{form}: {few} kB for 50,000 records and {many} kB for a million"


def broken_promises(levy, folder):
    for check in (check_forms, check_purity, check_times, check_blocks, check_memory):
        yield from check(levy, folder)


def main(words):
    if not words:
        sys.exit(__doc__)
    levy, count = str(Path(words[0]).resolve()), int(words[1]) if len(words) > 1 else 200
    failed = False
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "s.json").write_text(json.dumps(SCHEDULE))
        (folder / "plain.json").write_text(json.dumps(PLAIN))
        forms = {
            "CSV": ([b"pay,%d\n" % i for i in range(count)], NAMES),
            "CSV in quotes": ([b'"pay","%d"\n' % i for i in range(count)], NAMES),
            "three records at once": ([b"pay,1\npay,x\npay,3\n"] * (count // 3), NAMES),
            "JSON Lines": ([b'{"operation":"pay","amount":"%d"}\n' % i for i in range(count)],
                           ["--input-format", "jsonl"]),
            "accounts, by several threads": ([b"wire,%d\n" % i for i in range(count)],
                                             [*NAMES, "--set", "account=a", "--threads", "3"]),
        }
        for form, (records, names) in forms.items():
            for flush in ("auto", "record"):
                came = round_trip(levy, folder, records, [*names, "--flush", flush])
                failed |= came is None
                told = "no answer" if came is None else "%.2f ms, at most %.2f ms" % came
                print(f"{form}, --flush {flush}: {told}")
        outputs = []
        table = b"".join(b"pay,%d.%02d\n" % (i, i % 100) for i in range(100 * count))
        for flush in ("auto", "record", "chunk"):
            start = time.perf_counter()
            done = subprocess.run(filter_command(levy, folder, *NAMES, "--flush", flush),
                                  input=table, capture_output=True)
            seconds = time.perf_counter() - start
            print(f"--flush {flush}: {100 * count / seconds:,.0f} rows a second")
            outputs.append(done.stdout)
        (folder / "modal.json").write_text(json.dumps(MODAL))
        for promise in broken_promises(levy, folder):
            print(promise)
            failed = True
        if outputs[0] != outputs[1] or outputs[0] != outputs[2] or not outputs[0]:
            print("the bytes depend on --flush")
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
