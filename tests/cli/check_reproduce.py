#!/usr/bin/env python3
"""Runs every command with which a finding says that it is shown.

usage: check_reproduce.py LEVY_BINARY FILE_OR_FOLDER...

Each schedule (a folder: all *.json below it) is validated, and each `reproduce` is run by sh as it
is printed. A quote answers, or refuses for what the finding is about; a check may decline. Anything
else, such as an option or a value that levy does not take as it was printed, is a failure.
"""
import json
import os
import subprocess
import sys
from pathlib import Path

# What a quote may say where the finding is that there is no price.
ABOUT_PRICES = {"uncovered", "above_last_band", "missing_money", "mixed_currencies",
                "fees_exceed_amount"}


def shell(line, folder, env):
    return subprocess.run(["sh", "-c", line], cwd=folder, env=env, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=60)


def fault_of(command, folder, env):
    """Why the command does not show anything; None where it does."""
    done = shell(command, folder, env)
    if done.returncode == 0 or (done.returncode == 1 and " check " in command):
        return None
    answer = shell(command + " --json", folder, env).stdout
    try:
        code = json.loads(answer)["error"]["code"]
    except (ValueError, KeyError):
        code = None
    return None if code in ABOUT_PRICES else done.stderr.strip() or f"status {done.returncode}"


def schedules_of(path):
    return sorted(path.rglob("*.json")) if path.is_dir() else [path]


def main():
    levy, paths = os.path.abspath(sys.argv[1]), [Path(name).resolve() for name in sys.argv[2:]]
    env = {"PATH": f"{os.path.dirname(levy)}:/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C",
           "TZ": "UTC"}
    run = failed = 0
    for path in (file for one in paths for file in schedules_of(one)):
        done = shell(f"levy validate './{path.name}' --format json", path.parent, env)
        if done.returncode > 1:
            continue  # no schedule: rates, a profile
        for finding in json.loads(done.stdout)["findings"]:
            for command in finding.get("reproduce", "").split(" && "):
                if not command:
                    continue
                run += 1
                fault = fault_of(command, path.parent, env)
                if fault:
                    failed += 1
                    print(f"{path}: {finding['code']}: {command}\n  {fault}")
    print(f"{run} commands run, {failed} failed")
    return 1 if failed or not run else 0


if __name__ == "__main__":
    sys.exit(main())
