"""Operations charged and judged by levy inside Spark, in four ways, each held against one process.

usage: charge.py --levy PROGRAM --library LIBRARY --work DIRECTORY [--rows N] [--partitions N]
                 [--ways NAME,...]

  pipe        RDD.pipe: each partition through one `levy batch --filter`
  transform   SQL's TRANSFORM, tab-separated
  arrow       mapInArrow over the C interface, in the executors' Python
  limits      by repartition(account) and sortWithinPartitions(account, time), --sorted account,time
  killed      pipe once more, with an executor killed in the middle

The cluster is local-cluster[2,1,1024]: two worker processes with an executor of one core each. Every
answer must be that of one process, row by row (sorted); prints rows a second and core, and of the
executors' time what levy's processes took. Exit status 1: an answer differs.
"""
import argparse
import glob
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCHEDULE = ROOT / "schedules" / "okpay.json"
COLUMNS = ["id", "account", "time", "operation", "amount", "method"]
RESULTS = "status,fee,reason"
ACCOUNTS = 100_003  # a prime: an account's operations lie far from each other
CORES = 2
WAYS = ["pipe", "transform", "arrow", "killed", "limits"]
ANSWER = ["--select", "id", "--results", RESULTS, "--set", "tier=verified"]


def parsed(words):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("levy", "library", "work"):
        parser.add_argument("--" + name, required=True, type=os.path.abspath)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--partitions", type=int, default=16)
    parser.add_argument("--ways", type=lambda text: text.split(","), default=WAYS)
    return parser.parse_args(words)


def session(options):
    """Spark with two workers; what Python its executors run, and where they find levy, is said."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ["SPARK_WORKER_DIR"] = str(Path(options.work) / "workers")
    builder = (SparkSession.builder.master(f"local-cluster[{CORES},1,1024]").appName("levy")
               .config("spark.executor.memory", "1024m")
               .config("spark.executorEnv.LEVY_LIBRARY", options.library)
               .config("spark.executorEnv.PYTHONPATH", str(ROOT / "examples" / "python"))
               .config("spark.sql.session.timeZone", "UTC")
               .config("spark.sql.shuffle.partitions", options.partitions)
               .config("spark.sql.adaptive.enabled", "false")
               .config("spark.ui.showConsoleProgress", "false")
               .config("spark.local.dir", str(Path(options.work) / "local")))
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    return spark


def make_table(spark, options):
    """The operations, as lines of CSV in files: by number, so that each run has the same."""
    path = Path(options.work) / f"table-{options.rows}"
    if (path / "_SUCCESS").exists():
        return str(path)
    rows = spark.range(0, options.rows, 1, options.partitions).selectExpr(
        "id", f"concat('a', lpad(id % {ACCOUNTS}, 6, '0')) account",
        "date_format(timestamp_seconds(1793491200 + id div 4), \"yyyy-MM-dd'T'HH:mm:ss'Z'\") time",
        "'withdrawal' operation",
        "concat(cast(5 + id * 7919 % 6000 as string), '.', lpad(id * 31 % 100, 2, '0')) amount",
        "element_at(array('bank', 'card', 'wallet', 'bank', 'nothing'), cast(1 + id * 13 % 5 as int)) method")
    rows.selectExpr(f"concat_ws(',', {', '.join(COLUMNS)}) line").write.mode("overwrite").text(str(path))
    return str(path)


def levy_words(options, *more):
    return [options.levy, "batch", str(SCHEDULE), "--filter", "--columns", ",".join(COLUMNS), *ANSWER,
            *more]


# Runs a command, and leaves its processor time in a file of its own.
TIMED = """directory=$1
shift
"$@"
status=$?
times > "$directory/$$"
exit $status
"""


def timed(options, words, times):
    """The command line that runs a command by the script above."""
    script = Path(options.work) / "timed.sh"
    script.write_text(TIMED)
    return shlex.join(["sh", str(script), times, *words])


def seconds_of(times):
    """Processor seconds in all files of `times`: the second line is that of the shell's children."""
    total = 0.0
    for path in glob.glob(times + "/*"):
        for part in Path(path).read_text().splitlines()[1].split():
            minutes, seconds = part.rstrip("s").split("m")
            total += 60 * float(minutes) + float(seconds)
    return total


def sorted_digest(command):
    """SHA-256 of the lines in the order of their bytes, and how many there are."""
    shell = f"({command}) | LC_ALL=C sort -S 20% | tee >(wc -l >&2) | sha256sum"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=True)
    return done.stdout.split()[0], int(done.stderr.split()[0])


def executor_seconds(spark):
    """The executors' own figure: how long all tasks so far have run."""
    address = f"{spark.sparkContext.uiWebUrl}/api/v1/applications/{spark.sparkContext.applicationId}"
    with urllib.request.urlopen(address + "/executors") as answer:
        return sum(one["totalDuration"] for one in json.load(answer) if one["id"] != "driver") / 1000


class Report:
    """What each way came to, beside one process."""

    def __init__(self, spark, options):
        self.spark, self.options, self.failed = spark, options, False
        self.times = str(Path(options.work) / "times")

    def single(self, table, limits):
        """One process on one thread; rows a second, and the digest that all must have."""
        words = levy_words(self.options, "--threads", "1")
        order = f"cat {table}/part-*"
        if limits:
            words += ["--enforce-limits", "--sorted", "account,time"]
            order += " | LC_ALL=C sort -t, -k2,2 -k3,3 -S 20%"
        rows = Path(self.options.work) / "rows.csv"
        subprocess.run(["bash", "-c", f"{order} > {rows}"], check=True)
        before, start = os.times(), time.monotonic()
        with open(rows, "rb") as source, open(Path(self.options.work) / "single.csv", "wb") as target:
            subprocess.run(words, stdin=source, stdout=target, check=True)
        after, wall = os.times(), time.monotonic() - start
        rows.unlink()
        used = after.children_user + after.children_system - before.children_user - before.children_system
        print(f"one process{', limits' if limits else ''}: {wall:.1f} s, "
              f"{self.options.rows / used / 1e6:.2f} M rows a second and core", flush=True)
        return sorted_digest(f"cat {self.options.work}/single.csv")

    def way(self, name, run, wanted):
        """Runs one way, whose lines must be the wanted ones."""
        target = str(Path(self.options.work) / name)
        shutil.rmtree(target, ignore_errors=True)
        shutil.rmtree(self.times, ignore_errors=True)
        os.makedirs(self.times)
        before, start = executor_seconds(self.spark), time.monotonic()
        run(target)
        wall = time.monotonic() - start
        task, own = executor_seconds(self.spark) - before, seconds_of(self.times)
        share = f", levy {own:.1f} s of the executors' {task:.1f} s ({100 * own / task:.0f} %)" if own else ""
        same = sorted_digest(f"cat {target}/part-*") == wanted
        self.failed |= not same
        print(f"{name}: {wall:.1f} s, {self.options.rows / wall / CORES / 1e6:.2f} M rows a second and "
              f"core{share}: {'the same' if same else 'OTHER ANSWERS'}", flush=True)
        shutil.rmtree(target)


def pipe(spark, table, options, times):
    lines = spark.sparkContext.textFile(table, options.partitions)
    command = timed(options, levy_words(options), times)
    return lambda target: lines.pipe(command, checkCode=True).saveAsTextFile(target)


def typed(spark, table):
    schema = ", ".join(f"{name} string" for name in COLUMNS)
    return spark.read.schema(schema).csv(table)


def transform(spark, rows, options, times, *more):
    """SQL's TRANSFORM: rows go as tabs and \\N, which is what levy calls TSV."""
    rows.createOrReplaceTempView("operations")
    words = levy_words(options, "--input-format", "tsv", "--output-format", "tsv", *more)
    script = timed(options, words, times).replace("\\", "\\\\").replace("'", "\\'")
    form = "ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t' NULL DEFINED AS '\\\\N'"
    answers = spark.sql(f"SELECT TRANSFORM({', '.join(COLUMNS)}) {form} USING '{script}' "
                        f"AS (id, status, fee, reason) {form} FROM operations")
    return lambda target: write(answers, target)


def write(answers, target):
    """As the single process writes them: a null is an empty cell."""
    cells = ", ".join(f"coalesce({name}, '')" for name in ("id", "status", "fee", "reason"))
    answers.selectExpr(f"concat_ws(',', {cells})").write.text(target)


def arrow(spark, rows, options):
    schedule = str(SCHEDULE)

    def charge(batches):
        import levy  # in the executor's Python; LEVY_LIBRARY names the library
        import pyarrow

        tariff = levy.Tariff.load(schedule)
        for batch in batches:
            table = tariff.batch_table(pyarrow.Table.from_batches([batch]), select=["id"],
                                       results=RESULTS.split(","), set={"tier": "verified"}, threads=1)
            yield from table.to_batches()

    answers = rows.mapInArrow(charge, "id string, status string, fee string, reason string")
    return lambda target: write(answers, target)


def is_halfway(spark):
    """Are some tasks of a running stage done, and others not?"""
    tracker = spark.sparkContext.statusTracker()
    stages = [tracker.getStageInfo(one) for one in tracker.getActiveStageIds()]
    return any(one and 0 < one.numCompletedTasks < one.numTasks for one in stages)


def kill_one_executor(application):
    """Ends an executor of this application, as a machine that fails does."""
    for path in glob.glob("/proc/[0-9]*/cmdline"):
        try:
            words = Path(path).read_bytes().split(b"\0")
        except OSError:
            continue
        if b"--app-id" in words and words[words.index(b"--app-id") + 1] == application.encode():
            os.kill(int(path.split("/")[2]), signal.SIGKILL)
            print("an executor was killed in the middle", flush=True)
            return


def killed(spark, run):
    def both(target):
        thread = threading.Thread(target=run, args=(target,))
        thread.start()
        while thread.is_alive() and not is_halfway(spark):
            time.sleep(0.01)
        if thread.is_alive():
            kill_one_executor(spark.sparkContext.applicationId)
        else:
            print("the run was over before an executor could be killed: take more rows", flush=True)
        thread.join()
    return both


def main(words):
    options = parsed(words)
    os.makedirs(options.work, exist_ok=True)
    spark = session(options)
    table = make_table(spark, options)
    report = Report(spark, options)
    times = report.times
    rows = typed(spark, table)
    fees = {"pipe": lambda: pipe(spark, table, options, times),
            "transform": lambda: transform(spark, rows, options, times),
            "arrow": lambda: arrow(spark, rows, options),
            "killed": lambda: killed(spark, pipe(spark, table, options, times))}
    chosen = [name for name in fees if name in options.ways]
    wanted = report.single(table, limits=False) if chosen else None
    for name in chosen:
        report.way(name, fees[name](), wanted)
    if "limits" in options.ways:
        wanted = report.single(table, limits=True)
        ordered = rows.repartition(options.partitions, "account").sortWithinPartitions("account", "time")
        report.way("limits", transform(spark, ordered, options, times, "--enforce-limits", "--sorted",
                                       "account,time"), wanted)
    spark.stop()
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
