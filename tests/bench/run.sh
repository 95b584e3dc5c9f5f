#!/bin/sh
# levy batch against DuckDB, a hard-coded C++ program, awk and Python, on the same operations.
#   sh tests/bench/run.sh [ROWS]        (10 000 000 by default, about ten minutes on two cores)
# Builds levy into build/release and generates its data into build/bench, the same every time.
# Prints two tables and writes them to build/bench/results.md; status 1 where an exact program's
# answers are not levy's. A program that is not there is skipped, and the table says so.
set -eu
cd "$(dirname "$0")/../.."
rows=${1:-10000000}
tenth=$((rows / 10 > 0 ? rows / 10 : 1))
bench=build/bench
mkdir -p $bench/node

cmake -S . -B build/release -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O2 \
  -DLEVY_TESTS=OFF >/dev/null
cmake --build build/release --target levy_program

compiler=${CXX:-g++}
$compiler -O2 -std=c++20 tests/bench/generate.cpp -o $bench/generate
rm -f $bench/peer_hardcoded
$compiler -O3 -march=native -std=c++20 -pthread tests/bench/peer_hardcoded.cpp \
  -o $bench/peer_hardcoded || echo "the hard-coded program cannot be built here: skipped" >&2
if ! [ -d $bench/node/node_modules/@duckdb ] && command -v npm >/dev/null; then
  (cd $bench/node && npm install --silent --no-audit --no-fund @duckdb/node-api@1.5.6-r.1) ||
    echo "DuckDB cannot be installed by npm: skipped" >&2
fi

generate() { # FILE KIND ROWS, unless it is there already
  [ "$(cat "$bench/$1.rows" 2>/dev/null)" = "$2 $3" ] && [ -f "$bench/$1" ] && return
  echo "generating $1, $3 rows" >&2
  $bench/generate "$2" "$3" >"$bench/$1"
  echo "$2 $3" >"$bench/$1.rows"
}
generate payments.csv csv "$rows"
generate payments.jsonl jsonl "$rows"
generate tenth.csv csv "$tenth"
generate limits.csv limits "$rows"
generate wide.csv wide "$rows"
status=0
calls=$((rows < 1000000 ? rows : 1000000))
echo "telco, $calls calls:" >&2
python3 examples/telco/telco.py --levy build/release/levy --calls $calls --calls-file $bench/calls.csv >&2 ||
  status=1
cd $bench
python3 ../../tests/bench/measure.py ../release/levy "$rows" || status=1
exit $status
