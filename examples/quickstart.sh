#!/bin/sh
# Builds levy and puts it to work: quotes real tariffs, and runs the examples that they carry.
#   sh examples/quickstart.sh
set -eu
cd "$(dirname "$0")/.."
. examples/install_packages.sh
# shellcheck disable=SC2086
install_packages $packages_to_build

cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Release -DLEVY_TESTS=OFF >/dev/null
cmake --build build
export LEVY_SCHEDULES="$PWD/schedules" PATH="$PWD/build:$PATH"

say() { # the command, then what it answers
  printf '\n$ '
  printf '%s ' "$@" | sed 's/ $//'
  printf '\n'
  "$@"
}
say levy quote okpay withdrawal "250 EUR" --method bank --tier verified
say levy quote okpay withdrawal "250 EUR" --tier verified
say levy quote okpay withdrawal --receive "100 EUR" --method card --tier verified
say levy quote okpay conversion "100 EUR" --to USD --tier basic --rates examples/rates.json
say levy check okpay withdrawal "250 EUR" --method bank --profile examples/check/profile.json \
  --history examples/check/history.csv --at 2026-11-20 || true # declined is an answer
say levy test schedules/*.json
printf '\nlevy is build/levy. Next: man ./man/levy.1, and schedules/ for tariffs to read.\n'
