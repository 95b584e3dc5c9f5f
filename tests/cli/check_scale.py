#!/usr/bin/env python3
"""Every question ends: schedules that grow in one way each, and what levy says of them.

usage: check_scale.py LEVY_BINARY [FILTER]

Each command has SECONDS of processor time and MEMORY; within them it answers in full, or says what
was not decided. Prints the figures. Exit status 1: one took more, ended otherwise, or kept silent.
"""
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

SECONDS, MEMORY = 10, 1 << 30


def schedule(name, fees, **more):
    return {"levy": 1, "id": name, "version": "1", "currency": "EUR", **more, "fees": fees}


def percent(i):
    return "%d.%02d" % (i % 3, (i * 37) % 99 + 1)


def booleans(n):
    fees = [{"id": f"f{i}", "operation": "pay", "when": {f"a{i}": True}, "percent": percent(i),
             "min": "0.10 EUR"} for i in range(n)]
    return schedule("booleans", fees + [{"id": "rest", "operation": "pay", "percent": "1"}],
                    attributes={f"a{i}": "boolean" for i in range(n)})


def lists(n):
    fees = [{"id": f"f{i}", "operation": "pay",
             "cases": [{"when": {f"a{i}": f"v{j}"}, "percent": percent(5 * i + j)}
                       for j in range(5)]} for i in range(n)]
    return schedule("lists", fees, attributes={f"a{i}": [f"v{j}" for j in range(5)]
                                               for i in range(n)})


def chain(n):
    return schedule("chain", [{"id": "f0", "operation": "pay", "percent": "3.7"}] +
                    [{"id": f"f{i}", "operation": "pay", "of": [f"f{i - 1}"], "percent": "93.7"}
                     for i in range(1, n)])


def chain_sum(n):
    return schedule("sums", [{"id": "f0", "operation": "pay", "percent": "3.7"}] +
                    [{"id": f"f{i}", "operation": "pay", "percent": "1.37",
                      "of": ["amount"] + [f"f{j}" for j in range(i)]} for i in range(1, n)])


def slab(n):
    bands = [{"up_to": f"{(i + 1) * 100} EUR", "flat": f"{i + 1}.50 EUR"} for i in range(n - 1)]
    return schedule("slab", [{"id": "f", "operation": "pay",
                              "slab": bands + [{"flat": f"{n}.50 EUR"}]}])


def graduated(n):
    bands = [{"up_to": f"{(i + 1) * 100} EUR",
              "percent": "%d.%02d" % (4 - 4 * i // n, (n - i) * 99 // n)} for i in range(n - 1)]
    return schedule("graduated", [{"id": "f", "operation": "pay",
                                   "graduated": bands + [{"percent": "0.01"}]}])


def cases(n):
    ranges = [{"when": {"amount": {"up_to": f"{(j + 1) * 10} EUR"}}, "percent": percent(j),
               "min": "0.10 EUR"} for j in range(n)]
    return schedule("cases", [{"id": "f", "operation": "pay", "cases": ranges + [{"percent": "1"}]}])


def values(n):
    return schedule("values", [{"id": "f", "operation": "pay", "cases": [
        {"when": {"a": f"v{j}"}, "percent": percent(j), "min": "0.10 EUR"} for j in range(n)]}],
        attributes={"a": [f"v{j}" for j in range(n)]})


def cube(n):
    return schedule("cube", [{"id": "f", "operation": "pay", "units": ["q"] * n,
                              "each": "0.01 EUR"}], quantities={"q": {}})


def operations(n):
    return schedule("operations", [{"id": f"f{i}", "operation": [f"o{i}", f"p{i}"], "percent": "1"}
                                   for i in range(n)])


def members(n):
    return schedule("members", [{"id": "f", "operation": "pay", "cases": [
        {"when": {"merchant": "@known"}, "percent": "1"}, {"percent": "2"}]}],
        attributes={"merchant": "text"}, sets={"known": [f"m{i}" for i in range(n)]})


def pairs(n):
    return schedule("pairs", [{"id": "f", "operation": "pay", "percent": "1"}],
                    tiers=[{"id": "low"}, {"id": "high", "requires": {
                        "all": [{"any": [f"a{i}", f"b{i}"]} for i in range(n)]}}],
                    evidence={f"{x}{i}": {"kind": "document"} for i in range(n) for x in "ab"},
                    limits=[{"id": "l", "operation": "pay", "window": "day",
                             "max": {"low": "100 EUR", "high": "1000 EUR"}}])


def changed(document):
    """A second version: the last price differs."""
    new = json.loads(json.dumps(document))
    new["version"] = "2"

    def walk(node):
        if isinstance(node, dict):
            for key in ("percent", "each"):
                if isinstance(node.get(key), str):
                    number, *code = node[key].split(" ")
                    node[key] = " ".join([str(round(float(number) + 0.05, 4))] + code)
                    return True
            return any(walk(value) for value in reversed(list(node.values())))
        return isinstance(node, list) and any(walk(value) for value in reversed(node))

    walk(new["fees"])
    return new


QUESTIONS = {
    "validate": "validate old.json",
    "diff": "diff old.json new.json",
    "same": "diff old.json old.json",
    "compare": "compare pay 250 old.json new.json --curve",
    "plot": "plot old.json pay",
    "receive": "quote old.json pay --receive 1000",
    "pay": "quote old.json pay --pay 1000",
    "suggest": "test old.json --suggest",
    "check": "check old.json pay 250 --profile profile.json",
    "tiers": "tiers old.json --profile profile.json",
}

GROWING = [
    (booleans, 6, "diff compare pay"), (booleans, 20, "validate diff"),
    (lists, 4, "diff"), (lists, 11, "validate diff"),
    (chain, 32, "validate diff compare pay"), (chain_sum, 32, "validate diff pay"),
    (slab, 5000, "validate diff compare plot receive suggest"),
    (graduated, 5000, "validate diff compare plot receive suggest"),
    (cases, 1000, "validate diff plot receive"),
    (values, 50, "validate diff compare"),
    (cube, 2, "validate diff"), (cube, 3, "validate diff"),
    (operations, 1000, "validate diff same"),
    (members, 20000, "validate diff"),
    (pairs, 9, "check tiers"), (pairs, 14, "check tiers"),
]


def bound():
    resource.setrlimit(resource.RLIMIT_CPU, (2 * SECONDS, 2 * SECONDS))


def ask(levy, words, folder):
    child = subprocess.Popen([levy] + words, cwd=folder, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=bound)
    text = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = 0
    return text, os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def main():
    levy = os.path.abspath(sys.argv[1])
    wanted = sys.argv[2] if len(sys.argv) > 2 else ""
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "profile.json").write_text('{"evidence": {}}')
        for grow, size, questions in GROWING:
            old = grow(size)
            (folder / "old.json").write_text(json.dumps(old))
            (folder / "new.json").write_text(json.dumps(changed(old)))
            for question in questions.split():
                label = f"{grow.__name__} {size} {question}"
                if wanted not in label:
                    continue
                words = QUESTIONS[question].split()
                text, status, seconds, kib = ask(levy, words, folder)
                good = status in (0, 1, 2) and seconds <= SECONDS and kib * 1024 <= MEMORY
                good = good and text.count(b"undecided: ") <= 50  # for people to read
                failed += not good
                undecided = b"undecided" in text or b"Not compared" in text
                print(f"{'ok' if good else 'FAILED':7}{label:32}{seconds:6.2f} s{kib // 1024:6} MiB"
                      f"  status {status}{', not all decided' if undecided else ''}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
