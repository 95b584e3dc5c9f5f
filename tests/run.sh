#!/bin/sh
# Installs what is missing, builds, and runs tests.
#   sh tests/run.sh                   every test; some sixteen minutes on two cores
#   sh tests/run.sh --all             and all below, for hours; at last, what each group counted
#   sh tests/run.sh --sanitize address|thread    every test, under that sanitizer
#   sh tests/run.sh --fuzz SECONDS    libFuzzer, so long for each target; needs Clang
#   sh tests/run.sh --coverage        lines of src that the tests run, and those that they do not
#   sh tests/run.sh --faults          every call of every command fails once, with each error
# Two builds, of one unit a folder: one checked by AddressSanitizer and UBSan for the unit tests,
# the fuzz corpus and the program's transcripts; one optimised for the hundred thousands of quotes
# against the oracle. Then each file is looked at alone. After a change: sh tests/quick.sh
set -eu
cd "$(dirname "$0")/.."
. examples/install_packages.sh

# Warnings are errors. configure DIRECTORY OPTION...
configure() {
  directory=$1
  shift
  cmake -S . -B "$directory" -G Ninja -DLEVY_WERROR=ON "$@" >/dev/null
}

# Runs what is labelled so in the build, or all. run_tests DIRECTORY [OPTION...]
run_tests() {
  directory=$1
  shift
  ctest --test-dir "$directory" -j "$(nproc)" --output-on-failure "$@" || status=1
}

ordinary() {
  configure build/checked -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 \
    -DCMAKE_UNITY_BUILD=ON -DLEVY_SANITIZE=ON
  configure build/fast -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O1
  cmake --build build/checked --target checked_tests
  cmake --build build/fast --target fast_tests
  sh tests/includes.sh || status=1
  run_tests build/checked -L checked
  run_tests build/fast -L fast
}

# Left out: what looks at the build itself, and the bounds of time and memory, which are the program's
# and not the sanitizer's. LD_PRELOAD and a sanitizer do not go together.
sanitized() {
  case $1 in
    address) setting=ON ;;
    thread) setting=thread ;;
    *) echo "sanitizers are address and thread" >&2 && exit 2 ;;
  esac
  configure "build/sanitized-$1" -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O1 \
    -DCMAKE_UNITY_BUILD=ON -DLEVY_SANITIZE=$setting -DLEVY_WERROR=OFF
  cmake --build "build/sanitized-$1" --target checked_tests fast_tests
  TSAN_OPTIONS=halt_on_error=1 run_tests "build/sanitized-$1" --timeout 7200 \
    -E '^(install|hardening|faults|scale|schema|python|tidy|window|pages)$'
}

fuzz() {
  command -v clang++ >/dev/null || { echo "fuzz: skipped, there is no clang++"; return; }
  CXX=clang++ CC=clang configure build/fuzz -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O1 \
    -DCMAKE_UNITY_BUILD=ON -DLEVY_SANITIZE=ON -DLEVY_FUZZ=ON -DLEVY_WERROR=OFF
  cmake --build build/fuzz --target fuzz
  mkdir -p build/fuzz/broken
  for target in json schedule question table rates profile history oracle; do
    mkdir -p "build/fuzz/found/$target" "tests/fuzz/corpus/$target"
    given=tests/fuzz/corpus/$target
    [ $target != schedule ] || given="$given tests/data/schedule schedules"
    [ $target != rates ] || given="$given tests/data/rates"
    # shellcheck disable=SC2086
    FUZZ_TARGET=$target build/fuzz/tests/fuzz -max_total_time="$1" -timeout=20 -rss_limit_mb=2048 \
      -max_len=20000 -print_final_stats=1 -artifact_prefix="build/fuzz/broken/$target-" \
      "build/fuzz/found/$target" $given >"build/fuzz/$target.log" 2>&1 || {
      tail -30 "build/fuzz/$target.log"
      status=1
    }
    echo "fuzz $target: $(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz/$target.log") executions"
  done
}

coverage() {
  configure build/coverage -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 \
    -DCMAKE_UNITY_BUILD=ON -DLEVY_COVERAGE=ON
  cmake --build build/coverage --target checked_tests fast_tests
  find build/coverage -name '*.gcda' -delete
  run_tests build/coverage -E '^(install|hardening|scale|schema|tidy)$'
  python3 tests/coverage.py build/coverage 95 || status=1
}

faults() {
  configure build/fast -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O1
  cmake --build build/fast --target levy_program
  python3 tests/cli/check_faults.py build/fast/levy "${CC:-cc}" --all || status=1
}

# The last line that each test printed.
counts() {
  for log in build/*/Testing/Temporary/LastTest.log; do
    [ -f "$log" ] || continue
    echo "${log%%/Testing*}"
    awk '/^[0-9]+\/[0-9]+ Test: / { name = $3 }
         /^<end of output>/ { printf "  %-24s %s\n", name, last }
         NF { last = $0 }' "$log"
  done
}

# shellcheck disable=SC2086
install_packages $packages_to_build $packages_to_test
status=0
case ${1-} in
  "") ordinary ;;
  --sanitize) sanitized "${2-}" ;;
  --fuzz) fuzz "${2:?seconds}" ;;
  --coverage) coverage ;;
  --faults) faults ;;
  --all)
    ordinary
    faults
    sanitized address
    sanitized thread
    coverage
    fuzz 3600
    counts
    ;;
  *) sed -n '2,8p' tests/run.sh >&2 && exit 2 ;;
esac
exit $status
