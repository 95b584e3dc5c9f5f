#!/bin/sh
# Holds the shipped schedules and every case of tests/diagnostics against what `levy schema` prints,
# with another program's validator: ajv, which npm installs into FOLDER when it is not there yet.
#   sh tests/schema/check.sh LEVY_BINARY FOLDER
# Status 77, skipped: no node, no npm, or ajv cannot be installed.
set -eu
levy=$1 folder=$2 here=$(cd "$(dirname "$0")" && pwd)
skip() {
  echo "skipped: $1" >&2
  exit 77
}
command -v node >/dev/null || skip "there is no node"
mkdir -p "$folder"
if ! [ -d "$folder/node_modules/ajv" ]; then
  command -v npm >/dev/null || skip "there is no npm to install ajv with"
  npm install --prefix "$folder" --silent --no-audit --no-fund ajv@8 >&2 ||
    skip "npm cannot install ajv here"
fi
"$levy" schema >"$folder/schedule.schema.json"
exec node "$here/check.cjs" "$folder" "$here/../.."
