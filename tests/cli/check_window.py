#!/usr/bin/env python3
"""Answers for people fit the window: no line is wider, and no figure, code or date is broken.

usage: check_window.py LEVY_BINARY

Every command that answers people is run in windows of several widths, in English and Chinese, on
every shipped schedule where it takes one. Errors and findings are folded on a terminal alone, so
theirs is a pseudo-terminal, and what a caret points at must be seen above it. Widths are those of terminals: 2 columns for a wide
character, 0 for a combining one. A quote on okpay has at most 20 lines at 80 columns. Exit status
1: something failed.
"""
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
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
                    "init", "infer", "validate", "diff", "fmt", "explain", "completion", "schema", "help"):
        yield ["help", command], None


def complaints():
    """Command lines that are answered by errors or findings."""
    for path in sorted((ROOT / "tests" / "diagnostics").glob("*/*.json"))[::7]:
        yield ["validate", str(path.relative_to(ROOT))]
    for name in ("binance-spot", "ebay-us", "stripe-us"):
        if (SCHEDULES / f"{name}.json").exists():
            yield ["diff", f"schedules/{name}.json", "schedules/okpay.json"]
    yield ["validate", "examples/validate/tariff.json"]
    yield ["validate", "schedules"]
    yield ["quote", "okpay", "withdrawl", "250"]
    yield ["quote", "okpay", "withdrawal", "250", "--method", "a-bank-of-a-very-long-name-indeed",
           "--tier", "basic"]
    yield ["quote", "okpay", "withdrawal", "250", "--colour"]
    yield ["quote", "okpay", "withdrawal", "1,250,00"]
    yield ["quote", "a-directory/that-is-not-there/of-a-name-that-is-long/tariff.json", "pay", "5"]
    yield ["frobnicate", "okpay", "withdrawal", "250"]
    yield ["batch", "schedules/okpay.json", "examples/batch/flawed.csv", "--output", "/dev/null"]


def on_terminal(levy, words, width):
    """What a window of that width shows, standard error and output together."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    env = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    env.update(LEVY_SCHEDULES=str(SCHEDULES), LC_ALL="C.UTF-8", TZ="UTC", NO_COLOR="1")
    program = subprocess.Popen([levy, *words], env=env, cwd=ROOT, stdin=subprocess.DEVNULL,
                               stdout=follower, stderr=follower)
    os.close(follower)
    shown = b""
    while True:
        try:
            piece = os.read(leader, 65536)
        except OSError:  # Linux's end of a terminal
            break
        if not piece:
            break
        shown += piece
    program.wait()
    os.close(leader)
    return shown.decode().replace("\r\n", "\n")


def caret_faults(lines):
    """Carets without a mark above them."""
    for above, line in zip(lines, lines[1:]):
        caret = re.fullmatch(r" {6}\| ( *)\^~*", line)
        if caret and columns(above) < 8 + len(caret.group(1)):
            yield f"nothing above the caret: {above!r} {line!r}"


def terminal_faults(levy, words, width):
    lines = on_terminal(levy, words, width).splitlines()
    name = " ".join(words) + f" on a terminal of {width} columns"
    if not lines:
        return [f"{name}: no answer"]
    found = [f"{name}: {columns(line)} columns: {line}" for line in lines
             # A word of a command line is not cut, as it is there to be copied.
             if columns(line) > width and len(line.split()) > 2]
    return found + [f"{name}: {fault}" for fault in caret_faults(lines)]


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
             for language in ("en", "zh-CN")]
    failed = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(lambda one: faults(levy, *one), asked):
            failed += bool(found)
            for line in found[:3]:
                print("failed:", line)
        complained = [(words, width) for words in complaints() for width in WIDTHS]
        for found in pool.map(lambda one: terminal_faults(levy, *one), complained):
            failed += bool(found)
            for line in found[:3]:
                print("failed:", line)
        asked += complained
    print(f"{len(asked) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
