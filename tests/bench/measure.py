"""measure.py LEVY ROWS: runs levy and its peers on the data in build/bench, prints the tables.

Called by run.sh, which has built and generated everything; works in build/bench. Each group of
programs runs five times in turn, so that a busy machine slows all of them alike; medians count.
Those that are over in a second run again before each longer one of their group and once at its end:
a minute's mood would be all that five such runs see. What is compared with no other program runs
once.
Time is what passes on the wall, save for the processors' own in one column.
Peak memory is the largest resident size; what a program was started from counts too, so that
nothing is below some 10 MiB.
"""
import dataclasses
import glob
import os
import platform
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

LEVY, ROWS = os.path.abspath(sys.argv[1]), int(sys.argv[2])
HERE = os.path.dirname(os.path.abspath(__file__))
TENTH = max(1, ROWS // 10)
ROUNDS = 5


def output_folder():
    """In memory where there is room, so that no disk is measured: levy syncs what it writes."""
    in_memory = "/dev/shm"
    if os.path.isdir(in_memory) and shutil.disk_usage(in_memory).free > 600 * ROWS:
        return tempfile.mkdtemp(prefix="levy-bench-", dir=in_memory)
    return tempfile.mkdtemp(prefix="out-", dir=".")


OUT = output_folder()


@dataclasses.dataclass
class Run:
    """One program on one input. {out} in the command is where its answers go."""
    name: str
    threads: int
    command: list
    data: str
    rows: int
    brief: bool = False  # is over in a second or so
    stdout: bool = False  # answers are written to standard output
    feeder: list = None  # a command that writes the input into a pipe
    like: str = ""  # the name of the run whose answers these must be, to the byte
    absent: str = ""  # why it cannot run
    statuses: tuple = (0,)  # that it may end with
    seconds: list = dataclasses.field(default_factory=list)
    cpu: list = dataclasses.field(default_factory=list)  # seconds of all its threads
    peaks: list = dataclasses.field(default_factory=list)  # MiB
    verdict: str = ""

    def time(self):
        return statistics.median(self.seconds) if self.seconds else None

    def peak(self):
        return max(self.peaks) if self.peaks else None

    def out(self):
        return os.path.join(OUT, self.name.replace(" ", "_").replace("/", "_") + f".{self.threads}")


def execute(run):
    words = [word.replace("{out}", run.out()) for word in run.command]
    for old in glob.glob(run.out() + "*"):  # or giving its memory back would be part of the time
        os.remove(old)
    feeder = subprocess.Popen(run.feeder, stdout=subprocess.PIPE) if run.feeder else None
    with open(run.out() if run.stdout else os.devnull, "wb") as sink:
        began = time.perf_counter()
        child = subprocess.Popen(words, stdin=feeder.stdout if feeder else subprocess.DEVNULL,
                                 stdout=sink, stderr=subprocess.PIPE if run.statuses else None)
        if feeder:
            feeder.stdout.close()
        said = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        run.seconds.append(time.perf_counter() - began)
    if feeder:
        feeder.wait()
    run.cpu.append(usage.ru_utime + usage.ru_stime)
    run.peaks.append(usage.ru_maxrss / 1024)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in run.statuses:
        run.absent = f"ended with status {child.returncode}: {said.decode()[-300:].strip()}"
        run.seconds.clear()
        run.peaks.clear()


def first_difference(path, other):
    """"" where both files are the same to the byte, else where and how many lines differ."""
    if subprocess.run(["cmp", "-s", path, other]).returncode == 0:
        return "same"
    differing = lines = 0
    with open(path, "rb") as ours, open(other, "rb") as theirs:
        for line, its in zip(ours, theirs):
            lines += 1
            differing += line != its
    return f"{differing} of {lines} differ"


def compare(run, runs):
    model = next((other for other in runs if f"{other.name} {other.threads}" == run.like), None)
    if model and os.path.exists(model.out()) and os.path.exists(run.out()):
        run.verdict = first_difference(run.out(), model.out())


def one_turn(runs):
    """The brief ones before each longer one and at the end."""
    brief, longer = ([run for run in runs if run.brief is so] for so in (True, False))
    order = []
    for run in longer:
        order += brief + [run]
    return order + brief


def execute_all(runs, rounds):
    for turn in range(rounds):
        for run in one_turn(runs):
            if not run.absent:
                print(f"  {turn + 1}/{rounds}  {run.name}, {run.threads}", file=sys.stderr)
                execute(run)
                if len(run.seconds) == 1 and run.like:
                    compare(run, runs)
    for run in runs:
        for answers in glob.glob(run.out() + "*"):
            os.remove(answers)


# ---- what runs ---------------------------------------------------------------------------------

REFERENCE = ["--map", "operation=type", "--map", "to_currency="]
FEES = ["--select", "id", "--results", "fee"]


def levy(name, schedule, data, rows, threads, options, **more):
    command = [LEVY, "batch", os.path.join(HERE, schedule)]
    command += [] if "feeder" in more else [data]
    command += options + ["--threads", str(threads), "--output-format", "csv", "-o", "{out}"]
    return Run(name, threads, command, data, rows, **more)


def duckdb(name, what, data, like):
    absent = "" if os.path.isdir("node/node_modules/@duckdb") else "@duckdb/node-api is absent"
    return Run(name, 2, ["node", os.path.join(HERE, "peer_duckdb.mjs"), what, data, "{out}", "2"],
               data, ROWS, like=like, absent=absent)


def two_at_once():
    """What the machine makes of two programs that share nothing: no two threads can be better."""
    one = levy("", "reference.json", "payments.csv", ROWS, 1, REFERENCE + FEES).command
    both = " & ".join(shlex.join(one).replace("'{out}'", f"{{out}}.{i}") for i in (1, 2))
    return Run("levy, twice at once", 1, ["sh", "-c", both + "; wait"], "payments.csv", 2 * ROWS,
               brief=True)


def hardcoded(threads):
    absent = "" if os.path.exists("peer_hardcoded") else "was not built"
    command = ["./peer_hardcoded", "payments.csv", "{out}", str(threads)]
    return Run("hard-coded C++", threads, command, "payments.csv", ROWS, like="levy 2",
               absent=absent, brief=True)


def csv_runs():
    mawk = shutil.which("mawk")
    awk_script = os.path.join(HERE, "peer_float.awk")
    return [
        levy("levy", "reference.json", "payments.csv", ROWS, 2, REFERENCE + FEES, brief=True),
        levy("levy", "reference.json", "payments.csv", ROWS, 1, REFERENCE + FEES, like="levy 2",
             brief=True),
        two_at_once(),
        hardcoded(2),
        hardcoded(1),
        duckdb("DuckDB, DECIMAL", "decimal", "payments.csv", "levy 2"),
        duckdb("DuckDB, BIGINT", "integer", "payments.csv", "levy 2"),
        Run("mawk, floats", 1, [mawk or "mawk", "-f", awk_script, "payments.csv"], "payments.csv",
            ROWS, stdout=True, like="levy 2", absent="" if mawk else "mawk is absent"),
    ]


def tenth_runs():
    script = os.path.join(HERE, "peer_decimal.py")
    return [
        levy("levy, a tenth", "reference.json", "tenth.csv", TENTH, 2, REFERENCE + FEES),
        Run("Python, decimal", 1, [sys.executable, script, "tenth.csv", "{out}"], "tenth.csv",
            TENTH, like="levy, a tenth 2"),
    ]


def jsonl_runs():
    return [
        levy("levy, JSON Lines", "reference.json", "payments.jsonl", ROWS, 2, REFERENCE + FEES,
             brief=True),
        levy("levy, JSON Lines", "reference.json", "payments.jsonl", ROWS, 1, REFERENCE + FEES,
             like="levy, JSON Lines 2", brief=True),
        duckdb("DuckDB, JSON Lines", "json", "payments.jsonl", "levy, JSON Lines 2"),
    ]


def whole_runs():
    return [
        levy("levy, all columns", "reference.json", "payments.csv", ROWS, 2, REFERENCE, brief=True),
        duckdb("DuckDB, all columns", "whole", "payments.csv", "levy, all columns 2"),
    ]


def other_runs():
    limits = ["--set", "operation=withdrawal", "--enforce-limits", "--select", "id", "--results",
              "status,fee,reason"]
    wide = ["--set", "operation=trade"] + FEES
    telco = os.path.join(HERE, "../../examples/telco/telco.json")
    return [
        levy("levy, limits", "limits.json", "limits.csv", ROWS, 1, limits),
        levy("levy, limits", "limits.json", "limits.csv", ROWS, 2, limits, like="levy, limits 1"),
        levy("levy, 18 decimals", "wide.json", "wide.csv", ROWS, 1, wide),
        levy("levy, 18 decimals", "wide.json", "wide.csv", ROWS, 2, wide,
             like="levy, 18 decimals 1"),
        levy("levy, telco", telco, "calls.csv", min(ROWS, 1000000), 2,
             ["--set", "operation=call", "--select", "id", "--results", "fee", "--lines"]),
    ]


def memory_runs():
    tenfold = ["sh", "-c", "head -n 1 payments.csv; for i in 0 1 2 3 4 5 6 7 8 9; do "
               "tail -n +2 payments.csv; done"]
    return [levy("levy, ten times", "reference.json", "payments.csv", 10 * ROWS, 2,
                 REFERENCE + FEES, feeder=tenfold)]


# ---- tables ------------------------------------------------------------------------------------

def table(header, rows):
    widths = [max(len(row[i]) for row in [header] + rows) for i in range(len(header))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |"
             for row in [header] + rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines) + "\n"


def measured(runs, base):
    rows = []
    for run in runs:
        if run.absent:
            rows.append([run.name, str(run.threads)] + [""] * 5 + ["skipped: " + run.absent])
            continue
        size = os.path.getsize(run.data) * (10 if run.feeder else run.rows // ROWS or 1)
        rows.append([run.name, str(run.threads), f"{run.rows / run.time() / 1e6:.2f}",
                     f"{size / run.time() / 1e6:.0f}",
                     f"{statistics.median(run.cpu) / run.rows * 1e9:.0f}", f"{run.peak():.0f}",
                     f"{run.time() / run.rows / base:.2f}", run.verdict])
    return table(["program", "threads", "M rows/s", "MB/s", "CPU ns a row", "peak MiB",
                  "time a row / levy's", "answers"], rows)


def find(runs, name, threads):
    return next(run for run in runs if run.name == name and run.threads == threads)


def judged(question, target, value, holds, form="{:.2f}"):
    if value is None:
        return [question, target, "", "not measured"]
    verdict = {True: "reached", False: "MISSED", None: "the machine's limit"}[holds(value)]
    return [question, target, form.format(value), verdict]


def ratio(slower, faster):
    if slower.time() is None or faster.time() is None:
        return None
    return slower.time() / slower.rows / (faster.time() / faster.rows)


def targets(runs):
    def at(name, threads=2):
        return find(runs, name, threads)
    one, two = at("levy", 1), at("levy")
    ten = at("levy, ten times")
    grown = ten.peak() - two.peak() if ten.peaks and two.peaks else None
    return table(["what", "target", "measured", ""], [
        judged("CSV: DuckDB DECIMAL / levy, 2 threads", ">= 8", ratio(at("DuckDB, DECIMAL"), two),
               lambda value: value >= 8),
        judged("JSON Lines: DuckDB / levy, 2 threads", ">= 5",
               ratio(at("DuckDB, JSON Lines"), at("levy, JSON Lines")), lambda value: value >= 5),
        judged("levy / hard-coded C++, 1 thread", "<= 1.5", ratio(one, at("hard-coded C++", 1)),
               lambda value: value <= 1.5),
        judged("levy / hard-coded C++, 2 threads", "<= 1.5", ratio(two, at("hard-coded C++")),
               lambda value: value <= 1.5),
        judged("levy, 1 thread / 2 threads", ">= 1.8", ratio(one, two), lambda value: value >= 1.8),
        judged("the same of two programs at once", "",
               ratio(one, at("levy, twice at once", 1)), lambda value: None),
        judged("all columns: DuckDB / levy, 2 threads", ">= 4",
               ratio(at("DuckDB, all columns"), at("levy, all columns")), lambda value: value >= 4),
        judged("peak MiB at ten times the rows", "< 64", ten.peak(), lambda value: value < 64,
               "{:.1f}"),
        judged("MiB more at ten times the rows", "none (< 2)", grown, lambda value: value < 2,
               "{:+.1f}"),
        judged("peak MiB, limits of a million accounts", "< 4096", at("levy, limits", 1).peak(),
               lambda value: value < 4096, "{:.0f}"),
    ])


def machine():
    name = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo") as info:
            names = [line.split(":")[1].strip() for line in info if line.startswith("model name")]
            name = names[0] if names else name
    except OSError:
        pass
    return f"{ROWS} rows, {name}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before"


def main():
    began_on = machine()
    runs = []
    for group in (csv_runs, tenth_runs, jsonl_runs, whole_runs, other_runs, memory_runs):
        some = group()
        execute_all(some, 1 if group in (other_runs, memory_runs) else ROUNDS)
        runs += some
    two = find(runs, "levy", 2)
    if two.time() is None:
        sys.exit(f"levy {two.absent}")
    report = (f"{began_on}. Medians of {ROUNDS} to {len(two.seconds)}.\n\n"
              f"{measured(runs, two.time() / two.rows)}\n{targets(runs)}")
    print(report, end="")
    with open("results.md", "w") as file:
        file.write(report)
    differing = [run for run in runs if run.verdict not in ("", "same") and "float" not in run.name]
    for run in differing:
        print(f"measure.py: {run.name}: {run.verdict} from {run.like}", file=sys.stderr)
    return 1 if differing else 0


try:
    sys.exit(main())
finally:
    shutil.rmtree(OUT, ignore_errors=True)
