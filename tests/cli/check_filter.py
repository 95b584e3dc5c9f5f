#!/usr/bin/env python3
"""levy batch --filter as a coprocess: each record is answered while the input stays open.

usage: check_filter.py LEVY_BINARY [ROUND_TRIPS]

Prints the time from a record to its answer, and the throughput of each --flush. Exit status 1: an
answer did not come, or the bytes depend on when they are written.
"""
import json
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
        if outputs[0] != outputs[1] or outputs[0] != outputs[2] or not outputs[0]:
            print("the bytes depend on --flush")
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
