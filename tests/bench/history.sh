#!/bin/sh
# A check against a history of 100,000 and of 1,000,000 rows: rows and megabytes a second, peak
# memory, and the time as a ratio to awk and to Python's csv and decimal, which add up one column.
#   sh tests/bench/history.sh [ROWS]        (1000000 by default; about two minutes on two cores)
# Builds levy into build/release and generates its data into build/bench, the same every time.
# Exit status 1: memory grows with the history, or a sum is not Python's.
set -eu
cd "$(dirname "$0")/../.."
rows=${1:-1000000}
mkdir -p build/bench
cmake -S . -B build/release -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O2 \
  -DLEVY_TESTS=OFF >/dev/null
cmake --build build/release --target levy_program

# Two years of payments up to 2026-11-20; `accounts` accounts take turns. Plain arithmetic instead
# of awk's rand(), which differs from one awk to the next.
generate() { # ROWS ACCOUNTS csv|jsonl
  awk -v rows="$1" -v accounts="$2" -v form="$3" 'BEGIN {
    names = "id,account,time,operation,amount,currency,status,method,debit"
    if (form == "csv") print names
    split(names, key, ",")
    seed = 1
    for (i = 0; i < rows; ++i) {
      seed = (seed * 16807) % 2147483647
      cents = 1 + seed % 20000
      day = int(i * 730 / rows)  # 0 .. 729 before the end, oldest first
      month = int(day / 30.4375)
      amount = sprintf("%d.%02d", int(cents / 100), cents % 100)
      time = sprintf("%d-%02d-%02dT%02d:%02d:%02dZ", 2024 + int((month + 11) / 12),
                     (month + 11) % 12 + 1, 1 + int(day % 30.4375) % 20, seed % 24,
                     int(seed / 24) % 60, int(seed / 1440) % 60)
      cell[1] = "r" i; cell[2] = "a" i % accounts; cell[3] = time
      cell[4] = seed % 3 ? "withdrawal" : "transaction"; cell[5] = amount; cell[6] = "EUR"
      cell[7] = seed % 17 ? "ok" : "declined"; cell[8] = "bank"; cell[9] = amount
      line = ""
      for (j = 1; j <= 9; ++j)
        line = line (j > 1 ? "," : "") (form == "csv" ? cell[j] : "\"" key[j] "\":\"" cell[j] "\"")
      print form == "csv" ? line : "{" line "}"
    }
  }'
}
for size in $((rows / 10)) "$rows"; do
  for form in csv jsonl; do
    for accounts in 1 1000; do
      file=build/bench/history-$size-$accounts.$form
      [ -s "$file" ] && continue
      echo "generating $file" >&2
      generate "$size" "$accounts" "$form" >"$file.part" && mv "$file.part" "$file"
    done
  done
done
python3 tests/bench/history.py "$rows"
