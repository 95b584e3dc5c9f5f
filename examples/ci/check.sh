#!/bin/sh
# What a build server asks of a change to tariffs:
#   sh check.sh [MAIN]
# The schedules are sound and laid out, their examples come out, and what the change does to
# customers is told beside it: each schedule that differs from the branch MAIN (origin/main) is held
# against it. Where the repository keeps operations as they happened, the change must not make them
# dearer by more than the gate. Run it at the top of the repository, with all of MAIN fetched.
#   LEVY_CI_SCHEDULES      the folder of schedules: schedules
#   LEVY_CI_TRANSACTIONS   operations by tariff, FOLDER/NAME.csv for NAME.json: transactions
#   LEVY_CI_MAX_INCREASE   the gate: 0%
# Exit status 1: something has to be looked at. 2 and more: it could not be judged.
set -eu
main=${1:-origin/main}
folder=${LEVY_CI_SCHEDULES:-schedules}
transactions=${LEVY_CI_TRANSACTIONS:-transactions}
gate=${LEVY_CI_MAX_INCREASE:-0%}
summary=${GITHUB_STEP_SUMMARY:-/dev/stdout} # GitHub shows this file beside the run
form=text
[ -z "${GITHUB_ACTIONS:-}" ] || form=github # findings then stand beside the changed lines
status=0
worst() { # of the statuses so far
  [ "$1" -le "$status" ] || status=$1
}

levy validate --fail-on warning --format "$form" "$folder" || worst $?
levy fmt --check "$folder" || worst $?
levy test "$folder"/*.json || worst $?

before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
for new in "$folder"/*.json; do
  name=$(basename "$new" .json)
  old=$before/$name.json
  git show "$main:$new" >"$old" 2>/dev/null || continue # a new tariff changes nothing for anybody
  ! cmp -s "$old" "$new" || continue
  printf '\n## %s\n\n' "$name" >>"$summary"
  operations=$transactions/$name.csv
  if [ -f "$operations" ]; then
    levy diff "$old" "$new" --markdown --transactions "$operations" --max-increase "$gate" \
      >>"$summary" || worst $?
  else
    difference=0
    levy diff "$old" "$new" --markdown >>"$summary" || difference=$?
    [ "$difference" -le 1 ] || worst "$difference" # that a change changes something is no news
  fi
done
exit "$status"
