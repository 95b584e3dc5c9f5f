#!/usr/bin/env python3
"""No text of a schedule, profile, table or command line reaches a terminal as it is.

usage: check_hostile.py LEVY_BINARY

One schedule whose every text moves the cursor, turns the reading direction or begins a line of its
own is given to every command in every output format, into a pipe and into a pseudo-terminal.
Answers for people must hold none of it in either; answers for programs keep their bytes in a pipe
and are escaped on a terminal. At last the shells complete words that would be commands if they were
inserted unquoted. Exit status 1: something came out raw.
"""
import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

HOSTILE = "\nFORGED\x1b[2J\x07\r\x08\x7f\x85\x9b31m\u202e\u2066\u200b\ufeff"
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e"
                 "\u2066-\u2069\ufeff]")
FORGED = re.compile("^FORGED", re.M)
MAGIC = "$(touch pwned) `touch pwned`;touch pwned"


def text(name):
    return name + HOSTILE


def schedule(version, percent):
    return {
        "levy": 1, "id": "hostile", "version": text(version), "title": text("Title"),
        "note": text("Note"), "source": text("Source"), "currency": "EUR",
        "effective": {"from": f"202{version}-01-01", "until": f"202{int(version) + 1}-01-01"},
        "attributes": {"method": [text("bank"), "card"], "memo": "text", "magic": [MAGIC, "plain"]},
        "quantities": {"units": {"default": "1"}},
        "evidence": {"paper": {"kind": "document", "title": text("Paper"), "note": text("n")},
                     "age": {"kind": "number", "title": text("Age")}},
        "tiers": [{"id": "low", "title": text("Low"), "note": text("n")},
                  {"id": "high", "title": text("High"), "requires": {"any": ["paper", {
                      "age": {"at_least": "9"}}]}}],
        "limits": [{"id": "cap", "title": text("Limit"), "note": text("n"), "operation": "pay",
                    "window": "day", "max": {"low": "50 EUR", "high": "60 EUR"}}],
        "fees": [{"id": "fee", "title": text("Fee"), "note": text("n"), "operation": "pay",
                  "cases": [{"when": {"method": text("bank")}, "title": text("Case"),
                             "graduated": [{"up_to": "10 EUR", "percent": percent},
                                           {"percent": "1"}]},
                            {"title": text("Other"), "slab": [{"up_to": "10 EUR", "flat": "2 EUR"},
                                                              {"flat": "1 EUR"}]}]}],
        "guarantees": [{"title": text("Promise"), "operation": "pay", "fee_at_most": "0.01 EUR"}],
        "accept": [{"code": "rounds_to_nothing", "reason": text("reason")}],
        "examples": [{"title": text("Example"), "quote": {"operation": "pay", "amount": "10",
                                                          "tier": "low", "method": text("bank")},
                      "expect": {"total": "9 EUR", "lines": {"fee": "8 EUR"}}}],
    }


def write_files(folder):
    """The files, some of them under names that a terminal would obey."""
    named = folder / ("s" + HOSTILE.replace("/", "") + ".json")
    for path, version, percent in ((named, "5", "2"), (folder / "old.json", "5", "2"),
                                   (folder / "new.json", "6", "3")):
        path.write_text(json.dumps(schedule(version, percent)), "utf-8")
    broken = schedule("5", "2")
    broken["fees"][0][text("key")] = text("value")
    broken["limits"][0]["currency"] = text("EUR")
    (folder / "broken.json").write_text(json.dumps(broken, ensure_ascii=False), "utf-8")
    (folder / "profile.json").write_text(json.dumps({
        "account": text("a"), "usage": {"cap": "49"},
        "evidence": {"paper": {"until": "2020-01-01"}},
        "overrides": [{"limit": "cap", "max": "55 EUR", "ref": text("ref")}]}), "utf-8")
    (folder / "bad_profile.json").write_text(json.dumps({text("key"): 1, "tier": text("t")}),
                                             "utf-8")
    rows = f'operation,amount,method,tier,time,"{text("extra")}"\n'
    for amount in ("10", "70", text("x")):
        rows += f'pay,"{amount}","{text("bank")}",low,2025-02-01,"{text("cell")}"\n'
    rows += f'"{text("op")}",10,card,low,2025-02-01,x\n'
    (folder / "rows.csv").write_text(rows, "utf-8", newline="")
    (folder / "history.csv").write_text(
        f'operation,amount,method,tier,time,account\npay,40,card,low,2025-01-31,"{text("a")}"\n',
        "utf-8", newline="")
    return str(named)


def commands(named):
    """Each command line, and whether its answer is for people."""
    at = ["--at", "2025-02-01"]
    bank = ["--method", text("bank"), "--tier", "low"]
    people = [
        ["quote", named, "pay", "10", *bank, *at],
        ["quote", named, "pay", "10", "--explain", *bank, *at],
        ["quote", named, "pay", "10", *at], ["quote", named, "pay", "--receive", "10", *bank, *at],
        ["quote", named, "pay", "10", "--memo", text("memo"), *bank, *at],
        ["quote", named, text("pay"), "10"], ["quote", named, "pay", text("10")],
        ["quote", named, "pay", "10", "--method", text("no")], ["quote", text("no"), "pay"],
        ["quote", named, "pay", "10", "--" + text("option"), "1"], [text("command")],
        ["quote", named, "pay", "10", "--at", text("2025")], ["quote", text("no.json"), "pay"],
        ["quote", named, "pay", "10", text("more"), text("words")],
        ["quote", named, "pay", "10", "--color", text("x")], ["--" + text("option")],
        ["quote", named, "pay", "10", "--used", text("x") + "=1"],
        ["quote", named, "pay", "10", "--rates", text("no")],
        ["quote", "broken.json", "pay", "10"], ["explain", text("code")],
        ["check", named, "pay", "55", "--tier", "low", *bank[:2], *at],
        ["check", named, "pay", "5", "--profile", "profile.json", *bank[:2], *at],
        ["check", named, "pay", "5", "--profile", "bad_profile.json", *bank[:2], *at],
        ["check", named, "pay", "5", "--history", "history.csv", *bank, *at],
        ["check", named, "pay", "5", "--history", "rows.csv", *bank, *at],
        ["tiers", named, *at], ["tiers", named, "--profile", "profile.json", *at],
        ["tiers", named, "--tier", text("t"), *at], ["test", named], ["test", named, "--coverage"],
        ["test", named, "--suggest"], ["test", "broken.json"], ["validate", named],
        ["validate", "broken.json"], ["validate", named, "--format", "github"],
        ["validate", "broken.json", "--format", "github"],
        ["validate", named, "--select", text("x")],
        ["show", named, *at], ["show", named, "--markdown", *at], ["show", named, "--html", *at],
        ["compare", "pay", "10", named, "old.json", *at],
        ["compare", "pay", "10", named, "--curve", *at],
        ["plot", named, "pay", *at], ["plot", named, "pay", "--svg", "-", *at],
        ["diff", named, "new.json", *at], ["diff", named, "new.json", "--markdown", *at],
        ["diff", named, "new.json", "--transactions", "rows.csv", *at],
        ["batch", named, "rows.csv", "-o", "out.csv"],
        ["batch", named, "rows.csv", "-o", "out.csv", "--enforce-limits", "--assume-zero"],
        ["batch", named, "rows.csv", "-o", "out.csv", "--map", "fee=" + text("x")],
        ["batch", named, "rows.csv", "-o", "out.csv", "--set", text("x") + "=1"],
        ["batch", named, "rows.csv", "-o", "out.csv", "--results", text("x")],
        ["batch", named, text("no.csv")], ["batch", named, "rows.csv", "--reconcile", text("x")],
        ["batch", named, "rows.csv", "-o", text("no/") + "/x"],
    ]
    programs = [
        ["quote", named, "pay", "10", "--json", *bank, *at],
        ["check", named, "pay", "55", "--json", *bank, *at],
        ["tiers", named, "--json", *at], ["test", named, "--json"], ["validate", named, "--json"],
        ["validate", named, "--format", "sarif"], ["validate", named, "--format", "junit"],
        ["show", named, "--json", *at], ["compare", "pay", "10", named, "--json", *at],
        ["plot", named, "pay", "--json", *at], ["plot", named, "pay", "--csv", *at],
        ["show", named, "--csv", *at],
        ["diff", named, "new.json", "--json", *at], ["batch", named, "rows.csv"],
        ["batch", named, "rows.csv", "--output-format", "jsonl"],
        ["completion", "candidates", "quote", named, "pay", "--method", ""],
    ]
    return [(words, True) for words in people] + [(words, False) for words in programs]


def on_terminal(words, folder, env):
    """What a terminal is sent, on both of its outputs."""
    main, other = pty.openpty()
    settings = termios.tcgetattr(other)
    settings[1] &= ~termios.OPOST
    termios.tcsetattr(other, termios.TCSANOW, settings)
    process = subprocess.Popen(words, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=other,
                               stderr=other)
    os.close(other)
    said = b""
    while True:
        ready, _, _ = select.select([main], [], [], 60)
        try:
            block = os.read(main, 65536) if ready else b""
        except OSError:
            block = b""
        if not block:
            break
        said += block
    process.wait(60)
    os.close(main)
    return said


PROGRESS = "\r\x1b[K"  # levy's own: the line of progress begins anew, in a run that takes long


def raw_parts(said, unwrapped=False):
    """What came out raw; a text's own line end, too, where nothing else ends a line inside it."""
    said = said.decode("utf-8", "surrogateescape").replace(PROGRESS, "")
    found = RAW.findall(said) + (FORGED.findall(said) if unwrapped else [])
    return sorted({repr(part) for part in found})


def check_outputs(levy, folder, env):
    faults = 0
    named = write_files(folder)
    for words, for_people in commands(named):
        words = [levy, *words]
        piped = subprocess.run(words, cwd=folder, env=env, stdin=subprocess.DEVNULL,
                               capture_output=True, timeout=60)
        if piped.returncode not in (0, 1, 2, 3):
            faults += 1
            print("status", piped.returncode, words[1:])
        came = [("standard error", raw_parts(piped.stderr, True))]
        if for_people:
            came.append(("standard output", raw_parts(piped.stdout, "github" in words)))
        came.append(("a terminal", raw_parts(on_terminal(words, folder, env))))
        for where, found in came:
            if found:
                faults += 1
                print(f"raw on {where}: {', '.join(found)}: {words[1:]}")
    return faults


BASH = r"""
. <(levy completion bash)
COMP_WORDS=(levy quote old.json pay --magic '') COMP_CWORD=5
_levy 2>/dev/null
eval "set -- ${COMPREPLY[0]}"
printf '%s\n' "$#" "$1"
"""
ZSH = r"""
autoload -Uz compinit && compinit -u -D
source <(levy completion zsh)
compadd() { print -rl -- "${(@)values}"; }
words=(levy quote old.json pay --magic '') CURRENT=6
_levy
"""
FISH = r"""
levy completion fish | source
complete -C "levy quote old.json pay --magic p"
"""


def check_shells(folder, env):
    """The word is inserted whole; the shell that inserts it runs nothing."""
    wanted = {"bash": f"1\n{MAGIC}\n", "zsh": f"{MAGIC}\nplain\n", "fish": None}
    faults = 0
    for shell, script in (("bash", BASH), ("zsh", ZSH), ("fish", FISH)):
        if not shutil.which(shell):
            print(f"skipped: there is no {shell}")
            continue
        done = subprocess.run([shell, "-c", script], cwd=folder, env=env, capture_output=True,
                              text=True, timeout=60)
        if wanted[shell] is not None and done.stdout != wanted[shell]:
            faults += 1
            print(f"{shell} completes {done.stdout!r}, not {wanted[shell]!r}: {done.stderr}")
        if (folder / "pwned").exists():
            faults += 1
            print(f"{shell} ran what it should have completed")
    return faults


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    levy = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as tools, tempfile.TemporaryDirectory() as work:
        os.symlink(levy, Path(tools, "levy"))
        env = {"PATH": f"{tools}:/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC",
               "HOME": work, "LEVY_SCHEDULES": work, "NO_COLOR": "1"}
        faults = check_outputs(levy, Path(work), env) + check_shells(Path(work), env)
    print("nothing raw" if faults == 0 else f"{faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
