#!/usr/bin/env python3
"""Computes every quote again from its own explanation, in exact fractions, with nothing of levy's.

usage: check_steps.py LEVY_BINARY SCHEDULE...

Asks `levy quote ... --explain --json` for each "quote" example of each schedule, and checks every
step (the vocabulary is in src/fees/steps.h), that steps build on each other and on earlier lines,
that each line is its last step, and that fees, debit, credit and the rate follow from the lines.
Exit status 1: something disagreed.
"""
import json
import math
import subprocess
import sys
import tempfile
from fractions import Fraction as F
from pathlib import Path

AT = "2026-11-22T18:00:00Z"  # for examples that name no time, in schedules that are in force then
OPTIONS = {"max_age": "--max-age", "receive": "--receive", "pay": "--pay", "rate": "--rate"}


def rounded(value, quantum, mode):
    n = value / quantum
    low, high = math.floor(n), math.ceil(n)
    near, away = (low if n - low < high - n else high), (high if n > 0 else low)
    toward, tied = (low if n > 0 else high), n - low == high - n
    half = {"half-even": low if low % 2 == 0 else high, "half-up": away, "half-down": toward}
    plain = {"up": away, "down": toward, "ceiling": high, "floor": low}
    return quantum * (plain[mode] if mode in plain else half[mode] if tied else near)


def ratio(text):
    """A rate: a decimal, or a fraction of two."""
    above, _, below = text.partition("/")
    return F(above) / F(below or "1")


def left_of(allowance, used):
    return max(F(0), allowance - used)


OPS = {
    "of": lambda *v: sum(v), "plus": lambda *v: sum(v, F(0)), "minus": lambda a, b: a - b,
    "debit": lambda *v: sum(v), "divide": lambda a, n: a / n, "times": lambda v, n: v * n,
    "gross_up": lambda v, p: v / (1 - p / 100),
    "units": lambda *v: math.prod(v), "convert": lambda v, mid: v * mid, "left": left_of,
    "free": left_of, "free_whole": lambda base, left: F(0) if base <= left else base,
    "free_count": lambda count, used: F(0) if used < count else F(1),
    "part": lambda base, begin, end=None: (base if end is None else min(base, end)) - begin,
    "percent": lambda p, base: p * base / 100, "bps": lambda p, base: p * base / 10000,
    "each": lambda price, units: price * units, "flat": lambda price: price,
    "per": lambda base, every, charge, count:
        (math.ceil if count == "started" else math.floor)(base / every) * charge,
    "at_least": max, "at_most": min, "greatest": max, "least": min, "round": rounded,
    "cap": lambda v, most, used: min(v, left_of(most, used)), "waived": lambda: F(0),
}
# Which arguments are values of earlier steps (0 always is one: an exempt or negative base).
EARLIER = {"free": (0, 1), "free_whole": (0, 1), "part": (0,), "percent": (1,), "bps": (1,),
           "each": (1,), "per": (0,), "minus": (0, 1), "at_least": (0,), "at_most": (0,),
           "cap": (0,), "round": (0,), "divide": (0,), "times": (0,), "gross_up": (0,)}


def number(text):
    return text if text in ("started", "complete") or text[-1].isalpha() else F(text)


def pointed(document, pointer):
    for key in pointer.split("/")[1:]:
        document = document[int(key) if isinstance(document, list) else key]
    return document


def unit_of(answer, currency):
    """One minor unit: totals are written with exactly the currency's digits."""
    for amounts in (answer["fees"], answer["debit"], answer["credit"]):
        if currency in amounts:
            return F(1, 10 ** len(amounts[currency].partition(".")[2]))
    return None  # of a line that is only shown


def rule_of(schedule, rounding, currency, unit):
    """Quantum and mode of `rounding`, completed from the schedule's."""
    both = {**schedule.get("rounding", {}), **rounding}
    to = both.get("to", unit)
    if isinstance(to, list):
        entries = dict(reversed(entry.split(" ")) for entry in to)
        to = entries.get(currency, unit)
    return to and F(to), both.get("mode", "half-even")


class Checker:
    def __init__(self, schedule, quote, answer):
        self.schedule, self.quote, self.answer, self.faults = schedule, quote, answer, []
        self.operation = answer["operation"]
        self.amount, self.source = F(self.operation["amount"]), self.operation["currency"]
        self.lines = []  # (fee, amount) so far
        self.on_top = []

    def same(self, what, got, wanted):
        if got != wanted:
            self.faults.append(f"{what}: levy says {got}, which should be {wanted}")

    def line(self, line):
        rule = pointed(self.schedule, line["rule"])
        fee = next(fee for fee in self.schedule["fees"] if fee["id"] == line["fee"])
        charges = [rule, *rule.get("greatest", []), *rule.get("least", [])]
        known, runs_on = {F(0)}, "by" in rule
        for i, step in enumerate(line["steps"]):
            op, args, value = step["op"], [number(arg) for arg in step["args"]], F(step["value"])
            what = f"{line['fee']}, step {i + 1}, {op} {' '.join(step['args'])}"
            self.same(what, value, self.amount if op == "amount" else OPS[op](*args))
            every = op in ("greatest", "least", "plus")
            builds = range(len(args)) if every else EARLIER.get(op, ())
            if op == "plus" and runs_on:  # F(reading + base) - F(reading) begins with the reading
                known.add(args[0])
                runs_on = False
            for position in builds:
                if args[position] not in known:
                    self.faults.append(f"{what}: no earlier step gives {args[position]}")
            if op == "of" and args not in [self.terms(one) for one in charges if "of" in one]:
                self.faults.append(f"{what}: these are not the lines that the fee is taken of")
            if op == "debit" and args != self.paid():
                self.faults.append(f"{what}: these are not the amount and what is on top of it")
            if op == "units" and args not in [self.units(one) for one in charges]:
                self.faults.append(f"{what}: these are not the operation's quantities")
            known.add(value)
        steps, amount = list(line["steps"]), F(line["amount"])
        self.same(line["fee"] + ", the last step", F(steps[-1]["value"]), amount)
        if steps[-1]["op"] == "cap" and F(steps[-1]["args"][0]) == amount:
            steps.pop()  # it held nothing back
        times = F(1)
        if steps[-1]["op"] == "times":  # the line is so many times what one comes to
            times = F(steps.pop()["args"][1])
        last, amount = steps[-1], amount / times
        before = last["args"][0] if last["op"] == "round" else last["value"]
        self.same(line["fee"] + ", exact", F(line["exact"]), F(before) * times)
        if last["op"] == "round":
            quantum, mode = rule_of(self.schedule, fee.get("round", {}), line["currency"],
                                    unit_of(self.answer, line["currency"]))
            self.same(line["fee"] + ", its rounding", last["args"][2], mode)
            if quantum is not None:
                self.same(line["fee"] + ", its quantum", F(last["args"][1]), quantum)
        self.lines.append((line["fee"], amount * times))
        if line["collect"] == "on_top" and line["currency"] == self.source:
            self.on_top.append(amount * times)

    def terms(self, charge):
        names = charge["of"] if isinstance(charge["of"], list) else [charge["of"]]
        known = [("amount", self.amount), *self.lines]
        return [-amount if name[0] == "-" else amount for name in names
                for fee, amount in known if fee == name.lstrip("-")]

    def paid(self):
        return [self.amount, *self.on_top]

    def units(self, charge):
        names = charge.get("units", [])
        names = [names] if isinstance(names, str) else names
        return [F(self.operation[name]) for name in names]

    def collected(self, collect, currency):
        total = sum(F(line["amount"]) for line in self.answer["lines"]
                    if line["collect"] == collect and line["currency"] == currency)
        unit = unit_of(self.answer, currency)
        quantum, mode = rule_of(self.schedule, {}, currency, unit)
        if self.schedule.get("rounding", {}).get("apply") == "total":
            total = rounded(total, quantum, mode)
        return rounded(total, unit, mode) if unit else total

    def totals(self):
        of = {line["currency"] for line in self.answer["lines"] if line["collect"] != "none"}
        currencies = of | {self.source}
        on_top = {one: self.collected("on_top", one) for one in currencies}
        deducted = {one: self.collected("deducted", one) for one in currencies}
        paid = {one: self.amount if one == self.source else 0 for one in currencies}
        for name, wanted in [("fees", {c: on_top[c] + deducted[c] for c in currencies}),
                             ("debit", {c: paid[c] + on_top[c] for c in currencies})]:
            self.same(name, {c: F(text) for c, text in self.answer[name].items()}, wanted)
        net = self.amount - deducted[self.source]
        self.credit(net, deducted)
        for name, (currency, text) in [("receive", next(iter(self.answer["credit"].items()))),
                                       ("pay", (self.source, self.answer["debit"][self.source]))]:
            if name in self.quote:
                self.same(name, F(text), F(self.quote[name].split(" ")[0]))

    def credit(self, net, deducted):
        conversion, credit = self.answer["conversion"], self.answer["credit"]
        target = self.operation.get("to_currency", self.source)
        if conversion is None:
            return self.same("credit", {c: F(text) for c, text in credit.items()}, {target: net})
        mid, margin, rate = (F(conversion[name]) for name in ("mid", "margin", "rate"))
        rates = self.quote.get("rates")
        if "rate" in self.quote:
            self.same("mid", mid, ratio(self.quote["rate"]))
        elif isinstance(rates, dict) and "rates" in rates:
            table = {rates["base"]: F(1), **{c: ratio(text) for c, text in rates["rates"].items()}}
            self.same("mid", mid, table[target] / table[self.source])
        rules = self.schedule.get("conversion", {})
        wanted, unit = mid * (1 - margin / 100), unit_of(self.answer, target)
        if "rate" in rules:
            quantum = F(1, 10 ** int(rules["rate"]["digits"]))
            wanted = rounded(wanted, quantum,
                             rules["rate"].get("mode") or rule_of(self.schedule, {}, "", unit)[1])
        self.same("rate", rate, wanted)
        mode = rules.get("round", {}).get("mode") or rule_of(self.schedule, {}, target, unit)[1]
        arrives = rounded(net * rate, unit, mode) - deducted.get(target, 0)
        self.same("credit", {c: F(text) for c, text in credit.items()}, {target: arrives})
        self.same("margin_cost", {c: F(text) for c, text in conversion["margin_cost"].items()},
                  {target: rounded(net * mid - net * rate, unit, mode)})


def words_of(schedule, quote, folder, path):
    words = [str(path), quote["operation"], "--at", AT, "--explain", "--json"]
    until = schedule.get("effective", {}).get("until", AT)
    if until < AT:
        words[3] = schedule["effective"].get("from", words[3])
    for name, value in quote.items():
        if name in ("rates", "history", "profile"):
            is_path = isinstance(value, str)
            file = path.parent / value if is_path else Path(folder, name + ".json")
            if name == "rates" and not is_path:
                value = {**value, "levy_rates": int(value["levy_rates"])}
            if not is_path:
                rows = value if name == "history" else [value]  # a history has one row a line
                file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
            words += ["--" + name, str(file)]
        elif name == "used":
            for meter, text in value.items():
                words += ["--used", f"{meter}={text}"]
        elif name == "strict":
            words += ["--strict"] if value else []
        elif name in OPTIONS:
            words += [OPTIONS[name], value]
        elif name == "amount":
            words.insert(2, value)
        elif name != "operation":
            text = str(value).lower() if isinstance(value, bool) else value
            words += ["--attr", f"{name}={text}"]
    return words


def check(levy, path, schedule, example, folder):
    quote, expect = example["quote"], example.get("expect", {})
    done = subprocess.run([levy, "quote", *words_of(schedule, quote, folder, path)],
                          capture_output=True, text=True, encoding="utf-8")
    answer = json.loads(done.stdout)
    if "error" in answer or "error" in expect:
        code = answer.get("error", {}).get("code")
        return [] if code == expect.get("error") else [f"answered with the error {code}"]
    checker = Checker(schedule, quote, answer)
    for line in answer["lines"]:
        checker.line(line)
    checker.totals()
    return checker.faults


def main(levy, paths):
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in map(Path, paths):
            schedule = json.loads(path.read_text("utf-8-sig"), parse_float=str, parse_int=str)
            for i, example in enumerate(schedule.get("examples", [])):
                if "quote" not in example:
                    continue
                faults = check(levy, path, schedule, example, folder)
                passed, failed = (passed, failed + 1) if faults else (passed + 1, failed)
                if faults:
                    print(f"{path}: /examples/{i}: {example.get('title')}", *faults, sep="\n  ")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]) if len(sys.argv) > 2 else __doc__)
