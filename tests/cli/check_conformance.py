#!/usr/bin/env python3
"""Holds levy to what other programs are held to: decimals, JSON, CSV.

usage: check_conformance.py LEVY_BINARY [decimal|json|csv]

decimal  General Decimal Arithmetic's decTest, as Python's own test suite carries it (Debian:
         libpython3-testsuite; skipped, with a message, where there is none): sums, differences,
         products, quantizing, extremes and comparisons whose operands are within levy's bounds, each
         as a row of a batch and some as quotes; the exact result, or rounded once as the test says.
json     texts that are JSON and texts that nearly are, each as a file and as a line of a table.
csv      tables as other programs write them, and the cells that they hold.

Prints counts a group. Exit status 1: something disagrees.
"""
import csv
import io
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from decimal import Context, Decimal
from pathlib import Path

EXACT = Context(prec=400, traps=[])
failures = []


def fail(message):
    failures.append(message)


def report(group, passed, of, told=""):
    print(f"{group}: {passed} of {of} agree{told}", flush=True)


# ---- decimals ------------------------------------------------------------------------------------

MODES = {"half_even": "half-even", "half_up": "half-up", "half_down": "half-down", "up": "up",
         "down": "down", "ceiling": "ceiling", "floor": "floor"}
# What a test asks is the line of the fee "r". Lines a, b and c are the operands, with their signs;
# none of them is collected.
OPERATIONS = {
    "add": {"of": ["a", "b"]}, "subtract": {"of": ["a", "-b"]}, "compare": {"of": ["a", "-b"]},
    "multiply": {}, "fma": {"of": ["p", "c"]}, "plus": {"of": ["a"]}, "minus": {"of": ["-a"]},
    "abs": {"of": ["a"]}, "divide": {"of": ["a"]}, "apply": {"of": ["a"]}, "copy": {"of": ["a"]},
    "copynegate": {"of": ["-a"]}, "copyabs": {"of": ["a"]}, "comparesig": {"of": ["a", "-b"]}, "quantize": {"of": ["a"]}, "tointegral": {"of": ["a"]},
    "tointegralx": {"of": ["a"]}, "reduce": {"of": ["a"]}, "max": {"greatest": "ab"}, "min": {"least": "ab"},
}
REFUSED = {"invalid_operation", "overflow", "underflow", "subnormal", "clamped", "division_by_zero",
           "conversion_syntax", "invalid_context", "insufficient_storage"}


def plain(number):
    """As levy takes it; nothing: beyond its bounds."""
    if not number.is_finite() or abs(number.adjusted()) > 100:
        return None
    text = format(number.copy_abs().normalize(EXACT), "f")
    digits = text.replace(".", "").lstrip("0")
    places = len(text.partition(".")[2])
    return text if len(digits) <= 60 and places <= 40 else None


def operands_of(words):
    numbers = []
    for word in words:
        word = word.strip("'\"")
        if "#" in word or "nan" in word.lower() or "inf" in word.lower():
            return None
        numbers.append(EXACT.create_decimal(word))
        if not numbers[-1].is_finite():
            return None
    return numbers


def case_of(line, settings):
    """Operation, operands, what comes out, and how it was rounded (none: it is exact)."""
    if "->" not in line or line.startswith("--"):
        return None
    left, _, right = line.partition("->")
    left, right = left.split(), right.split()
    if len(left) < 3 or not right or left[1] not in OPERATIONS:
        return None
    conditions = {word.lower() for word in right[1:] if not word.startswith("--")}
    mode = MODES.get(settings.get("rounding", ""))
    numbers, result = operands_of(left[2:]), operands_of(right[:1])
    if numbers is None or result is None or conditions & REFUSED or mode is None:
        return None
    operation, result = left[1], result[0]
    inexact = "inexact" in conditions or operation in ("quantize", "tointegral", "tointegralx")
    quantum = None
    if inexact:
        exponent = max(0, result.as_tuple().exponent) if operation.startswith("to") else result.as_tuple().exponent
        quantum = plain(Decimal(1).scaleb(exponent, EXACT))
        if quantum is None or result == 0 and not operation.startswith(("q", "to")):
            return None
    if len(numbers) > {"fma": 3, "quantize": 2}.get(operation, 2) or any(plain(n) is None for n in numbers):
        return None
    return left[0], operation, numbers, result, mode, quantum


def cases_in(folder):
    for path in sorted(folder.glob("*.decTest")):
        settings = {}
        for line in path.read_text("latin-1").splitlines():
            key, colon, value = line.partition(":")
            if colon and "->" not in line and " " not in key.strip():
                settings[key.strip().lower()] = value.split("--")[0].strip().lower()
                continue
            case = case_of(line, settings)
            if case:
                yield case


def kind_of(case):
    """What its rule turns on: to what it is rounded; of a quotient, the divisor."""
    return case[5] or "", case[2][1] if case[1] == "divide" else None


def schedule_of(operation, signs, mode, kinds):
    def each(name, sign):
        return {"id": name, "units": name, "each": f"{sign}1 XTS", "round": "none"}

    def share(quantum_and_divisor):
        """Of a quotient, 100 percent divided by b."""
        if operation != "divide":
            return {"percent": "100"}
        scale = max(0, -quantum_and_divisor[1].as_tuple().exponent)
        divisor = int(quantum_and_divisor[1].scaleb(scale, EXACT))
        return {"percent": f"{'-' if divisor < 0 else ''}{10 ** (scale + 2)}/{abs(divisor)}"}

    fees = [each(name, "-" if minus else "") for name, minus in zip("abc", signs)]
    if operation in ("multiply", "fma"):
        minus = len([1 for one in signs[:2] if one]) % 2
        fees.append({"id": "p", "units": ["a", "b"], "each": ("-" if minus else "") + "1 XTS", "round": "none"})
    rule = dict(OPERATIONS[operation]) or {"of": ["p"]}
    if operation in ("abs", "copyabs") and signs[0]:
        rule = {"of": ["-a"]}
    for kind in ("greatest", "least"):
        if kind in rule:
            rule = {kind: [{"of": ["a"], "percent": "100"}, {"of": ["b"], "percent": "100"}]}
    for number, kind in enumerate(kinds):
        rounding = {"mode": mode, "to": kind[0]} if kind[0] else "none"
        fees.append({"id": f"r{number}", "when": {"k": str(number)}, "round": rounding, **rule,
                     **(share(kind) if "of" in rule else {})})
    return {"levy": 1, "id": "dec", "currency": "XTS", "currencies": {"XTS": {"digits": 0}},
            "collect": "none", "attributes": {"k": "text"},
            "quantities": {name: {"default": "0"} for name in "abc"},
            "fees": [{**fee, "operation": "pay"} for fee in fees]}


def agrees(operation, result, text):
    value = EXACT.create_decimal(text)
    if operation.startswith("compare"):
        value = Decimal((value > 0) - (value < 0))
    return value == result


def check_group(levy, folder, key, cases):
    """How many agree, as rows and as quotes."""
    operation, signs, mode = key
    kinds = list(dict.fromkeys(kind_of(case) for case in cases))
    document = folder / "dec.json"
    document.write_text(json.dumps(schedule_of(operation, signs, mode, kinds)))
    names = ["a", "b", "c"][:len(signs)]
    rows = [["pay", str(kinds.index(kind_of(case)))] + [plain(n) for n in case[2][:len(names)]] for case in cases]
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows([["operation", "k"] + names] + rows)
    done = subprocess.run([levy, "batch", str(document), "--lines", "--results", "status,reason"],
                          input=table.getvalue(), capture_output=True, text=True)
    answers = list(csv.DictReader(io.StringIO(done.stdout)))
    if len(answers) != len(cases):
        fail(f"{key}: {done.stderr[-300:]}")
        return 0, 0
    agree = quoted = 0
    for number, (case, row, answer) in enumerate(zip(cases, rows, answers)):
        text = answer.get(f"fee.r{row[1]}", "")
        if answer["status"] == "ok" and text and agrees(operation, case[3], text):
            agree += 1
        else:
            fail(f"{case[0]} {operation} {case[2]} is {case[3]}, not {answer['status']} {text} {answer['reason']}")
        if number % 40:
            continue
        words = [levy, "quote", str(document), "pay", "--json", "--k", row[1]]
        words += [word for name, value in zip(names, row[2:]) for word in (f"--{name}", value)]
        lines = json.loads(subprocess.run(words, capture_output=True, text=True).stdout).get("lines", [])
        text = next((line["amount"] for line in lines if line["fee"] == f"r{row[1]}"), "")
        if text and agrees(operation, case[3], text):
            quoted += 1
        else:
            fail(f"{case[0]} quoted: {operation} {case[2]} is {case[3]}, not {text}")
    return agree, quoted


def check_decimals(levy, folder):
    places = [Path(sys.prefix), Path("/usr")]
    found = [path for place in places for path in place.glob("lib/python3*/test/decimaltestdata")]
    if not found:
        print("decimal: skipped, there is no decTest; install Debian's libpython3-testsuite")
        return
    groups = defaultdict(list)
    for case in cases_in(found[0]):
        operands = 1 if case[1] in ("plus", "minus", "abs", "quantize", "tointegral", "tointegralx", "reduce",
                                     "divide", "apply", "copy", "copyabs", "copynegate") else \
            3 if case[1] == "fma" else 2
        if len(case[2]) < operands:
            continue
        signs = tuple(n.is_signed() and n != 0 for n in case[2][:operands])
        groups[case[1], signs, case[4]].append(case)
    agree = quoted = 0
    for key, cases in groups.items():
        rows, quotes = check_group(levy, folder, key, cases)
        agree, quoted = agree + rows, quoted + quotes
    report("decimal", agree, sum(map(len, groups.values())), f"; {quoted} of them quoted, too")


# ---- JSON ----------------------------------------------------------------------------------------

def values():
    """Texts of one value, and whether each is JSON."""
    good = ["0", "-0", "1", "-1", "12", "1.5", "-1.5", "0.0", "1e5", "1E5", "1e+5", "1e-5", "1.5e10", "0e0",
            "123456789012345678901234567890", "1.000000000000000000000000000001", "true", "false", "null",
            '""', '"a"', '" "', '"\\""', '"\\\\"', '"\\/"', '"\\b\\f\\n\\r\\t"', '"\\u0041"', '"\\u00e9"',
            '"\\uD83D\\uDE00"', '"\\u007f"', '"é"', '"😀"', '"\x7f"', '"\\u0000"', '"\u2028"', '"\ufeff"',
            "[]", "[ ]", "[1]", "[1,2]", "[[]]", "[[],[]]", "{}", "{ }", '{"a":1}', '{"a":{"b":[]}}', '{"":0}',
            '[null]', '[true,false,null]', '{"a":1,"b":2}', '[1 , 2]', '[\t1\t]', '{"a" : 1 , "b" : 2}',
            '{"\\u0061b": 1}', "[" * 40 + "]" * 40, '{"a":' * 20 + "1" + "}" * 20]
    bad = ["", "-", "+1", "01", "-01", "1.", ".5", "-.5", "1.e5", "1e", "1e+", "1.5e", "e5", "0x10", "1_000",
           "--1", "1-", "1.2.3", "1e5.5", "١", "１", "NaN", "Infinity", "-Infinity", "nan", "inf", "True", "TRUE",
           "nul", "nulll", "none", "undefined", "tru", "falsee", "'a'", "“a”", '"', '"a', 'a"', '"\\"', '"\\x41"',
           '"\\a"', '"\\u"', '"\\u004"', '"\\u00g1"', '"\\U0041"', '"\\ "', '"\t"', '"\x01"', '"\x1f"', '"\x00"',
           "[", "]", "[1", "1]", "[1,]", "[,1]", "[,]", "[1,,2]", "[1 2]", "[1;2]", "[1:2]", "(1)", "[1)", "[1}",
           "{", "}", '{"a"}', '{"a":}', '{:1}', '{a:1}', "{1:1}", "{'a':1}", '{"a":1,}', '{,"a":1}', '{"a":1 "b":2}',
           '{"a":1,,"b":2}', '{"a"=1}', '{"a":1;"b":2}', '{"a":1', '{"a"', '{"a":1]', "{null:1}", '{"a":1}}',
           "[1]]", "[1][2]", "1 2", "true false", '"a" "b"', "/**/1", "1//", "[1,/**/2]", "# 1", "1 # x",
           "<a>", "a", "=1", "$", "`a`", "\\", "\\u0031", "\x0c1", "\xa01", "\u20281", "[\u00a0]", "@", "*", "...",
           '{"a":1,"a":2}', '{"a":1,"\\u0061":2}', "[" * 70 + "]" * 70]
    return [(text.encode(), True) for text in good] + [(text.encode(), False) for text in bad] + not_utf8()


def not_utf8():
    """Bytes that are no UTF-8, in a string."""
    parts = [b"\x80", b"\xbf", b"\xc0\x80", b"\xc1\xbf", b"\xc2", b"\xc3(", b"\xe0\x80\x80", b"\xe0\x9f\xbf",
             b"\xe2\x82", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xf0\x80\x80\x80", b"\xf0\x9f\x98", b"\xf4\x90\x80\x80",
             b"\xf5\x80\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xfe", b"\xff", b"\xfe\xff", b"\xff\xfe"]
    return [(b'"' + part + b'"', False) for part in parts]


def places():
    """Where a value stands: before it, after it."""
    return {"array": (b"[", b"]"), "member": (b'{"m":', b"}"), "second": (b'{"l":[1,{"k":', b'}],"z":null}')}


# Faults that say that a text is no JSON, or none that levy reads.
FORM = {"syntax", "duplicate_key", "bad_file", "bad_utf8", "nul_byte", "comment", "trailing_comma", "too_deep"}


def check_json(levy, folder):
    texts = [(before + value + after, good) for value, good in values() for before, after in places().values()
             if value or before == b'{"m":']
    (folder / "json").mkdir()
    for number, (text, _) in enumerate(texts):
        (folder / "json" / f"{number:04}.json").write_bytes(text)
    done = subprocess.run([levy, "validate", str(folder / "json"), "--format", "json"], capture_output=True, text=True)
    codes = defaultdict(set)
    for finding in json.loads(done.stdout)["findings"]:
        codes[int(Path(finding["file"]).stem)].add(finding["code"])
    agree = 0
    for number, (text, good) in enumerate(texts):
        refused = bool(codes[number] & FORM)
        if codes[number] and refused != good:
            agree += 1
        else:
            fail(f"as a file: {text!r} is {'' if good else 'not '}JSON: {sorted(codes[number])}")
    report("json, by file", agree, len(texts))
    lines = [(b'{"operation":"pay","amount":"1","x":' + value + b"}", good) for value, good in values() if b"\n" not in value]
    (folder / "fee.json").write_text('{"levy": 1, "id": "a", "currency": "EUR", "fees": [{"id": "f", "percent": "1"}]}')
    done = subprocess.run([levy, "batch", str(folder / "fee.json"), "--results", "status,reason", "--select", "operation",
                           "--output-format", "csv"], input=b"\n".join(line for line, _ in lines), capture_output=True)
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    if len(rows) != len(lines):
        fail(f"{len(lines)} lines, {len(rows)} rows: {done.stderr[-200:]!r}")
    agree = 0
    for (line, good), row in zip(lines, rows):
        if (row["status"] == "ok") == good:
            agree += 1
        else:
            fail(f"as a line: {line!r} is {'' if good else 'not '}JSON: {row}")
    report("json, by line", agree, len(lines))


# ---- CSV -----------------------------------------------------------------------------------------

TABLES = {
    "plain": ("a,b\n1,2\n", [["1", "2"]]),
    "no last line end": ("a,b\n1,2", [["1", "2"]]),
    "CR LF": ("a,b\r\n1,2\r\n3,4\r\n", [["1", "2"], ["3", "4"]]),
    "both line ends": ("a,b\r\n1,2\n3,4\r\n", [["1", "2"], ["3", "4"]]),
    "comma in quotes": ('a,b\n"1,2",3\n', [["1,2", "3"]]),
    "all quoted": ('"a","b"\n"1","2"\n', [["1", "2"]]),
    "empty": ('a,b\n,""\n"",\n', [["", ""], ["", ""]]),
    "doubled quotes": ('a,b\n"say ""yes""",""""\n', [['say "yes"', '"']]),
    "only doubled": ('a,b\n"""""",x\n', [['""', "x"]]),
    "line end in quotes": ('a,b\n"1\n2",3\n', [["1\n2", "3"]]),
    "CR LF in quotes": ('a,b\r\n"1\r\n2",3\r\n', [["1\r\n2", "3"]]),
    "JSON in a cell": ('a,b\n"{""type"": ""Point"", ""at"": [1, 2]}",x\n', [['{"type": "Point", "at": [1, 2]}', "x"]]),
    "UTF-8": ("a,b\n1,ʤ\n中文,😀\n", [["1", "ʤ"], ["中文", "😀"]]),
    "byte order mark": ("\ufeffa,b\n1,2\n", [["1", "2"]]),
    "blanks are kept": ("a,b\n 1 ,\t2\n", [[" 1 ", "\t2"]]),
    "blanks in quotes": ('a,b\n" 1 ","2"\n', [[" 1 ", "2"]]),
    "blank lines": ("a,b\n\n1,2\n\n\n3,4\n\n", [["1", "2"], ["3", "4"]]),
    "semicolons": ("a,b\n1;2,3\n", [["1;2", "3"]]),
    "apostrophes": ("a,b\n'1,2'\n", [["'1", "2'"]]),
    "backslash": ('a,b\n\\,"\\"\n', [["\\", "\\"]]),
    "comma alone in quotes": ('a,b\n",",","\n', [[",", ","]]),
    "quoted header": ('"a","b"\n1,2\n', [["1", "2"]]),
    "numbers are texts": ("a,b\n007,1e3\n", [["007", "1e3"]]),
    "formulas are texts": ("a,b\n=1+1,@x\n", [["=1+1", "@x"]]),
    "long cell": ("a,b\n" + "x" * 70000 + ",2\n", [["x" * 70000, "2"]]),
    "many rows": ("a,b\n" + "".join(f'{i},"{i},{i}"\n' for i in range(5000)), [[str(i), f"{i},{i}"] for i in range(5000)]),
    # Rows that are none: nothing of them is taken.
    "text before quotes": ('a,b\nx"1",2\n3,4\n', [None, ["3", "4"]]),
    "text after quotes": ('a,b\n"1"x,2\n3,4\n', [None, ["3", "4"]]),
    "too few": ("a,b\n1\n3,4\n", [None, ["3", "4"]]),
    "too many": ("a,b\n1,2,3\n3,4\n", [None, ["3", "4"]]),
    "never closed": ('a,b\n3,4\n"1,2\n', [["3", "4"], None]),
}


def check_csv(levy, folder):
    fee = folder / "csv.json"
    fee.write_text('{"levy": 1, "id": "a", "currency": "EUR", "fees": [{"id": "f", "operation": "pay", "flat": "1 EUR"}]}')
    words = [levy, "batch", str(fee), "--set", "amount=1", "--map", "id=a", "--results", "status"]
    agree = 0
    for name, (table, wanted) in TABLES.items():
        done = subprocess.run(words + ["--output-format", "jsonl"],
                              input=table.encode(), capture_output=True)
        rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
        got = [None if row["status"] == "error" else [row.get("a", ""), row.get("b", "")] for row in rows]
        again = subprocess.run(words, input=table.encode(), capture_output=True)
        written = [[cell for cell in row[:2]] for row in csv.reader(io.StringIO(again.stdout.decode(), newline=""))][1:]
        kept = all(one is None or one == other for one, other in zip(wanted, written))
        if got == wanted and kept and len(written) == len(wanted):
            agree += 1
        else:
            fail(f"csv, {name}: {str(got)[:200]}, not {str(wanted)[:200]}; {done.stderr[-200:]!r}")
    report("csv", agree, len(TABLES))


def main(levy, group=""):
    levy = str(Path(levy).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for own, check in (("csv", check_csv), ("json", check_json), ("decimal", check_decimals)):
            if group in ("", own):
                check(levy, folder)
    for failure in failures[:20]:
        print(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
