#!/bin/sh
# The whole matrix: every workload of instructions.py and every shipped schedule, in rows a second on
# one and on two threads, nanoseconds of processor time and instructions a row; then the programs that
# levy is measured against (run.sh), as far as they are there.
#   sh tests/bench/matrix.sh [ROWS [FILTER]]
# Builds levy into build/release. Instructions need valgrind and are left out without it.
set -eu
cd "$(dirname "$0")/../.."
cmake -S . -B build/release -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O2 \
  -DLEVY_TESTS=OFF >/dev/null
cmake --build build/release --target levy_program
python3 tests/bench/matrix.py build/release/levy "${1:-200000}" "${2:-}"
[ $# -gt 1 ] || sh tests/bench/run.sh "${1:-200000}"
