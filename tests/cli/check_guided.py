#!/usr/bin/env python3
"""Answers the questions of `levy quote` in a terminal, as a person would.

usage: check_guided.py LEVY_BINARY

The command runs in a window of tmux. A tariff is completed by Tab, chosen by its number, and named
by its beginning; what is typed wrong is asked again; only attributes that matter are asked for. The
command line that is printed at the end is run and must answer the same. Escape and Ctrl-D leave at
every question, arrow keys do not, and without a terminal levy says what is missing. Exit status 1:
something failed.
"""
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from screen import Screen

ROOT = Path(__file__).resolve().parent.parent.parent
ENV = {"LC_ALL": "C.UTF-8", "TZ": "UTC"}
failures = []


def schedules(folder):
    """A few tariffs, so that the list is short."""
    place = Path(folder) / "schedules"
    place.mkdir()
    for name in ("okpay", "square", "stripe-us"):
        os.symlink(ROOT / "schedules" / f"{name}.json", place / f"{name}.json")
    return place


class Guided:
    """A terminal with a shell in it, in which `levy quote` has been typed."""

    def __init__(self, levy, folder, env=(), columns=80):
        (Path(folder) / "bin").mkdir(exist_ok=True)
        link = Path(folder) / "bin" / "levy"
        if not link.exists():
            os.symlink(levy, link)
        env = {**ENV, **dict(env), "PATH": f"{folder}/bin:/usr/bin:/bin", "PS1": "ready: ",
               "LEVY_SCHEDULES": str(Path(folder) / "schedules")}
        self.screen = Screen(["sh"], env, folder, columns=columns, rows=48)

    def __enter__(self):
        self.screen.wait_for("ready:")
        self.screen.type("clear; levy quote --at 2026-11-22; echo status=$?")
        self.screen.press("Enter")
        return self

    def __exit__(self, *_):
        self.screen.__exit__()

    def answer(self, question, typed, *keys):
        self.screen.wait_for(question)
        self.screen.type(typed)
        self.screen.press(*(keys or ("Enter",)))


def expect(what, good, shown):
    if not good:
        failures.append(f"{what}\n{shown}")


def ends(guided):
    text = guided.screen.wait_for("status=")
    return text, int(re.search(r"status=(\d)", text).group(1))


def whole(levy, folder):
    with Guided(levy, folder) as guided:
        text = guided.screen.wait_for("Which tariff?")
        time.sleep(1.5)  # a person reads the list
        expect("nothing while the user thinks", guided.screen.text() == text, guided.screen.text())
        guided.screen.type("okp")
        guided.screen.press("Tab")
        guided.screen.wait_for("> okpay")
        guided.screen.press("Enter")
        guided.answer("Which operation?", "nonsense")
        guided.answer("Tab completes it", "2")
        guided.answer("What amount", "12,50")
        guided.answer("not a comma", "250")
        guided.answer("Which method?", "ba")
        guided.answer("Which tier?", "verified")
        text, status = ends(guided)
        expect("a quote at the end", status == 0 and "Arrives" in text, text)
        lines = text.split("The same at once:")[-1].split("status=")[0]
        command = lines.replace("$ ", "", 1).replace("\\\n", " ").strip()
    env = {**os.environ, **ENV, "LEVY_SCHEDULES": str(Path(folder) / "schedules"),
           "PATH": f"{folder}/bin:/usr/bin:/bin"}
    done = subprocess.run(["sh", "-c", command], env=env, capture_output=True, text=True)
    expect(f"{command} answers the same", done.stdout.strip() and done.stdout.strip() in
           "\n".join(line.rstrip() for line in text.splitlines()), done.stdout + done.stderr + text)


def leaves(levy, folder):
    for key in ("Escape", "C-d"):
        for answers in ([], [("Which tariff?", "okpay")],
                        [("Which tariff?", "okpay"), ("Which operation?", "withdrawal")]):
            with Guided(levy, folder) as guided:
                for question, typed in answers:
                    guided.answer(question, typed)
                guided.screen.wait_for(("Which tariff?", "Which operation?",
                                        "What amount")[len(answers)])
                guided.screen.press(key)
                text, status = ends(guided)
                expect(f"{key} leaves after {len(answers)} answers",
                       status == 0 and "error" not in text, text)


def keys(levy, folder):
    with Guided(levy, folder) as guided:
        guided.screen.wait_for("Which tariff?")
        guided.screen.type("kpay")
        guided.screen.press("Left", "Left", "Left", "Left")
        guided.screen.type("o")
        text = guided.screen.wait_for("> okpay")
        guided.screen.press("C-d") if "okpay" not in text else guided.screen.press("Enter")
        text = guided.screen.wait_for("Which operation?")
        expect("arrow keys move", "Which operation?" in text, text)


def chinese(levy, folder):
    with Guided(levy, folder, {"LC_ALL": "zh_CN.UTF-8"}, columns=40) as guided:
        guided.answer("哪个费率", "1")
        guided.answer("哪项操作", "withdrawal")
        guided.answer("金额", "250")
        guided.answer("method", "bank")
        guided.answer("tier", "basic")
        text, status = ends(guided)
        expect("in Chinese", status == 0 and "到账" in text, text)


def without_terminal(levy):
    done = subprocess.run([levy, "quote"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    expect("without a terminal", done.returncode == 2 and "needs SCHEDULE" in done.stderr,
           done.stderr)


def main(words):
    if len(words) != 1:
        sys.exit(__doc__)
    levy = str(Path(words[0]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        schedules(folder)
        for check in (whole, leaves, keys, chinese):
            try:
                check(levy, folder)
            except AssertionError as error:
                failures.append(f"{check.__name__}: {error}")
    without_terminal(levy)
    for failure in failures:
        print("failed:", failure)
    print("guided quote:", f"{len(failures)} failed" if failures else "passed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
