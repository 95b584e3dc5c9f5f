#!/usr/bin/env python3
"""Runs the transcripts: what levy prints and the status it ends with, command line by command line.

usage: run.py LEVY_BINARY [--update] [FILTER]

A transcript is NAME.cmd (one shell command line), NAME.out (what it must print), NAME.err (absent:
nothing) and NAME.status (absent: 0), in any folder beside this file. The command runs in its own
folder, with levy on the PATH, LEVY_SCHEDULES naming the shipped schedules, and no other settings
than those in environment(). --update writes what came out instead of comparing it: read the diff
before committing it. FILTER keeps the transcripts whose path contains it. Exit status 1: something
differed, or there was nothing to run.
"""
import difflib
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
SECONDS_MAX = 240  # with sanitizers, on a busy machine


def environment(folder):
    return {
        "PATH": f"{folder}:/usr/local/bin:/usr/bin:/bin",
        "LEVY_SCHEDULES": str(HERE.parent.parent / "schedules"),
        "LC_ALL": "C",
        "TZ": "UTC",
    }


def run(command, env):
    """What came out, by the ending of the file that holds it. Absent: the usual."""
    try:
        done = subprocess.run(["sh", "-c", command.read_text("utf-8")], cwd=command.parent, env=env,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS_MAX)
    except subprocess.TimeoutExpired:
        late = f"no answer within {SECONDS_MAX} seconds\n"
        return {".out": "", ".err": late, ".status": "timeout\n"}
    status = "" if done.returncode == 0 else f"{done.returncode}\n"
    return {".out": decode(done.stdout), ".err": decode(done.stderr), ".status": status}


def decode(output):
    return output.decode("utf-8", "backslashreplace")


def read(path):
    return decode(path.read_bytes()) if path.exists() else ""


def differences(command, came):
    lines = []
    for ending, text in came.items():
        wanted = read(command.with_suffix(ending))
        name = str(command.with_suffix(ending).relative_to(HERE))
        lines += difflib.unified_diff(wanted.splitlines(), text.splitlines(), name, "what came",
                                      lineterm="")
        if wanted != text and wanted.splitlines() == text.splitlines():
            lines.append(f"{name}: only the ends of its lines differ")
    return lines


def update(command, came):
    for ending, text in came.items():
        path = command.with_suffix(ending)
        if text or ending == ".out":
            path.write_bytes(text.encode("utf-8"))
        else:
            path.unlink(missing_ok=True)


def orphans(commands):
    """Expectations that no command belongs to: a renamed transcript left them behind."""
    stems = {command.with_suffix("") for command in commands}
    answers = [path for ending in ("out", "err", "status") for path in HERE.rglob(f"*.{ending}")]
    return sorted(path for path in answers if path.with_suffix("") not in stems)


def main(words):
    updates = "--update" in words
    words = [word for word in words if word != "--update"]
    if not 1 <= len(words) <= 2 or words[0].startswith("-"):
        sys.exit(__doc__)
    everything = sorted(HERE.rglob("*.cmd"))
    wanted = words[1] if len(words) == 2 else ""
    commands = [one for one in everything if wanted in str(one.relative_to(HERE))]
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        os.symlink(Path(words[0]).resolve(), Path(folder, "levy"))
        env = environment(folder)
        for command, came in zip(commands, pool.map(lambda one: run(one, env), commands)):
            if updates:
                update(command, came)
            lines = differences(command, came)
            passed, failed = (passed, failed + 1) if lines else (passed + 1, failed)
            if lines:
                print(f"failed: {command.relative_to(HERE)}: {command.read_text('utf-8').strip()}",
                      *lines, "", sep="\n")
    for path in orphans(everything):
        print(f"failed: {path.relative_to(HERE)}: there is no {path.with_suffix('.cmd').name}")
        failed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not commands else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
