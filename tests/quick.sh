#!/bin/sh
# The inner loop: builds what changed, then runs the unit tables, the transcripts, the schedules'
# examples and tidy. Some ten seconds after a change of one source file, on two cores.
#   sh tests/quick.sh [WORD]      only the unit cases and transcripts whose names contain WORD
# The first time it builds everything, for minutes, and so it does after a change of a header that
# all include. tests/run.sh runs every test.
set -eu
cd "$(dirname "$0")/.."
. examples/install_packages.sh
# shellcheck disable=SC2086
install_packages $packages_to_build $packages_to_test
word=${1-}
build=build/quick
if [ ! -f $build/build.ninja ]; then
  linker= # the usual one takes seconds
  for one in mold lld; do
    command -v $one >/dev/null && linker=-fuse-ld=$one && break
  done
  cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 \
    -DLEVY_WERROR=ON -DCMAKE_EXE_LINKER_FLAGS=$linker >/dev/null
fi
cmake --build $build --target levy_program unit_tests tidy >$build/log || {
  grep -v '^\[' $build/log | head -60
  exit 1
}
status=0
$build/tests/tidy . || status=1
$build/tests/unit_tests ${word:+"*$word*"} || status=1
python3 tests/cli/run.py $build/levy ${word:+"$word"} || status=1
[ -n "$word" ] || $build/levy test schedules/*.json >$build/log || {
  tail -30 $build/log
  status=1
}
exit $status
