#!/bin/sh
# Installs what is missing, builds, and runs every test. Some eight minutes on two cores.
#   sh tests/run.sh
# Two builds, of one unit a folder: one checked by AddressSanitizer and UBSan for the unit tests,
# the fuzz corpus and the program's transcripts; one optimised for the hundred thousands of quotes
# against the oracle. Then each file is looked at alone. After a change: sh tests/quick.sh
set -eu
cd "$(dirname "$0")/.."
. examples/install_packages.sh
# shellcheck disable=SC2086
install_packages $packages_to_build $packages_to_test

cmake -S . -B build/checked -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 \
  -DCMAKE_UNITY_BUILD=ON -DLEVY_SANITIZE=ON -DLEVY_WERROR=ON >/dev/null
cmake -S . -B build/fast -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O1 \
  -DLEVY_WERROR=ON >/dev/null
cmake --build build/checked --target checked_tests
cmake --build build/fast --target fast_tests

status=0
sh tests/includes.sh || status=1
ctest --test-dir build/checked -L checked -j "$(nproc)" --output-on-failure || status=1
ctest --test-dir build/fast -L fast -j "$(nproc)" --output-on-failure || status=1
exit $status
