#!/bin/sh
# Holds the shipped schedules and every case of tests/diagnostics against what `levy schema` prints,
# with another program's validator: ajv, which npm installs into FOLDER when it is not there yet.
#   sh tests/schema/check.sh LEVY_BINARY FOLDER
# Then by VS Code's own engine, where npm can give it, with the words it shows of each key.
# Then what `levy validate --format sarif` prints against the schema of SARIF 2.1.0, where npm can
# give a package that carries it.
# Status 77, skipped: no node, no npm, or ajv cannot be installed.
set -eu
levy=$1 folder=$2 here=$(cd "$(dirname "$0")" && pwd)
skip() {
  echo "skipped: $1" >&2
  exit 77
}
registry() { # npm, for two minutes at most: one that does not answer is one that is not there
  timeout 120 npm "$@"
}
command -v node >/dev/null || skip "there is no node"
mkdir -p "$folder"
if ! [ -d "$folder/node_modules/ajv" ]; then
  command -v npm >/dev/null || skip "there is no npm to install ajv with"
  registry install --prefix "$folder" --silent --no-audit --no-fund ajv@8 >&2 ||
    skip "npm cannot install ajv here"
fi
"$levy" schema >"$folder/schedule.schema.json"
"$levy" schema rates >"$folder/rates.schema.json"
"$levy" schema mapping >"$folder/mapping.schema.json"
node "$here/check.cjs" "$folder" "$here/../.." "$levy"
if [ -d "$folder/node_modules/vscode-json-languageservice" ] ||
  registry install --prefix "$folder" --silent --no-audit --no-fund vscode-json-languageservice@5.7.2 >&2
then
  node "$here/editor.cjs" "$folder" "$here/../.."
else
  echo "not held by VS Code's engine: npm cannot give it here" >&2
fi
if ! [ -f "$folder/sarif.js" ]; then
  # Its archive alone: the schema is all that is wanted of it.
  archive=$(cd "$folder" && registry pack --silent @datadog/datadog-ci-plugin-sarif@5.25.0) &&
    tar -xzOf "$folder/$archive" package/dist/bundle.js >"$folder/sarif.new" &&
    mv "$folder/sarif.new" "$folder/sarif.js" || {
    echo "SARIF not held against its schema: npm cannot give it here" >&2
    exit 0
  }
fi
exec node "$here/sarif.cjs" "$folder" "$here/../.." "$levy"
