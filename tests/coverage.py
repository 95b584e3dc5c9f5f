#!/usr/bin/env python3
"""Which lines of src ran, as gcov counted in a build.

usage: coverage.py BUILD_DIRECTORY [PERCENT]

Prints the share of each folder and of all, and what did not run: file, lines, the function. Exit status
1: less than PERCENT of all lines ran.
"""
import json
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"


def counted(data):
    """Counts by file and line, and the functions that lines are of."""
    done = subprocess.run(["gcov", "--json-format", "--stdout", data.name], cwd=data.parent,
                          capture_output=True, text=True)
    for text in done.stdout.splitlines():
        report = json.loads(text)
        for file in report["files"]:
            path = Path(report["current_working_directory"], file["file"]).resolve()
            if path.is_relative_to(SOURCE):
                yield str(path.relative_to(SOURCE)), file


def merged(build):
    counts, functions = defaultdict(lambda: defaultdict(int)), {}
    with ThreadPoolExecutor() as pool:
        for found in pool.map(lambda data: list(counted(data)), sorted(build.rglob("*.gcda"))):
            for name, file in found:
                for line in file["lines"]:
                    counts[name][line["line_number"]] += line["count"]
                for one in file["functions"]:
                    functions[name, one["start_line"], one["end_line"]] = one["demangled_name"]
    return counts, functions


def runs_of(lines):
    """4, 5, 6, 9 as 4-6 and 9."""
    runs = []
    for line in sorted(lines):
        if runs and line <= runs[-1][1] + 2:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return runs


def function_at(functions, name, line):
    inside = [(end - begin, said) for (file, begin, end), said in functions.items()
              if file == name and begin <= line <= end]
    return min(inside)[1] if inside else ""


def main(build, percent="0"):
    counts, functions = merged(Path(build).resolve())
    folders = defaultdict(lambda: [0, 0])
    for name, lines in counts.items():
        for key in (str(Path(name).parent), "all"):
            folders[key][0] += sum(1 for count in lines.values() if count)
            folders[key][1] += len(lines)
    for name, lines in sorted(counts.items()):
        for begin, end in runs_of(line for line, count in lines.items() if not count):
            print(f"not run: {name}:{begin}{f'-{end}' if end > begin else ''} {function_at(functions, name, begin)[:100]}")
    for folder, (ran, of) in sorted(folders.items()):
        print(f"{folder:20} {ran:6} of {of:6} lines, {100 * ran / of:5.1f} %")
    ran, of = folders["all"]
    return 0 if of and 100 * ran >= float(percent) * of else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
