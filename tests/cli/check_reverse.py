#!/usr/bin/env python3
"""Counts by brute force the amounts that deliver a target where fees eat nearly all of the amount.

usage: check_reverse.py LEVY_BINARY

There thousands of amounts deliver one and the same, and levy counts them by arithmetic. Every
rounding mode, one to three fees, each amount tried in exact fractions. Exit status 1: something
disagreed.
"""
import json
import subprocess
import sys
import tempfile
from fractions import Fraction as F
from pathlib import Path

from check_steps import rounded

MODES = ["half-even", "half-up", "half-down", "up", "down", "ceiling", "floor"]
FEES = [[("99.5", "0.01")], [("98.75", "0.01")], [("99.5", "0.05")],
        [("60", "0.01"), ("39.7", "0.01")], [("33.3", "0.01"), ("66.45", "0.01")],
        [("-3.5", "0.01"), ("101", "0.01")],
        [("50", "0.01"), ("49.25", "0.01"), ("0.125", "0.01")]]
TARGETS = ["0.00", "0.01", "0.02", "0.05", "0.07", "0.10"]
CENTS = 8000  # every amount that delivers one of the targets is far below


def schedule_of(mode, fees):
    return {"levy": 1, "id": "eaten", "currency": "EUR", "collect": "deducted",
            "rounding": {"mode": mode},
            "fees": [{"id": f"fee-{i}", "percent": percent, "round": {"to": quantum}}
                     for i, (percent, quantum) in enumerate(fees)]}


def delivered(mode, fees):
    """By credit: all amounts."""
    amounts = {}
    for cents in range(CENTS):
        amount = F(cents, 100)
        taken = sum(rounded(amount * F(percent) / 100, F(quantum), mode)
                    for percent, quantum in fees)
        amounts.setdefault(amount - taken, []).append(amount)
    return amounts


def solved(levy, path, target):
    done = subprocess.run([levy, "quote", path, "send", "--receive", target, "--json"],
                          capture_output=True, text=True, timeout=60)
    answer = json.loads(done.stdout)
    if answer.get("error", {}).get("code") == "unattainable":
        return None
    found = answer["solutions"]
    return int(found["count"]), F(found["smallest"]), F(found["largest"])


def main(words):
    if len(words) != 1:
        sys.exit(__doc__)
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "eaten.json")
        for mode in MODES:
            for fees in FEES:
                path.write_text(json.dumps(schedule_of(mode, fees)), "utf-8")
                amounts = delivered(mode, fees)
                for target in TARGETS:
                    all_of = amounts.get(F(target))
                    wanted = (len(all_of), all_of[0], all_of[-1]) if all_of else None
                    got = solved(words[0], path, target)
                    passed, failed = (passed + 1, failed) if got == wanted else (passed, failed + 1)
                    if got != wanted:
                        print(f"failed: {mode}, {fees}, receive {target}: {got}, not {wanted}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
