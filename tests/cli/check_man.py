#!/usr/bin/env python3
"""Holds the manual pages against the program and against two formatters.

usage: check_man.py LEVY_BINARY

Every option of a command is in its page, or, where all commands share it, in levy.1; every key that
the JSON Schema knows is in levy-schedule.5 or levy-rates.5; every command has a page, and levy.1
names it. The bounds of SECURITY in levy.1 are those of src/base/bounds.h. The schedules of levy-tariffs.7 are run: their examples come out, and validate finds no
error in them. No page has a line wider than 80 columns, and neither man nor mandoc's lint warns of
anything; where one of these is not installed, a line says so. Exit status 1: something failed.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MAN = ROOT / "man"
failures = []
passed = 0


def count(good, message):
    global passed
    if good:
        passed += 1
    else:
        failures.append(message)


def run(*words, **more):
    env = {**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8", "MANROFFSEQ": ""}
    return subprocess.run(words, capture_output=True, text=True, env=env, **more)


def pages():
    return sorted(path for path in MAN.iterdir() if path.suffix[1:].isdigit())


def words_of(page):
    """The text with mdoc's and roff's own signs for characters undone."""
    return page.read_text("utf-8").replace("\\(dq", '"').replace("\\-", "-").replace("\\e", "\\")


def has_option(text, option):
    name = re.escape(option.lstrip("-"))
    return re.search(rf"(?:Fl -|--|Fl .*, -){name}(?![a-z0-9-])", text) is not None


def check_options(levy):
    shared = words_of(MAN / "levy.1")
    summary = run(levy, "--help").stdout
    commands = re.findall(r"^  ([a-z]+) {2,}", summary, re.M)
    count(len(commands) > 10, "levy --help names no commands")
    for command in commands:
        page = MAN / f"levy-{command}.1"
        count(page.exists(), f"there is no {page.name}")
        count(f".Xr levy-{command} 1" in shared, f"levy.1 does not name levy-{command}")
        if not page.exists():
            continue
        text = words_of(page)
        for option in sorted(set(re.findall(r"(?<![\w-])(--[a-z][a-z-]*)", run(levy, command, "--help").stdout))):
            count(has_option(text, option) or has_option(shared, option),
                  f"{page.name}: {option} is not described")


def keys_of(schema):
    """Names of properties, wherever the schema has them."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "properties" and isinstance(value, dict):
                yield from value
            yield from keys_of(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from keys_of(value)


def check_keys(levy):
    text = words_of(MAN / "levy-schedule.5") + words_of(MAN / "levy-rates.5")
    for of in ("schedule", "rates"):
        for key in sorted(set(keys_of(json.loads(run(levy, "schema", of).stdout)))):
            count(re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", text),
                  f"the key {key} of {of} files is in no page")


def check_bounds():
    """A row of the table for each bound of the header, with its words and its figure, and no other."""
    header = (ROOT / "src" / "base" / "bounds.h").read_text("utf-8")
    stated = {}
    for name, value, words in re.findall(r"^inline constexpr \S+ (\w+) = ([^;]+);\s*// (.*)$", header, re.M):
        figure = eval(re.sub(r"[u']", "", value), {})
        stated[words] = f"{figure >> 20} MiB" if "bytes" in name else f"{figure:,}"
    count(len(stated) == header.count("inline constexpr"), "bounds.h: a bound without words behind it")
    table = words_of(MAN / "levy.1").split(".Ss Bounds\n")[1].split(".Sh ")[0]
    shown = dict(re.findall(r"^\.It (.+) Ta (.+)$", table, re.M))
    for words in stated.keys() | shown.keys():
        count(stated.get(words) == shown.get(words),
              f"levy.1, SECURITY: {words}: {shown.get(words)}; in bounds.h {stated.get(words)}")


def schedules_of(page):
    """What stands in displays and begins as a schedule does."""
    for block in re.findall(r"^\.Bd [^\n]*\n(.*?)^\.Ed", page.read_text("utf-8"), re.M | re.S):
        text = block.replace("\\e", "\\").replace("\\(dq", '"')
        if text.startswith("{") and '"levy": 1' in text:
            yield text


def check_recipes(levy):
    texts = list(schedules_of(MAN / "levy-tariffs.7"))
    count(len(texts) > 5, "levy-tariffs.7 has no schedules")
    for text in texts:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "recipe.json"
            file.write_text(text, "utf-8")
            name = json.loads(text)["id"]
            count(json.loads(text).get("examples"), f"levy-tariffs.7: {name} has no examples")
            for command in ("test", "validate"):
                done = run(levy, command, str(file))
                count(done.returncode == 0, f"levy-tariffs.7: {name}: levy {command}: {done.stdout}")


def check_looks():
    mandoc = shutil.which("mandoc")
    groff = shutil.which("man")
    for name, found in (("mandoc", mandoc), ("man", groff)):
        if not found:
            print(f"not held against {name}: it is not installed", file=sys.stderr)
    for page in pages():
        if mandoc:
            done = run("mandoc", "-T", "lint", "-W", "warning", str(page))
            count(not done.stdout + done.stderr, f"mandoc: {done.stdout}{done.stderr}".rstrip())
            wide = [line for line in re.sub(".\b", "", run("mandoc", "-T", "utf8", "-O", "width=78", str(page)).stdout)
                    .splitlines() if len(line) > 80]
            count(not wide, f"{page.name}: wider than 80 columns: {wide}")
        if groff:
            done = run("man", "--warnings", "-l", str(page))
            count(done.returncode == 0 and not done.stderr, f"man: {page.name}: {done.stderr}")
            wide = [line for line in re.sub(".\b", "", done.stdout).splitlines() if len(line) > 80]
            count(not wide, f"{page.name}: wider than 80 columns: {wide}")


def main():
    levy = str(Path(sys.argv[1]).resolve())
    check_options(levy)
    check_keys(levy)
    check_bounds()
    check_recipes(levy)
    check_looks()
    for failure in failures:
        print(failure)
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
