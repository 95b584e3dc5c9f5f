#!/usr/bin/env python3
"""Files as they come: what cannot be read, what must not be overwritten, what interrupts a run.

usage: check_files.py LEVY_BINARY

Each check runs the program in a folder of its own and says what came instead of what should have.
Exit status 1: something did.
"""
import gzip
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SECONDS_MAX = 8

SCHEDULE = {
    "levy": 1, "id": "fee", "currency": "EUR",
    "fees": [{"id": "f", "operation": "pay", "percent": "1"}],
    "limits": [{"id": "daily", "operation": "pay", "window": "day", "max": "100 EUR"}],
}
TABLE = "operation,amount\npay,100\npay,x\npay,250\n"
HISTORY = "time,operation,amount\n2026-01-01T10:00:00Z,pay,10\n"
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
AT = ["--at", "2026-01-01T12:00:00Z"]


class Folder:
    """A folder with a schedule, a table and the like, in which commands run."""

    def __init__(self, levy):
        self.levy = levy
        self.scratch = tempfile.TemporaryDirectory()
        self.path = Path(self.scratch.name)
        self.write("s.json", json.dumps(SCHEDULE))
        self.write("t.csv", TABLE)
        self.write("p.json", '{"usage": {"daily": "10"}}')
        self.write("r.json", '{"levy_rates": 1, "base": "EUR", "rates": {"USD": "1.1"}}')
        self.write("h.csv", HISTORY)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.scratch.cleanup()

    def write(self, name, text):
        data = text if isinstance(text, bytes) else text.encode()
        (self.path / name).write_bytes(data)

    def read(self, name):
        return (self.path / name).read_text()

    def names(self):
        return sorted(os.listdir(self.path))

    def run(self, *words, seconds=SECONDS_MAX, shell=None):
        """The exit status; "hangs" where there is none in time."""
        command = ["sh", "-c", shell, "sh", self.levy] if shell else [self.levy, *words]
        try:
            done = subprocess.run(command, cwd=self.path, env=ENVIRONMENT, timeout=seconds,
                                  stdin=subprocess.DEVNULL, capture_output=True)
        except subprocess.TimeoutExpired:
            return "hangs"
        self.out = done.stdout.decode("utf-8", "replace")
        self.err = done.stderr.decode("utf-8", "replace")
        return done.returncode


failures = []


def expect(what, came, wanted):
    if came != wanted:
        failures.append(f"{what}: {came!r} instead of {wanted!r}")


# ---- what is read ------------------------------------------------------------------------------

def make_unusable(folder, name, kind):
    path = folder.path / name
    path.unlink(missing_ok=True)
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "directory":
        path.mkdir()
    elif kind == "endless":
        path.symlink_to("/dev/zero")
    elif kind == "huge":
        with open(path, "wb") as file:
            file.truncate(10 << 30)
    elif kind == "gzip":
        path.write_bytes(gzip.compress(b"{}"))
    elif kind == "deep":
        path.write_text("[" * 1000000)
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "missing":
        pass


# Each kind of file that a command line names, and a command that reads it.
READERS = {
    "schedule of quote": ("s.json", ["quote", "./s.json", "pay", "10", *AT]),
    "schedule of check": ("s.json", ["check", "./s.json", "pay", "10", *AT]),
    "schedule of tiers": ("s.json", ["tiers", "./s.json", *AT]),
    "schedule of batch": ("s.json", ["batch", "./s.json", "t.csv", "--assume-zero", *AT]),
    "schedule of validate": ("s.json", ["validate", "./s.json"]),
    "schedule of test": ("s.json", ["test", "./s.json"]),
    "schedule of diff": ("s.json", ["diff", "./s.json", "./s.json", *AT]),
    "schedule of compare": ("s.json", ["compare", "pay", "10", "./s.json", *AT]),
    "schedule of plot": ("s.json", ["plot", "./s.json", "pay", *AT]),
    "schedule of show": ("s.json", ["show", "./s.json", *AT]),
    "profile": ("p.json", ["check", "./s.json", "pay", "10", "--profile", "p.json", *AT]),
    "profile of tiers": ("p.json", ["tiers", "./s.json", "--profile", "p.json", *AT]),
    "rates": ("r.json", ["quote", "./s.json", "pay", "10", "--rates", "r.json", *AT]),
    "rates of batch": ("r.json", ["batch", "./s.json", "t.csv", "--assume-zero", "--rates",
                                  "r.json", *AT]),
    "history": ("h.csv", ["check", "./s.json", "pay", "10", "--history", "h.csv", *AT]),
    "history of batch": ("h.csv", ["batch", "./s.json", "t.csv", "--set", "account=a",
                                   "--enforce-limits", "--history", "h.csv", *AT]),
    "table": ("t.csv", ["batch", "./s.json", "t.csv", "--assume-zero", *AT]),
    "transactions": ("x.csv", ["diff", "./s.json", "./s.json", "--transactions", "x.csv", *AT]),
}
WANTED = {"fifo": 2, "directory": 2, "endless": 2, "huge": 2, "gzip": 2, "deep": 2, "empty": 2,
          "missing": 3}


def check_readers(levy):
    for reader, (name, words) in READERS.items():
        for kind, wanted in WANTED.items():
            if kind == "huge" and name.endswith(".csv"):
                continue  # a table may be of any size
            if reader == "schedule of validate" and kind in ("gzip", "deep", "empty"):
                wanted = 1  # what is wrong with a file is a finding
            with Folder(levy) as folder:
                make_unusable(folder, name, kind)
                expect(f"{reader}, {kind}", folder.run(*words), wanted)


def check_examples(levy):
    for kind, wanted in WANTED.items():
        for key in ("profile", "rates", "history"):
            if kind == "huge" and key == "history":
                continue
            with Folder(levy) as folder:
                example = {"check": {"operation": "pay", "amount": "10", key: "x.json"},
                           "expect": {"allowed": True}}
                folder.write("e.json", json.dumps({**SCHEDULE, "examples": [example]}))
                make_unusable(folder, "x.json", kind)
                expect(f"an example's {key}, {kind}", folder.run("test", "./e.json", *AT), 1)
    for path in ("/etc/passwd", "../../../../../../etc/passwd", "link", "sub/../../out.json"):
        for key in ("profile", "rates", "history"):
            with Folder(levy) as folder:
                (folder.path / "in/sub").mkdir(parents=True)
                (folder.path / "in/link").symlink_to("/etc/passwd")
                folder.write("out.json", '{"root": 1}')
                example = {"check": {"operation": "pay", "amount": "10", key: path},
                           "expect": {"allowed": True}}
                folder.write("in/e.json", json.dumps({**SCHEDULE, "examples": [example]}))
                expect(f"an example's {key} at {path}", folder.run("test", "in/e.json", *AT), 1)
                expect(f"what {path} holds, shown", "root" in folder.out + folder.err, False)
                expect(f"{path} is named", path in folder.out + folder.err, True)


def check_ids(levy):
    """Among files of a directory: what may be a version is never passed over, what is none is."""
    new = {**SCHEDULE, "version": "new", "effective": {"from": "2026-01-01"}}
    old = {**SCHEDULE, "version": "old", "effective": {"until": "2026-01-01"}}
    text = json.dumps(new)
    broken = {
        "cut": text[:-5], "comma": text[:-1] + ",}", "UTF-16": text.encode("utf-16"),
        "gzip": gzip.compress(text.encode()), "empty": "",
        "latin-1": text.replace("new", "n\xe9w").encode("latin-1"),
        "wrong type": text.replace('"percent": "1"', '"percent": []'),
        "id no text": text.replace('"id": "fee"', '"id": ["fee"]'),
        "misspelt key": text.replace('"id": "fee"', '"Id": "fee"'),
        "escaped id": text.replace('"fee"', '"f\\u0065e"').replace('"1"', '"x"'),
        "dangling link": None,
    }
    for what, content in broken.items():
        with Folder(levy) as folder:
            (folder.path / "d").mkdir()
            folder.write("d/old.json", json.dumps(old))
            if content is None:
                (folder.path / "d/new.json").symlink_to("nowhere.json")
            else:
                folder.write("d/new.json", content)
            words = ["fee", "pay", "100", "--schedules", "d", "--at", "2026-06-01"]
            wanted = 3 if content is None else 2
            expect(f"a newer version, {what}", folder.run("quote", *words), wanted)
            expect(f"a newer version, {what}, named", "new.json" in folder.err, True)
    others = {
        "pipe": lambda path: os.mkfifo(path), "directory": lambda path: path.mkdir(),
        "device": lambda path: path.symlink_to("/dev/zero"),
        "another's, broken": lambda path: path.write_text('{"levy": 1, "id": "other", "fees": [}'),
        "another's": lambda path: path.write_text(json.dumps({**SCHEDULE, "id": "other"})),
        "no schedule": lambda path: path.write_text('{"levy_rates": 1, "rates": {"fee": 1}}'),
    }
    for what, make in others.items():
        with Folder(levy) as folder:
            (folder.path / "d").mkdir()
            folder.write("d/new.json", text)
            make(folder.path / "d/z.json")
            words = ["fee", "pay", "100", "--schedules", "d", "--at", "2026-06-01"]
            expect(f"beside a schedule: {what}", folder.run("quote", *words), 0)
            if what in ("pipe", "directory", "device"):
                expect(f"in a directory to validate: {what}", folder.run("validate", "d"), 0)


# ---- what is written ---------------------------------------------------------------------------

BATCH = ["batch", "./s.json", "t.csv", "--assume-zero", *AT]
INPUTS = {"s.json": BATCH, "t.csv": BATCH, "r.json": [*BATCH, "--rates", "r.json"],
          "h.csv": ["batch", "./s.json", "t.csv", "--set", "account=a", "--history", "h.csv", *AT]}


def check_clashes(levy):
    for option in ("-o", "--rejects", "--summary"):
        for name, words in INPUTS.items():
            for way in ("itself", "another path", "symbolic link", "hard link"):
                with Folder(levy) as folder:
                    before = folder.read(name)
                    output = {"itself": name, "another path": f"../{folder.path.name}/{name}"}
                    if way == "symbolic link":
                        (folder.path / "l").symlink_to(name)
                    if way == "hard link":
                        os.link(folder.path / name, folder.path / "l")
                    what = f"{option} over {name}, {way}"
                    expect(what, folder.run(*words, option, output.get(way, "l")), 2)
                    expect(what + ", untouched", folder.read(name), before)
    for one, other in (("-o", "--rejects"), ("-o", "--summary"), ("--rejects", "--summary")):
        for name, second in (("o", "o"), ("o", "./o"), ("o", "l"), ("/dev/stdout", "-")):
            with Folder(levy) as folder:
                (folder.path / "l").symlink_to("o")
                status = folder.run(*BATCH, one, name, other, second)
                expect(f"{one} {name} {other} {second}", status, 2)
                expect("and nothing is written", (folder.path / "o").exists(), False)
    with Folder(levy) as folder:
        plot = ["plot", "./s.json", "pay", *AT, "--svg"]
        expect("--svg over the schedule", folder.run(*plot, "s.json"), 2)
        expect("the schedule", folder.read("s.json"), json.dumps(SCHEDULE))
        expect("--svg", folder.run(*plot, "o.svg"), 0)
        expect("what lies there", [name for name in folder.names() if "svg" in name], ["o.svg"])
    for command in ("show ./s.json", "validate ./s.json", "quote ./s.json pay 10",
                    "batch ./s.json t.csv --assume-zero", "plot ./s.json pay --svg -"):
        with Folder(levy) as folder:
            status = folder.run(shell=f'"$1" {command} --at 2026-01-01 1<>s.json')
            expect(f"{command} onto its own schedule", status, 2)
            expect(f"{command}: the schedule", folder.read("s.json"), json.dumps(SCHEDULE))
    with Folder(levy) as folder:
        expect("standard output is an input",
               folder.run(shell='"$1" batch ./s.json --assume-zero <t.csv >>t.csv'), 2)
        expect("the input", folder.read("t.csv"), TABLE)
        expect("to devices, as often as one likes",
               folder.run(*BATCH, "--rejects", "/dev/null", "--summary", "/dev/null"), 1)


def check_links(levy):
    with Folder(levy) as folder:
        (folder.path / "e").mkdir()
        folder.write("e/t", "OLD")
        os.chmod(folder.path / "e/t", 0o640)
        (folder.path / "l").symlink_to("m")
        (folder.path / "m").symlink_to("e/t")
        (folder.path / "n").symlink_to("e/new")
        expect("-o through links", folder.run(*BATCH, "-o", "l", "--summary", "n"), 1)
        for link in "lmn":
            expect(f"the link {link}", (folder.path / link).is_symlink(), True)
        expect("the file", folder.read("e/t").startswith("operation,"), True)
        expect("its permissions", (folder.path / "e/t").stat().st_mode & 0o777, 0o640)
        expect("a link's file that was not there", folder.read("e/new").startswith("{"), True)
        expect("nothing else", sorted(os.listdir(folder.path / "e")), ["new", "t"])
    with Folder(levy) as folder:
        (folder.path / "l").symlink_to("/dev/stdout")
        for output in ("/dev/stdout", "/dev/fd/1", "l", "-"):
            expect(f"-o {output}", folder.run(shell=f'"$1" {" ".join(BATCH)} -o {output} >o'), 1)
            expect(f"-o {output}, written", folder.read("o").count("\n"), 4)
            expect("/dev/stdout is a link", Path("/dev/stdout").is_symlink(), True)
            expect("the link", (folder.path / "l").is_symlink(), True)
        expect("appended", folder.run(shell=f'"$1" {" ".join(BATCH)} -o /dev/stdout >>o'), 1)
        expect("appended to what was there", folder.read("o").count("\n"), 8)


def check_all_or_none(levy):
    failing = {"rows to a full disk": (">/dev/full", 3),
               "rejects where nobody may": ("--rejects /nowhere/r", 3),
               "summary to a full disk": ("--summary /dev/full", 3)}
    for what, (words, wanted) in failing.items():
        with Folder(levy) as folder:
            for name in ("re", "su", "o"):
                folder.write(name, "OLD")
            outputs = "--rejects re --summary su"
            if "--rejects" in words:
                outputs = "-o o --summary su"
            if "--summary" in words:
                outputs = "-o o --rejects re"
            before = folder.names()
            expect(what, folder.run(shell=f'"$1" {" ".join(BATCH)} {outputs} {words}'), wanted)
            for name in ("re", "su", "o"):
                expect(f"{what}: {name}", folder.read(name), "OLD")
            expect(f"{what}: beside them", folder.names(), before)
    with Folder(levy) as folder:
        closed = folder.run(shell='"$1" batch ./s.json --assume-zero <&-')
        expect("standard input is closed", closed, 3)
        expect("all descriptors closed", folder.run(
            shell=f'"$1" {" ".join(BATCH)} -o o --rejects r <&- >&- 2>&-'), 1)
        expect("the rows", folder.read("o").count("\n"), 4)
        expect("the rejects", "pay,x" in folder.read("r"), True)
        expect("rows to nowhere",
               folder.run(shell=f'"$1" {" ".join(BATCH)} --rejects q --summary su >&-'), 3)
        expect("what else there is", "pay,x" in folder.read("q"), True)
        expect("a full disk", folder.run(shell='"$1" show ./s.json >/dev/full'), 3)
        expect("a closed standard output", folder.run(shell='"$1" show ./s.json >&-'), 3)


def check_signals(levy):
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"):
        with Folder(levy) as folder:
            os.mkfifo(folder.path / "in")
            folder.write("o", "OLD")
            names = folder.names()
            words = ["batch", "./s.json", "in", "--assume-zero", *AT]
            outputs = ["-o", "o", "--rejects", "r", "--summary", "s"]
            run = subprocess.Popen([levy, *words, *outputs], cwd=folder.path, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            with open(folder.path / "in", "w") as pipe:
                pipe.write(TABLE)
                pipe.flush()
                time.sleep(0.3)
                run.send_signal(getattr(signal, name))
                expect(f"{name}: status", run.wait(SECONDS_MAX), -getattr(signal, name))
            expect(f"{name}: what stood there", folder.read("o"), "OLD")
            expect(f"{name}: beside it", folder.names(), names)
    with Folder(levy) as folder:
        folder.write("big.csv", "operation,amount\n" + "pay,100\n" * 200000)
        status = folder.run(shell='ulimit -f 100; exec "$1" batch ./s.json big.csv --assume-zero -o o')
        expect("a file that grows too large", status, -signal.SIGXFSZ)
        expect("what it leaves", [one for one in folder.names() if one.startswith((".", "o"))], [])


def check_memory(levy):
    with Folder(levy) as folder:
        fees = [{"id": f"f{i}", "operation": "pay", "flat": "1 EUR"} for i in range(3000)]
        folder.write("s.json", json.dumps({**SCHEDULE, "fees": fees}))
        status = folder.run(shell='ulimit -v 600000; "$1" quote ./s.json pay 10 --at 2026-01-01')
        expect("a schedule on one line", status, 0)
        folder.write("s.json", json.dumps({**SCHEDULE, **{f"k{i}": 1 for i in range(20000)}}))
        expect("20,000 faults on one line", folder.run("validate", "./s.json", seconds=60), 1)
    with Folder(levy) as folder:
        folder.write("big.csv", "operation,amount\n" + "pay,100\n" * 1000)
        status = folder.run(shell='ulimit -v 900000; "$1" batch ./s.json big.csv --assume-zero '
                                  '--at 2026-01-01 --threads 256')
        expect("no room for 256 threads", status, 0)
        expect("and all rows", folder.out.count("\n"), 1001)
        status = folder.run(shell="(yes '' | head -c 400000000; printf 'operation,amount\\npay,100\\n') | "
                                  '(ulimit -v 300000; "$1" batch ./s.json - --assume-zero --threads 1 '
                                  "--at 2026-01-01)")
        expect("blank lines before a table", status, 0)
        expect("and its row", folder.out.count("\n"), 2)


def main(words):
    if len(words) != 1:
        sys.exit(__doc__)
    levy = str(Path(words[0]).resolve())
    for check in (check_readers, check_examples, check_ids, check_clashes, check_links,
                  check_all_or_none, check_signals, check_memory):
        check(levy)
    for failure in failures:
        print(failure)
    print("files: " + (f"{len(failures)} not as they should be" if failures else "as they should be"))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
