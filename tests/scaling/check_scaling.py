#!/usr/bin/env python3
"""The recipes of levy-scaling(7), each run and held against one process.

usage: check_scaling.py LEVY_BINARY [ROWS]

GNU parallel; ClickHouse's executable functions, whose server's part is played here where there is no
ClickHouse; DuckDB; PostgreSQL. Whatever is not installed is skipped with a message. Prints rows a
second. Exit status 1: an engine's answers are others; 77: all were skipped.
"""
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCHEDULE = ROOT / "schedules" / "okpay.json"
COLUMNS = ["id", "account", "time", "operation", "amount", "method"]
ANSWERS = ["id", "status", "fee", "reason"]
COMMON = ["--set", "tier=verified", "--select", "id", "--results", "status,fee,reason"]


class Skipped(Exception):
    """What is missing, and how it would be had."""


def need(program, package):
    found = shutil.which(program)
    if not found:
        raise Skipped(f"there is no {program}: {package}")
    return found


def rows_of(count):
    """Operations as lists of cells; None is not given."""
    methods = ["bank", "card", "wallet", "nothing", None]
    for number in range(count):
        hour, minute, second = number // 3600 % 24, number // 60 % 60, number % 60
        yield [str(number), "a%03d" % (number % 500), f"2026-11-01T{hour:02}:{minute:02}:{second:02}Z",
               "withdrawal", "%d.%02d" % (5 + number * 7919 % 900, number % 100), methods[number % 5]]


class Table:
    """The operations as files, and what one process makes of them."""

    def __init__(self, levy, folder, count):
        self.levy, self.folder, self.count = levy, folder, count
        self.rows = list(rows_of(count))
        self.csv, self.tsv = folder / "rows.csv", folder / "rows.tsv"
        self.csv.write_text("".join(",".join(cell or "" for cell in row) + "\n" for row in self.rows))
        self.tsv.write_text("".join("\t".join("\\N" if cell is None else cell for cell in row) + "\n"
                                    for row in self.rows))
        self.charged_csv = self.filtered("csv", self.csv.read_bytes())
        self.charged_tsv = self.filtered("tsv", self.tsv.read_bytes())

    def words(self, form, *more):
        return [self.levy, "batch", str(SCHEDULE), "--filter", "--input-format", form, "--columns",
                ",".join(COLUMNS), *COMMON, *more]

    def shell(self, form, *more):
        return " ".join("'" + word + "'" for word in self.words(form, *more))

    def filtered(self, form, data, *more):
        return subprocess.run(self.words(form, *more), input=data, stdout=subprocess.PIPE,
                              check=True).stdout


def differing(wanted, came):
    for number, (one, other) in enumerate(zip(wanted.splitlines(), came.splitlines())):
        if one != other:
            return f"line {number + 1} is {other!r}, and {one!r} in one process"
    return f"{len(came)} bytes, and {len(wanted)} in one process"


# ---- GNU parallel --------------------------------------------------------------------------------

def parallel(table):
    program = need("parallel", "apt install parallel")
    told = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    if not told.startswith("GNU parallel"):
        raise Skipped("this parallel is not GNU parallel: apt install parallel")
    done = subprocess.run([program, "--pipepart", "-k", "-a", str(table.csv), "--block", "64k",
                           table.shell("csv")], stdout=subprocess.PIPE, check=True)
    if done.stdout != table.charged_csv:
        yield differing(table.charged_csv, done.stdout)


# ---- ClickHouse ----------------------------------------------------------------------------------

def clickhouse_pool(table):
    """What the server does for a function of type executable_pool with send_chunk_header: it keeps
    the process, writes how many rows come and the rows, and reads as many answers."""
    run = subprocess.Popen(table.words("tsv", "--chunk-header"), stdin=subprocess.PIPE,
                           stdout=subprocess.PIPE)

    def write(block):
        run.stdin.write(block)
        run.stdin.flush()

    lines, came, begin = table.tsv.read_bytes().splitlines(keepends=True), [], 0
    for size in (1, 2, 700, 0, 65_409) * (1 + table.count // 65_409):
        block = lines[begin:begin + size]
        writer = threading.Thread(target=write, args=(b"%d\n" % len(block) + b"".join(block),))
        writer.start()  # the server reads while it writes
        came += [run.stdout.readline() for _ in block]
        writer.join()
        begin += size
    run.stdin.close()
    if run.wait() != 0 or b"".join(came) != table.charged_tsv:
        yield differing(table.charged_tsv, b"".join(came))


def clickhouse(table):
    """The executable table function of a real ClickHouse."""
    program = need("clickhouse", "clickhouse.com/docs/install")
    scripts = table.folder / "user_scripts"
    scripts.mkdir()
    script = scripts / "levy.sh"
    script.write_text("#!/bin/sh\nexec " + table.shell("tsv") + "\n")
    script.chmod(0o755)
    types = ", ".join(f"{name} Nullable(String)" for name in ANSWERS)
    given = ", ".join(f"{name} Nullable(String)" for name in COLUMNS)
    query = (f"SELECT * FROM executable('levy.sh', TabSeparated, '{types}', "
             f"(SELECT * FROM file('{table.tsv}', TabSeparated, '{given}'))) FORMAT TabSeparated")
    done = subprocess.run([program, "local", "--query", query, "--", f"--user_scripts_path={scripts}"],
                          stdout=subprocess.PIPE, check=True)
    if sorted(done.stdout.splitlines()) != sorted(table.charged_tsv.splitlines()):
        yield differing(table.charged_tsv, done.stdout)


# ---- DuckDB --------------------------------------------------------------------------------------

def duckdb(table):
    """Parquet in and out: COPY ... TO a pipe, and read_csv from one."""
    try:
        import duckdb as engine
    except ImportError:
        raise Skipped("there is no DuckDB: pip install duckdb") from None
    source, target = table.folder / "rows.parquet", table.folder / "charged.parquet"
    engine.sql(f"COPY (SELECT * FROM read_csv('{table.csv}', header=false, all_varchar=true, "
               f"names={COLUMNS})) TO '{source}' (FORMAT parquet)")
    out = f"COPY (FROM '{source}' ORDER BY id::int) TO '/dev/stdout' (FORMAT csv, HEADER false)"
    back = (f"COPY (FROM read_csv('/dev/stdin', header=false, all_varchar=true, names={ANSWERS})) "
            f"TO '{target}' (FORMAT parquet)")
    duck = [sys.executable, "-c", "import duckdb, sys; duckdb.sql(sys.argv[1])"]
    first = subprocess.Popen([*duck, out], stdout=subprocess.PIPE)
    levy = subprocess.Popen(table.words("csv"), stdin=first.stdout, stdout=subprocess.PIPE)
    last = subprocess.Popen([*duck, back], stdin=levy.stdout)
    first.stdout.close()
    levy.stdout.close()
    if [run.wait() for run in (last, levy, first)] != [0, 0, 0]:
        yield "one of the three ended with an error"
        return
    cells = engine.sql(f"SELECT * FROM '{target}' ORDER BY id::int").fetchall()
    came = "".join(",".join(cell or "" for cell in row) + "\n" for row in cells).encode()
    if came != table.charged_csv:
        yield differing(table.charged_csv, came)


# ---- PostgreSQL ----------------------------------------------------------------------------------

class Cluster:
    """A PostgreSQL of its own in a folder, that listens on a socket there; root lends it to the
    user postgres, as its programs refuse to run as root."""

    def __init__(self, programs, folder):
        self.programs, self.folder = programs, folder
        self.prefix = []
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(folder, user.pw_uid, user.pw_gid)
            self.prefix = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"]

    def __enter__(self):
        data = str(self.folder / "data")
        self.run(self.programs / "initdb", "-D", data, "-A", "trust", "-N", "-U", "levy")
        self.run(self.programs / "pg_ctl", "-D", data, "-w", "-l", str(self.folder / "log"), "-o",
                 f"-k {self.folder} -c listen_addresses=''", "start")
        return self

    def __exit__(self, *_):
        self.run(self.programs / "pg_ctl", "-D", str(self.folder / "data"), "-m", "fast", "-w", "stop")

    def run(self, program, *words):
        return subprocess.run([*self.prefix, str(program), *words], cwd=self.folder, check=True,
                              stdout=subprocess.PIPE).stdout

    def sql(self, text):
        return self.run(self.programs / "psql", "-h", str(self.folder), "-U", "levy", "-d", "postgres",
                        "-qAt", "-v", "ON_ERROR_STOP=1", "-c", text)


def postgresql_programs():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise Skipped("there is no PostgreSQL server: apt install postgresql-15")
    return found[-1].parent


def postgresql(table):
    """COPY ... TO PROGRAM through levy, and COPY ... FROM PROGRAM back."""
    folder = table.folder / "postgresql"
    folder.mkdir()
    with Cluster(postgresql_programs(), folder) as cluster:
        cluster.sql(f"CREATE TABLE operations ({', '.join(name + ' text' for name in COLUMNS)})")
        cluster.sql(f"COPY operations FROM '{table.tsv}'")
        cluster.sql(f"CREATE TABLE charged ({', '.join(name + ' text' for name in ANSWERS)})")
        out = folder / "charged.tsv"
        program = (table.shell("tsv") + f" > {out}").replace("'", "''")
        cluster.sql("COPY (SELECT * FROM operations ORDER BY id::int) TO PROGRAM '" + program + "'")
        cluster.sql(f"COPY charged FROM '{out}'")
        came = cluster.sql("COPY (SELECT * FROM charged ORDER BY id::int) TO STDOUT")
        if came != table.charged_tsv:
            yield differing(table.charged_tsv, came)
        yield from function_in_postgresql(table, cluster)


def function_in_postgresql(table, cluster):
    """examples/postgresql: quotes by a function over the C interface."""
    library, headers = table.library(), cluster_headers(cluster)
    if library is None or headers is None:
        why = "liblevy_c.so.1 is not built" if headers else "apt install postgresql-server-dev-15"
        print(f"  the function of examples/postgresql is skipped: {why}")
        return
    module = cluster.folder / "levy_pg.so"
    subprocess.run(["cc", "-O2", "-fPIC", "-shared", "-Wall", "-Werror", "-I", headers, "-I",
                    str(ROOT / "src"), "-o", str(module), str(ROOT / "examples/postgresql/levy_pg.c"),
                    str(library), f"-Wl,-rpath,{library.parent}"], check=True)
    cluster.sql(f"CREATE FUNCTION levy_quote(schedule text, request jsonb) RETURNS jsonb AS '{module}', "
                "'levy_pg_quote' LANGUAGE C STABLE STRICT")
    schedule = SCHEDULE.read_text().replace("'", "''")
    cluster.sql(f"CREATE TABLE tariffs AS SELECT '{schedule}'::text AS schedule")
    fees = cluster.sql(
        "SELECT id, coalesce(levy_quote(schedule, q) #>> '{fees,EUR}', levy_quote(schedule, q) #>> "
        "'{error,code}') FROM tariffs, (SELECT id, jsonb_strip_nulls(jsonb_build_object('operation', "
        "operation, 'amount', amount, 'method', method, 'time', time, 'tier', 'verified')) AS q FROM "
        "operations ORDER BY id::int LIMIT 1000) AS asked").decode()
    wanted = [line.split("\t") for line in table.charged_tsv.decode().splitlines()[:1000]]
    if fees.splitlines() != [f"{row[0]}|{row[3] if row[1] == 'error' else row[2]}" for row in wanted]:
        yield "levy_quote() answers otherwise than levy batch"


def cluster_headers(cluster):
    headers = Path("/usr/include/postgresql") / cluster.programs.parent.name / "server"
    return str(headers) if (headers / "postgres.h").exists() else None


# --------------------------------------------------------------------------------------------------

RECIPES = (parallel, clickhouse_pool, clickhouse, duckdb, postgresql)


def library_beside(levy):
    path = Path(levy).with_name("liblevy_c.so.1")
    return path if path.exists() else None


def main(words):
    if not words:
        sys.exit(__doc__)
    levy, count = os.path.abspath(words[0]), int(words[1]) if len(words) > 1 else 100_000
    failed = ran = False
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        folder.chmod(0o755)  # other users' programs read the rows
        table = Table(levy, folder, count)
        table.library = lambda: library_beside(levy)
        for recipe in RECIPES:
            start = time.perf_counter()
            try:
                failures = list(recipe(table))
            except Skipped as missing:
                print(f"{recipe.__name__}: skipped, {missing}")
                continue
            ran = True
            seconds = time.perf_counter() - start
            print(f"{recipe.__name__}: {count / seconds:,.0f} rows a second, from nothing to the end")
            for failure in failures:
                print(f"{recipe.__name__}: {failure}")
                failed = True
    return 1 if failed else 0 if ran else 77


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
