#!/bin/sh
# How long levy takes to start, quote and end, as a ratio to `true` and to `jq . schedule.json`.
#   sh tests/bench/start_up.sh [LEVY_BINARY]        (build/levy by default)
# Each program runs 300 times in one run, interleaved in blocks so that a busy machine slows all of
# them alike; the median block counts.
set -eu
cd "$(dirname "$0")/../.."
levy=${1:-build/levy}
python3 - "$levy" <<'PYTHON'
import statistics, subprocess, sys, time

levy, schedule = sys.argv[1], "schedules/okpay.json"
quote = [levy, "quote", schedule, "withdrawal", "250 EUR", "--method", "bank", "--tier", "verified",
         "--json"]
programs = {"true": ["true"], "jq": ["jq", ".", schedule], "levy quote": quote}
blocks = {name: [] for name in programs}
for _ in range(30):
    for name, command in programs.items():
        began = time.perf_counter()
        for _ in range(10):
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        blocks[name].append((time.perf_counter() - began) / 10)
medians = {name: statistics.median(times) for name, times in blocks.items()}
for name, seconds in medians.items():
    print(f"{name:11} {seconds * 1000:7.2f} ms   {seconds / medians['true']:5.2f} x true   "
          f"{seconds / medians['jq']:5.2f} x jq")
PYTHON
