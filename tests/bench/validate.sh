#!/bin/sh
# How long levy takes to judge a hard schedule (adversary.py), as a ratio to `jq .` on the same file
# and to `levy validate` on a schedule of one fee.
#   sh tests/bench/validate.sh [LEVY_BINARY]        (build/levy by default)
# Each program runs nine times, in turn, so that a busy machine slows all alike; medians count.
set -eu
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 tests/bench/adversary.py >"$folder/adversary.json"
cat >"$folder/plain.json" <<'JSON'
{"levy": 1, "id": "plain", "currency": "EUR", "fees": [{"id": "pay", "percent": "1"}]}
JSON
python3 - "${1:-build/levy}" "$folder" <<'PYTHON'
import os, resource, statistics, subprocess, sys, time

levy, folder = sys.argv[1:]
hard, plain = f"{folder}/adversary.json", f"{folder}/plain.json"
programs = {"jq .": ["jq", ".", hard], "levy validate, one fee": [levy, "validate", plain],
            "levy validate, adversary": [levy, "validate", hard]}


def run(command):
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


times = {name: [] for name in programs}
for _ in range(9):
    for name, command in programs.items():
        times[name].append(run(command))
medians = {name: [statistics.median(column) for column in zip(*pairs)]
           for name, pairs in times.items()}
print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
for name, (wall, used) in medians.items():
    print(f"{name:25} {wall * 1000:8.1f} ms, {used * 1000:8.1f} ms of processor time, "
          f"{wall / medians['jq .'][0]:6.1f} x jq")
PYTHON
