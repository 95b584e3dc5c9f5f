#!/bin/sh
# Instructions a row of levy batch, against instructions.json with ten per cent of room.
#   sh tests/bench/instructions.sh [--update] [FILTER]
# Builds levy into build/release. Needs valgrind; a count is the same however busy the machine is.
set -eu
cd "$(dirname "$0")/../.."
cmake -S . -B build/release -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O2 \
  -DLEVY_TESTS=OFF >/dev/null
cmake --build build/release --target levy_program
exec python3 tests/bench/instructions.py build/release/levy -O2 "$@"
