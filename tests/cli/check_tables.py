"""check_tables.py LEVY SCHEDULES: `levy show --csv` and `levy init --from-csv` say the same.

Of every schedule, what `show --csv` says that it left out is taken out of the schedule; what is
left must cost the same as the schedule that `init` makes of the table: for all amounts (`levy
diff`), and line by line for the operations of the schedule's own examples.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

LEVY, SCHEDULES = sys.argv[1], pathlib.Path(sys.argv[2])


def levy(*words):
    run = subprocess.run([LEVY, *map(str, words)], capture_output=True, text=True)
    return run.returncode, run.stdout, run.stderr


def remove(document, pointer):
    *parents, last = pointer.lstrip("/").split("/")
    for step in parents:
        document = document[int(step) if isinstance(document, list) else step]
    if isinstance(document, list):
        document[int(last)] = None
    else:
        document.pop(last, None)


def plain(node, sets):
    """Without what is accepted of findings, and with the members of a set in place of its name."""
    if isinstance(node, dict):
        return {k: plain(v, sets) for k, v in node.items() if k not in ("accept", "sets")}
    if isinstance(node, list):
        members = [plain(v, sets) for v in node]
        return [m for v in members for m in (v if isinstance(v, list) else [v])]
    return sets.get(node, node) if isinstance(node, str) and node.startswith("@") else node


def reduced(schedule, left_out, made):
    """The part of the schedule that the table says. An attribute that is declared otherwise is so
    in both: what it may be is what the listing names."""
    for one in left_out:
        pointer = one["pointer"]
        if pointer.startswith("/attributes/"):
            name = pointer.split("/")[2]
            kept = made.get("attributes", {}).get(name)
            schedule["attributes"].pop(name)
            if kept is not None:
                schedule["attributes"][name] = kept
        elif pointer:
            remove(schedule, pointer)
    schedule["fees"] = [fee for fee in schedule["fees"] if fee is not None]
    named = {k: v for k, v in schedule.items() if v not in ({}, [])}
    return plain(named, {"@" + name: all for name, all in schedule.get("sets", {}).items()})


def lines_of(path, request):
    """What each fee comes to. A declared attribute that is not there any more is not asked."""
    declared = json.loads(path.read_text()).get("attributes", {})
    words = [request["operation"], request["amount"]] if "amount" in request else None
    if words is None:
        return None
    for name, value in request.items():
        text = json.dumps(value) if isinstance(value, bool) else str(value)
        if name in declared or name in ("country", "to_country", "cross_border", "currency"):
            words += ["--attr", f"{name}={text}"]
        elif name == "to_currency":
            words += ["--to", text]
    code, out, _ = levy("quote", path, *words, "--json", "--at", "2026-11-20")
    answer = json.loads(out)
    if code == 2:
        return answer["error"]["code"]
    return [(line["fee"], line["amount"]) for line in answer["lines"]]


def check(path, folder):
    schedule = json.loads(path.read_text())
    code, out, err = levy("show", path, "--csv", "--json", "--at", "2026-11-20")
    answer = json.loads(out)
    if code == 1:
        fees = [one for one in answer["left_out"] if one["pointer"].startswith("/fees/")]
        assert len(fees) == len(schedule.get("fees", [])), "a fee is neither listed nor left out"
        return 0, len(fees)
    assert code == 0, err
    table = folder / "table.csv"
    table.write_text(answer["csv"])
    words = ["--currency", schedule["currency"]] if "currency" in schedule else []
    code, out, err = levy("init", "--from-csv", table, "--id", schedule["id"], *words)
    assert code == 0, err
    made, part = folder / "made.json", folder / "part.json"
    made.write_text(out)
    rest = reduced(schedule, answer["left_out"], json.loads(out))
    part.write_text(json.dumps(rest))
    code, out, err = levy("diff", part, made, "--json", "--at", "2026-11-20")
    assert code == 0, out + err
    code, again, err = levy("show", made, "--csv", "--at", "2026-11-20")
    assert code == 0 and again == answer["csv"], "the table of the made schedule is another one"
    asked = 0
    for example in json.loads(path.read_text()).get("examples", []):
        if "quote" not in example or isinstance(example["quote"], list):
            continue
        before, after = lines_of(part, example["quote"]), lines_of(made, example["quote"])
        assert before == after, (example["title"], before, after)
        asked += 1
    return len(rest["fees"]), asked


def main():
    failures = passed = fees = asked = 0
    for path in sorted(SCHEDULES.glob("*.json")):
        with tempfile.TemporaryDirectory() as folder:
            try:
                some, questions = check(path, pathlib.Path(folder))
                fees, asked, passed = fees + some, asked + questions, passed + 1
            except Exception as fault:
                failures += 1
                print(f"{path.name}: {type(fault).__name__}: {fault}"[:1500])
    print(f"{fees} fees in tables, {asked} examples asked")
    print(f"{passed} passed, {failures} failed")
    return failures > 0 or fees < 60


if __name__ == "__main__":
    sys.exit(main())
