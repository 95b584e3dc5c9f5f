#!/bin/sh
# Makes levy's packages: a .deb for Debian and its kin, and a .tar.gz to unpack anywhere. Libraries
# are linked statically, but the C library; so one package serves Debian 12 and later.
#   sh examples/package.sh [DIRECTORY]        default: build/packages
# The same commit gives the same bytes wherever it is built: SOURCE_DATE_EPOCH, by default the time
# of the commit, is the only time in them. DEBFULLNAME and DEBEMAIL name the packager.
set -eu
cd "$(dirname "$0")/.."
. examples/install_packages.sh
# shellcheck disable=SC2086
install_packages $packages_to_build dpkg-dev file

output=${1:-build/packages}
mkdir -p "$output"
output=$(cd "$output" && pwd)
work=$(mktemp -d "${TMPDIR:-/var/tmp}/levy-package-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
umask 022
export LC_ALL=C TZ=UTC
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct 2>/dev/null || date +%s)}"
: "${DEBFULLNAME:=$(git config user.name || echo levy)}"
: "${DEBEMAIL:=$(git config user.email || echo levy@localhost)}"
export SOURCE_DATE_EPOCH DEBFULLNAME DEBEMAIL

# Debian has no static library of these two: they are built from the sources of its own packages.
. /etc/os-release
mkdir -p "$work/apt/lists/partial"
echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]" \
  "${DEBIAN_MIRROR:-http://deb.debian.org/debian} $VERSION_CODENAME main" >"$work/apt/sources.list"
apt_source() {
  apt-get -qq -o Dir::Etc::SourceList="$work/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State::Lists="$work/apt/lists" -o APT::Sandbox::User=root "$@"
}
static_library() { # a source package, then options of its build
  package=$1
  shift
  mkdir "$work/$package"
  (cd "$work/$package" && apt_source source "$package" >/dev/null)
  source=$(echo "$work/$package"/*/)
  cmake -S "$source" -B "$work/$package/build" -G Ninja -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_POLICY_VERSION_MINIMUM=3.5 -DBUILD_SHARED_LIBS=OFF \
    -DCMAKE_POSITION_INDEPENDENT_CODE=ON -DCMAKE_INSTALL_PREFIX="$work/static" \
    -DCMAKE_CXX_FLAGS="-ffile-prefix-map=$work=." "$@" >/dev/null
  cmake --build "$work/$package/build" >/dev/null
  cmake --install "$work/$package/build" >/dev/null
}
apt_source update
static_library simdjson -DSIMDJSON_DEVELOPER_MODE=OFF
static_library howardhinnant-date -DBUILD_TZ_LIB=ON -DUSE_SYSTEM_TZ_DB=ON \
  -DCOMPILE_WITH_C_LOCALE=ON

cmake -S . -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DLEVY_TESTS=OFF \
  -DCMAKE_INSTALL_PREFIX=/usr -DCMAKE_INSTALL_LIBDIR=lib \
  -DLEVY_ZSH_DIR=zsh/vendor-completions -DLEVY_LINKS_STATICALLY=ON \
  -DCMAKE_PREFIX_PATH="$work/static" >/dev/null
cmake --build "$work/build"
(cd "$work/build" && cpack -G DEB >"$work/cpack.log" 2>&1) || {
  cat "$work/cpack.log" >&2
  exit 3
}
package=$(basename "$work"/build/levy_*.deb)
mv "$work/build/$package" "$output"

# levy_0.1.0-1_amd64.deb; levy-0.1.0-amd64.tar.gz, which has the C interface as well.
name=$(echo "$package" | sed 's/^levy_\(.*\)-[^-_]*_\(.*\)\.deb$/levy-\1-\2/')
for component in program c_library; do
  cmake --install "$work/build" --component $component --strip --prefix "$work/tree/$name" \
    >/dev/null
done
cp -r LICENSE README.md examples/python "$work/tree/$name"
cp src/install/debian/copyright "$work/tree/$name/LIBRARIES"
tar -C "$work/tree" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
  --mode=go-w -cf - "$name" | gzip -9n >"$output/$name.tar.gz"
ls -l "$output"
