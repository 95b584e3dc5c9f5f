#!/usr/bin/env python3
"""Runs every command that README.md shows with its output, and compares what it prints.

usage: check_readme.py LEVY_BINARY [--update]

A block that begins with "$ " is a transcript: standard output and standard error together; lines
that begin with "> " go on with a command. Commands run in a folder with the project's schedules,
tests and examples, with levy on the PATH, at a fixed time where they name none. A ```json block is
the file that the text before it names. A ```sh block holds scripts, which other tests run, and
nothing else. No block has a line of more than 80 columns, but for messages that are printed into a
pipe. --update writes what came into README.md: read the diff. Exit status 1: something differed, or
there was nothing to run.
"""
import difflib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"`([\w-]+\.json)`")


def commands_in(block):
    """(command, what follows it), for each line that begins with "$ "."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        shown = re.match(r".*\n(?:> .*\n)*", part).group(0)
        yield shown.rstrip("\n"), part[len(shown):]


def as_typed(shown):
    return shown.replace("\n> ", "\n")


def shape_faults(kind, block):
    """Blocks that nobody runs, and lines that are too wide for them."""
    if kind == "sh":
        for line in block.splitlines():
            if not re.match(r"(sh (examples|tests)/[\w-]+\.sh|cmake --install build)\b", line):
                yield f"not a script of the project: {line}"
    elif kind != "json" and not block.startswith("$ "):
        yield f"a block that is not run: {block.splitlines()[0]}"
    for line in block.splitlines():
        if len(line) > 80 and not re.match(r"levy: assumed: |\$ printf ", line):
            yield f"{len(line)} columns: {line}"


def run(command, folder):
    env = {"PATH": f"{folder}:/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC",
           "LEVY_SCHEDULES": "schedules"}
    if "--at" not in command:
        command = command.replace("levy quote", "levy quote --at 2026-11-22", 1)
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=env, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
    return done.stdout.decode("utf-8", "backslashreplace")


def main(words):
    updates = "--update" in words
    words = [word for word in words if word != "--update"]
    if len(words) != 1:
        sys.exit(__doc__)
    text = updated = README.read_text("utf-8")
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(Path(words[0]).resolve(), Path(folder, "levy"))
        for entry in ("schedules", "tests", "examples"):
            os.symlink(ROOT / entry, Path(folder, entry))
        for found in BLOCK.finditer(text):
            kind, block = found.groups()
            for fault in shape_faults(kind, block):
                failed += 1
                print("failed:", fault)
            names = NAME.findall(text[:found.start()])
            if kind == "json" and names:
                Path(folder, names[-1]).write_text(block, "utf-8")
            for command, wanted in commands_in(block) if block.startswith("$ ") else ():
                came = run(as_typed(command), folder)
                if updates:
                    updated = updated.replace(f"$ {command}\n{wanted}", f"$ {command}\n{came}")
                    wanted = came
                passed, failed = (passed + 1, failed) if came == wanted else (passed, failed + 1)
                if came != wanted:
                    print(f"failed: {command}", *difflib.unified_diff(
                        wanted.splitlines(), came.splitlines(), "README.md", "what came",
                        lineterm=""), "", sep="\n")
    if updates:
        README.write_text(updated, "utf-8")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
