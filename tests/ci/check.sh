#!/bin/sh
# Runs the files of examples/ci in a scratch Git repository, as people would use them.
#   sh tests/ci/check.sh LEVY_BINARY
# Status 77, skipped: there is no git.
set -eu
levy=$(realpath "$1") here=$(cd "$(dirname "$0")" && pwd)
command -v git >/dev/null || { echo "skipped: there is no git" >&2 && exit 77; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin" "$scratch/home" "$scratch/work"
ln -s "$levy" "$scratch/bin/levy"
export PATH="$scratch/bin:$PATH" HOME="$scratch/home" GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a \
  GIT_COMMITTER_EMAIL=a@example.org
unset GITHUB_ACTIONS GITHUB_STEP_SUMMARY LEVY_CI_SCHEDULES LEVY_CI_TRANSACTIONS LEVY_CI_MAX_INCREASE
cd "$scratch/work"
passed=0 failed=0
expect() { # WHAT STATUS TEXT COMMAND...: the command's status, and a text somewhere in its output
  what=$1 wanted=$2 text=$3 came=0
  shift 3
  "$@" >"$scratch/out" 2>&1 || came=$?
  if [ "$came" -eq "$wanted" ] && { [ -z "$text" ] || grep -qF -e "$text" "$scratch/out"; }; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "$what: status $came, not $wanted, or no \"$text\" in:"
    cat "$scratch/out"
  fi
}
tariff() { # FLAT PERCENT TOTAL: of 100 EUR
  cat <<END | levy fmt -
{"levy": 1, "id": "card", "currency": "EUR", "rounding": {"mode": "up"},
 "fees": [{"id": "card", "operation": "pay", "percent": "$2", "flat": "$1 EUR", "collect": "on_top",
           "accept": [{"code": "fee_above_amount", "reason": "as published"}]}],
 "examples": [{"quote": {"operation": "pay", "amount": "100 EUR"}, "expect": {"total": "$3 EUR"}}]}
END
}
commit() { git commit -qm "$1"; }

git init -q -b main
mkdir schedules transactions
tariff 0.25 1.5 1.75 >schedules/card.json
printf 'operation,amount,currency\npay,100,EUR\npay,20,EUR\n' >transactions/card.csv
cp "$here/../../examples/ci/pre-commit" .git/hooks/pre-commit
git add .
expect "a sound tariff is committed" 0 "" commit "The tariff"

git checkout -q -b change
sed -i 's/"1.5"/"1.5%"/' schedules/card.json
git add schedules
expect "a percent sign is refused" 1 "a number has no percent sign" commit "With a sign"
levy validate --fix --write schedules/card.json >/dev/null
expect "what is staged counts, not what lies there" 1 "percent sign" commit "Still with a sign"
git add schedules
expect "a repaired file is as it was" 1 "nothing to commit" git commit -m "Repaired"

tariff 0.25 1.6 1.75 >schedules/card.json
git add schedules
expect "an example that does not come out is refused" 1 "1.85" commit "Dearer"
tariff 0.25 1.6 1.85 | tr -d '\n' >schedules/card.json
git add schedules
expect "a file that is not laid out is refused" 1 "levy fmt --write" commit "On one line"
tariff 0.25 1.6 1.85 >schedules/card.json
git add schedules
expect "a dearer tariff is a tariff" 0 "" commit "Dearer"
echo note >README
git add README
tariff 0.25 1.5% 1 >schedules/card.json
expect "a commit without schedules is not looked at" 0 "" commit "A note"
git checkout -q schedules

check="sh $here/../../examples/ci/check.sh"
expect "the gate lets nothing rise" 1 "more than 0 %" $check main
LEVY_CI_MAX_INCREASE=10% expect "a gate lets so much rise" 0 "no more than 10 %" $check main
mv transactions elsewhere
expect "without operations a change is told and let through" 0 "## card" $check main
expect "the change itself is told" 0 "rise" $check main
mv elsewhere transactions
LEVY_CI_MAX_INCREASE=much expect "a gate that is none" 2 "is not a percentage" $check main
expect "nothing changes against itself" 0 "1 passed" $check change
tariff 0.25 1.5% 1 >schedules/card.json
GITHUB_ACTIONS=true expect "on GitHub findings stand beside the lines" 2 "::error file=schedules/card.json" $check main

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
