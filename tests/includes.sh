#!/bin/sh
# Each source file includes what it needs: every one is looked at alone, which the builds, of one
# unit a folder, do not do. Prints what a file misses; a minute and a half on two cores.
#   sh tests/includes.sh [FOLDER...]      default: all folders of src
set -eu
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- src
look() {
  find "$@" -name '*.cpp' -print | sort |
    xargs -P "$(nproc)" -n 4 sh -c 'for file; do
      "${CXX:-c++}" -std=c++20 -fsyntax-only -w -Isrc -DLEVY_VERSION=\"0\" \
        -DLEVY_COMMIT=\"\" \
        -DLEVY_LIBRARIES=\"\" -DLEVY_DATA_FROM_PROGRAM=\"/\" -DLEVY_DATA_DIR=\"/\" "$file" 2>&1 || exit 1; done' sh
}
look "$@" || { echo "includes: a file does not compile alone" >&2 && exit 1; }
