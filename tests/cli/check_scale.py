#!/usr/bin/env python3
"""Every question ends: schedules that grow in one way each, and what levy says of them.

usage: check_scale.py LEVY_BINARY [FILTER]

Each schedule has less than 1 MB. Each command has SECONDS of processor time and MEMORY; within them it answers in full, or says what
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


def pay(i, **charge):
    return {"id": f"f{i}", "operation": "pay", **charge}


# ---- many of one thing ---------------------------------------------------------------------------

def fees(n):
    return schedule("fees", [pay(i, percent=percent(i), min="0.%02d EUR" % (i % 80 + 1))
                             for i in range(n)])


def fees_plain(n):
    return schedule("plain", [pay(i, percent=percent(i)) for i in range(n)])


def operations(n):
    return schedule("operations", [{"id": f"f{i}", "operation": [f"o{i}", f"p{i}"], "percent": "1"}
                                   for i in range(n)])


def slab(n):
    bands = [{"up_to": f"{(i + 1) * 100} EUR", "flat": f"{i + 1}.50 EUR"} for i in range(n - 1)]
    return schedule("slab", [pay(0, slab=bands + [{"flat": f"{n}.50 EUR"}])])


def falling(n):
    return [{"up_to": f"{(i + 1) * 100} EUR",
             "percent": "%d.%02d" % (4 - 4 * i // n, (n - i) * 99 // n)} for i in range(n - 1)]


def slab_percent(n):
    return schedule("slab", [pay(0, slab=falling(n) + [{"percent": "0.01"}])])


def graduated(n):
    return schedule("graduated", [pay(0, graduated=falling(n) + [{"percent": "0.01"}])])


def cases(n):
    ranges = [{"when": {"amount": {"up_to": f"{(j + 1) * 10} EUR"}}, "percent": percent(j),
               "min": "0.10 EUR"} for j in range(n)]
    return schedule("cases", [pay(0, cases=ranges + [{"percent": "1"}])])


def greatest(n):
    return schedule("greatest", [pay(0, greatest=[
        {"percent": percent(i), "flat": "%d.%02d EUR" % (n - i, i % 100)} for i in range(n)])])


def per(n):
    every = [7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47]
    return schedule("per", [pay(i, per={"every": f"{every[i % 12] + i // 12}.0{i % 9 + 1} EUR",
                                        "charge": f"0.{i % 9 + 1} EUR"}) for i in range(n)])


def money(n):
    codes = ("EUR USD GBP JPY CHF PLN SEK CZK AUD CAD NOK DKK HUF RON ISK TRY CNY HKD SGD INR KRW "
             "MXN BRL ZAR THB MYR PHP IDR ILS NZD").split()[:n]
    return schedule("money", [pay(0, percent="1",
                                  flat=[f"{i + 1} {code}" for i, code in enumerate(codes)],
                                  max=[f"{i + 100} {code}" for i, code in enumerate(codes)])])


# ---- attributes ----------------------------------------------------------------------------------

def booleans(n):
    return schedule("booleans", [pay(i, when={f"a{i}": True}, percent=percent(i), min="0.10 EUR")
                                 for i in range(n)] + [pay("", percent="1")],
                    attributes={f"a{i}": "boolean" for i in range(n)})


def booleans_cases(n):
    return schedule("booleans", [pay(0, cases=[{"when": {f"a{i}": True}, "percent": percent(i)}
                                               for i in range(n)] + [{"percent": "1"}])],
                    attributes={f"a{i}": "boolean" for i in range(n)})


def lists(n):
    return schedule("lists", [pay(i, cases=[{"when": {f"a{i}": f"v{j}"}, "percent": percent(5 * i + j)}
                                            for j in range(5)]) for i in range(n)],
                    attributes={f"a{i}": [f"v{j}" for j in range(5)] for i in range(n)})


def values(n):
    return schedule("values", [pay(0, cases=[
        {"when": {"a": f"v{j}"}, "percent": percent(j), "min": "0.10 EUR"} for j in range(n)])],
        attributes={"a": [f"v{j}" for j in range(n)]})


def members(n):
    return schedule("members", [pay(0, cases=[
        {"when": {"merchant": "@known"}, "percent": "1"}, {"percent": "2"}])],
        attributes={"merchant": "text"}, sets={"known": [f"m{i}" for i in range(n)]})


def countries(n):
    iso = ("AD AE AF AG AL AM AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG "
           "CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FR GA GB GD GE GH "
           "GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KM KN KP KR KW KZ "
           "LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG "
           "NI NL NO NP NZ OM PA PE PG PH PK PL PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN").split()
    return schedule("countries", [pay(k, when={"country": f"@S{k}",
                                               "to_country": {"not": f"@S{(k + 1) % n}"}},
                                      percent=percent(k)) for k in range(n)] + [pay("", percent="1")],
                    sets={f"S{k}": iso[k * 3:k * 3 + 60 - k] for k in range(n)})


def clock(n):
    return schedule("clock", [pay(i, percent=percent(i), when={"time_of_day": {
        "from": "%02d:%02d" % (i * 1440 // n // 60, i * 1440 // n % 60)}}) for i in range(n)],
        timezone="Europe/Berlin")


# ---- fees of fees, and figures that are long -----------------------------------------------------

def chain(n):
    return schedule("chain", [pay(0, percent="3.7")] +
                    [pay(i, of=[f"f{i - 1}"], percent="93.7") for i in range(1, n)])


def of_all_before(i):
    return ["amount"] + [f"f{j}" for j in range(i)]


def chain_sum(n):
    return schedule("sums", [pay(0, percent="3.7")] +
                    [pay(i, percent="1.37", of=of_all_before(i)) for i in range(1, n)])


def chain_min(n):
    return schedule("bounded", [pay(0, percent="3.7", min="0.30 EUR", max="30 EUR")] +
                    [pay(i, of=of_all_before(i), percent="1.37", min=f"0.1{i % 10} EUR",
                         max=f"{i + 5} EUR") for i in range(1, n)])


def chain_long(n):
    """Percentages of 50 digits, each of the exact line before it."""
    digits = "1234567890" * 5
    return schedule("long", [pay(0, percent="3", round="none")] +
                    [pay(i, of=[f"f{i - 1}"], round="none",
                         percent=digits[i % 9:i % 9 + 10] + "." + digits[:39] + "7")
                     for i in range(1, n)])


def nearly_all(n):
    """What is deducted is all but a share of 10^-n."""
    return schedule("nearly", [pay(0, percent="99." + "9" * (n - 2), collect="deducted")])


def nearly_all_twice(n):
    return schedule("nearly", [pay(0, percent="99." + "9" * (n - 2), collect="deducted"),
                               pay(1, of=["f0"], percent="0." + "0" * (n - 3) + "7", collect="deducted")])


def fine(n):
    """Of 18 minor digits, where 10^13 is 10^31 units."""
    return schedule("fine", [pay(i, percent="%d.%017d" % (i + 1, 7 ** (i + 17) % 10 ** 17))
                             for i in range(n)],
                    currency="ETH", currencies={"ETH": {"digits": 18}, "WEI": {"digits": 18}},
                    conversion={"rate": {"digits": 6}, "round": {"mode": "down"}})


# ---- quantities ----------------------------------------------------------------------------------

def cube(n):
    return schedule("cube", [pay(0, units=["q"] * n, each="0.01 EUR")], quantities={"q": {}})


def product(n):
    return schedule("product", [pay(0, units=[f"q{i}" for i in range(n)], each="0.001 EUR")],
                    quantities={f"q{i}": {"default": "1"} for i in range(n)})


def quantities(n):
    return schedule("quantities", [pay(i, units=f"q{i}", graduated=[
        {"up_to": "10", "each": "1 EUR"}, {"up_to": "100", "each": "0.50 EUR"}, {"each": "0.1 EUR"}])
        for i in range(n)], quantities={f"q{i}": {"default": "1", "max": "1000"} for i in range(n)})


# ---- limits --------------------------------------------------------------------------------------

def limits(n):
    return schedule("limits", [pay(0, percent="1")], limits=[
        {"id": f"l{i}", "operation": "pay", "window": ["day", "month", "year", "week"][i % 4],
         "max": f"{1000 + i} EUR", "when": {"amount": {"above": f"{i} EUR"}}} for i in range(n)])


def limits_debit(n):
    return schedule("debits", [pay(0, percent="1.37", min="0.30 EUR"), pay(1, of=["f0"], percent="7.7")],
                    limits=[{"id": f"l{i}", "operation": "pay", "window": "day", "measure": "debit",
                             "max": f"{1000 + i} EUR"} for i in range(n)])


def tiers(n):
    return schedule("tiers", [pay(0, percent="1")],
                    tiers=[{"id": f"t{i}", **({"requires": f"doc{i}"} if i else {})} for i in range(n)],
                    evidence={f"doc{i}": {"kind": "document"} for i in range(1, n)},
                    limits=[{"id": f"l{k}", "operation": "pay", "window": window, "max": {
                        f"t{i}": f"{(i + 1) * 100 * (k + 1)} EUR" for i in range(n)}}
                        for k, window in enumerate(("day", "month"))])


def evidence(name, requires, ids):
    return schedule(name, [pay(0, percent="1")], tiers=[{"id": "low"}, {"id": "high", "requires": requires}],
                    evidence={one: {"kind": "document"} for one in ids},
                    limits=[{"id": "l", "operation": "pay", "window": "day",
                             "max": {"low": "100 EUR", "high": "1000 EUR"}}])


def pairs(n):
    return evidence("pairs", {"all": [{"any": [f"a{i}", f"b{i}"]} for i in range(n)]},
                    [f"{x}{i}" for i in range(n) for x in "ab"])


def at_least(n):
    ids = [f"doc{i}" for i in range(n)]
    return evidence("some", {"at_least": n // 2, "of": ids}, ids)


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
    "quote": "quote old.json pay 250 --json",
    "expand": "quote old.json pay 250",
    "show": "show old.json",
    "coverage": "test old.json --coverage",
    "receive": "quote old.json pay --receive 1000",
    "pay": "quote old.json pay --pay 1000",
    "suggest": "test old.json --suggest",
    "check": "check old.json pay 250 --profile profile.json",
    "tiers": "tiers old.json --profile profile.json",
    "great": "quote old.json pay --receive 10000000000000 --to WEI --rate 1.234567890123456789",
    "exact": "quote old.json pay --receive 9999999999999.999999999999999999",
}

GROWING = [
    (fees, 2000, "validate diff compare plot receive pay suggest coverage show"),
    (fees_plain, 2000, "validate diff plot pay"),
    (operations, 1000, "validate diff same"),
    (slab, 5000, "validate diff compare plot receive suggest"),
    (slab_percent, 5000, "validate diff receive"),
    (graduated, 5000, "validate diff compare plot receive suggest"),
    (cases, 1000, "validate diff plot receive"), (cases, 2000, "compare suggest"),
    (greatest, 512, "validate diff plot receive"),
    (per, 4, "validate diff receive"), (per, 16, "validate diff plot receive"),
    (money, 30, "validate diff expand"),
    (booleans, 6, "diff compare pay"), (booleans, 24, "validate diff compare plot pay"),
    (booleans_cases, 24, "validate diff compare"),
    (lists, 4, "diff"), (lists, 12, "validate diff compare plot suggest"),
    (values, 50, "validate diff compare"), (values, 2000, "validate diff compare plot suggest"),
    (members, 20000, "validate diff"),
    (countries, 40, "validate diff compare"), (clock, 96, "validate diff"),
    (chain, 32, "validate diff compare pay"), (chain, 128, "plot"),
    (chain_sum, 32, "validate diff pay"), (chain_sum, 128, "pay"),
    (chain_min, 64, "receive"), (chain_long, 300, "quote plot"),
    (nearly_all, 10, "validate receive"), (nearly_all, 20, "validate receive"),
    (nearly_all_twice, 10, "receive pay"), (nearly_all_twice, 18, "receive pay"),
    (fine, 1, "great exact"), (fine, 6, "great exact validate"),
    (cube, 2, "validate diff"), (cube, 3, "validate diff"),
    (product, 8, "validate diff"), (quantities, 32, "validate diff"),
    (limits, 2000, "validate check"), (limits_debit, 300, "validate check"),
    (tiers, 120, "validate check tiers"), (at_least, 30, "check tiers"),
    (pairs, 9, "check tiers"), (pairs, 24, "check tiers"),
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
            assert len(json.dumps(old)) < 1_000_000
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
                undecided = any(word in text for word in (b"undecid", b"Not compared", b"ot all decided"))
                print(f"{'ok' if good else 'FAILED':7}{label:32}{seconds:6.2f} s{kib // 1024:6} MiB"
                      f"  status {status}{', not all decided' if undecided else ''}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
