#!/bin/sh
# Installs levy, moves the tree elsewhere, and uses what is there.
#   check_install.sh BUILD_DIRECTORY CXX_COMPILER C_COMPILER
# The program finds its schedules beside itself; every file is where its reader looks; and programs in
# C++ and in C are built against the libraries, through pkg-config and through CMake.
set -eu
build=$1 cxx=$2 cc=$3 here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset LEVY_SCHEDULES || true

fail() {
  echo "$*"
  exit 1
}

cmake --install "$build" --prefix "$scratch/first" >/dev/null
mv "$scratch/first" "$scratch/moved"
root=$scratch/moved
levy=$root/bin/levy

# ---- the program and its data
ask() {
  "$1" quote okpay withdrawal 250 --method bank --tier verified --at 2026-11-20 --json |
    jq -r .fees.EUR
}
[ "$(ask "$levy")" = 2.50 ] || fail "the installed program does not find its schedules"
ln -s "$levy" "$scratch/levy"
[ "$(ask "$scratch/levy")" = 2.50 ] || fail "called through a link it does not find them"
found=$(cd / && PATH=$root/bin:$PATH && ask levy)
[ "$found" = 2.50 ] || fail "called by its name it does not find them"

"$levy" --version --json | jq -e '.version and .compiler and .iso_4217 and .libraries.Boost and
  has("commit") and has("tzdata")' >/dev/null || fail "--version --json lacks something"
"$levy" schema | cmp -s - "$root/share/levy/schedule.schema.json" || fail "the schema is another one"
"$levy" schema mapping | cmp -s - "$root/share/levy/mapping.schema.json" || fail "that of mappings is"
"$levy" schema rates | cmp -s - "$root/share/levy/rates.schema.json" || fail "that of rates is"
for page in "$here"/../../man/*.[157]; do
  [ -s "$root/share/man/man${page##*.}/${page##*/}" ] || fail "$page is not installed"
done
for shell in bash:bash-completion/completions/levy zsh:zsh/site-functions/_levy \
  fish:fish/vendor_completions.d/levy.fish; do
  "$levy" completion "${shell%%:*}" | cmp -s - "$root/share/${shell#*:}" ||
    fail "the completion of ${shell%%:*} is another one, or not installed"
done

# ---- the libraries
uses() { # a program: does it answer as it should?
  [ "$(LD_LIBRARY_PATH="$library" "$1")" = "17.30 EUR" ] || fail "$1 does not work"
}
library=$(dirname "$(find "$root" -name liblevy.a)")
PKG_CONFIG_PATH=$library/pkgconfig
export PKG_CONFIG_PATH
# shellcheck disable=SC2046 # words, on purpose
"$cxx" -std=c++20 "$here/user/user.cpp" -o "$scratch/cpp" $(pkg-config --cflags --libs levy)
uses "$scratch/cpp"
# shellcheck disable=SC2046
"$cc" "$here/user/user.c" -o "$scratch/c_static" $(pkg-config --cflags --libs levy)
uses "$scratch/c_static"
# shellcheck disable=SC2046
"$cc" -std=c99 "$here/user/user.c" -o "$scratch/c" $(pkg-config --cflags --libs levy_c)
uses "$scratch/c"
readelf -d "$scratch/c" | grep -q 'NEEDED.*\[liblevy_c\.so\.1\]' || fail "no soname is needed"
others=$(nm -D --defined-only "$library/liblevy_c.so.1" | awk '$3 !~ /^levy_|^LEVY_1/')
[ -z "$others" ] || fail "the shared library shows more than the C interface:" "$others"

# Another project's build, which finds levy by the tree's place alone.
cmake -S "$here/user" -B "$scratch/build" -DCMAKE_PREFIX_PATH="$root" \
  -DCMAKE_CXX_COMPILER="$cxx" -DCMAKE_C_COMPILER="$cc" >/dev/null
cmake --build "$scratch/build" >/dev/null
uses "$scratch/build/cpp_user"
uses "$scratch/build/c_user"
echo "the installed tree works"
