#!/usr/bin/env python3
"""Answers for people fit the window: no line is wider, and no figure, code or date is broken.

usage: check_window.py LEVY_BINARY

Every command that answers people is run in windows of several widths, in English and Chinese, on
every shipped schedule where it takes one. Widths are those of terminals: 2 columns for a wide
character, 0 for a combining one. A quote on okpay has at most 20 lines at 80 columns. Exit status
1: something failed.
"""
import os
import re
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SCHEDULES = ROOT / "schedules"
WIDTHS = (40, 80, 120)
LINES_MAX = 20
# Ends of lines that a figure, its currency or a date would have gone on after.
BROKEN = re.compile(r"(\d \n *[A-Z]{3}\b)|(\b\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
                    r"\n)|((Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4},\n)")


def columns(line):
    wide = sum(1 for c in line if unicodedata.east_asian_width(c) in "WF")
    return len(line) + wide - sum(1 for c in line if unicodedata.combining(c))


def run(levy, words, width, language):
    env = {**os.environ, "COLUMNS": str(width), "LEVY_SCHEDULES": str(SCHEDULES), "LC_ALL": "C",
           "TZ": "UTC"}
    done = subprocess.run([levy, *words, "--lang", language, "--at", "2026-11-20T16:20"], env=env,
                          cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return done.stdout


def questions():
    """Command lines, each with the most lines it may take at 80 columns."""
    ids = sorted({path.stem for path in SCHEDULES.glob("*.json")})
    for name in ids:
        for words in (["show"], ["tiers"], ["help", "quote"]):
            yield [*words, f"schedules/{name}.json"], None
    okpay = ["okpay", "withdrawal", "250"]
    for tier in ("basic", "verified", "premium"):
        for method in ("bank", "card", "wallet"):
            yield ["quote", *okpay, "--tier", tier, "--method", method], LINES_MAX
    yield ["quote", *okpay, "--tier", "basic", "--method", "bank", "--used",
           "withdrawal-daily=299.99", "--used", "withdrawal-monthly=999"], LINES_MAX + 2
    yield ["quote", *okpay], LINES_MAX
    yield ["quote", "okpay", "conversion", "250", "--to", "USD", "--tier", "basic", "--rates",
           "examples/rates.json"], LINES_MAX
    yield ["quote", *okpay, "--tier", "basic", "--method", "card", "--explain", "--limits"], None
    yield ["check", *okpay, "--tier", "basic", "--limits"], None
    yield ["check", *okpay, "--profile", "examples/check/profile.json", "--history",
           "examples/check/history.csv"], LINES_MAX
    yield ["tiers", "okpay", "--profile", "examples/check/profile.json", "--history",
           "examples/check/history.csv"], None
    yield ["compare", "withdrawal", "250", "okpay", "--curve"], None
    yield ["compare", "payment", "100", "stripe-us", "square", "paypal-us", "--curve"], None
    yield ["diff", "tests/cli/fixtures/versions/fare-2025.json",
           "tests/cli/fixtures/versions/fare-2026.json"], None
    yield ["test", "schedules/okpay.json", "--coverage"], None
    yield ["list"], None
    yield ["explain", "--list"], None
    yield ["explain", "cliff"], None
    yield ["help"], None
    for command in ("quote", "check", "tiers", "list", "show", "compare", "plot", "batch", "test",
                    "validate", "diff", "fmt", "explain", "completion", "schema", "help"):
        yield ["help", command], None


def faults(levy, words, most, width, language):
    text = run(levy, words, width, language)
    name = " ".join(words) + f" at {width} columns, {language}"
    lines = text.splitlines()
    if not lines:
        return [f"{name}: no answer"]
    found = [f"{name}: {columns(line)} columns: {line}" for line in lines if columns(line) > width]
    broken = BROKEN.search(text)
    if broken:
        found.append(f"{name}: broken: {broken.group(0)!r}")
    if most and width == 80 and len(lines) > most:
        found.append(f"{name}: {len(lines)} lines, at most {most}")
    return found


def main(words):
    if len(words) != 1:
        sys.exit(__doc__)
    levy = str(Path(words[0]).resolve())
    asked = [(q, most, width, language) for q, most in questions() for width in WIDTHS
             for language in ("en", "zh-CN") if language == "en" or q[0] != "help"]
    failed = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(lambda one: faults(levy, *one), asked):
            failed += bool(found)
            for line in found[:3]:
                print("failed:", line)
    print(f"{len(asked) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
