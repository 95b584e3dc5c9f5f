#!/bin/sh
# Tries the packages of examples/package.sh on bare Debians: debootstrap's smallest system, with no
# library of levy's. Each is made once, in $TMPDIR (/var/tmp), and kept for the next run.
#   sh tests/install/check_packages.sh DIRECTORY [SUITE...]    default: bookworm trixie
# The .deb installs, runs, and is gone without a trace when it is removed; the .tar.gz runs where it
# is unpacked; lintian has no error to tell. Needs root, debootstrap and the network; lintian where it
# is installed. Not part of tests/run.sh.
set -eu
packages=$(cd "$1" && pwd)
shift
[ $# -gt 0 ] || set -- bookworm trixie
deb=$(ls "$packages"/levy_*.deb) tar=$(ls "$packages"/levy-*.tar.gz)

fail() {
  echo "check_packages: $*"
  exit 1
}

inside() { # a command, in the machine; mounts end with it
  unshare --mount --pid --fork --kill-child --mount-proc="$machine/proc" \
    chroot "$machine" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
}
files() { # what dpkg's own records do not cover
  (cd "$machine" && find . -xdev \( -path ./proc -o -path ./var/lib/dpkg -o -path ./var/log \
    -o -path ./var/cache \) -prune -o -print | sort)
}
works() { # the program: figures of a schedule that it finds by itself, and every example
  inside "$1" quote okpay withdrawal 250 --method bank --tier verified --at 2026-11-20 |
    grep -q '^Arrives  *247.50 EUR' || fail "$suite: $1 does not quote"
  inside sh -c "\"$1\" test \"$2\"/share/levy/schedules/*.json" | tail -1
  others=$(inside ldd "$1" | grep -Ev 'linux-vdso|ld-linux|/lib(c|m)\.so' || true)
  [ -z "$others" ] || fail "$suite: $1 needs more than the C library:" "$others"
}

for suite; do
  machine=${TMPDIR:-/var/tmp}/levy-bare-$suite
  if [ ! -e "$machine.made" ]; then
    debootstrap --variant=minbase "$suite" "$machine" >"$machine.log" 2>&1 ||
      fail "debootstrap $suite: $(tail -1 "$machine.log")"
    touch "$machine.made"
  fi
  before=$(files)
  cp "$deb" "$machine/root/levy.deb"
  inside dpkg -i /root/levy.deb >/dev/null
  rm "$machine/root/levy.deb"
  works /usr/bin/levy /usr
  inside dpkg --verify levy
  inside dpkg --purge levy >/dev/null
  [ "$(files)" = "$before" ] || fail "$suite: something is left when levy is removed"

  mkdir "$machine/opt/unpacked"
  tar -C "$machine/opt/unpacked" -xzf "$tar"
  name=$(basename "$tar" .tar.gz)
  works "/opt/unpacked/$name/bin/levy" "/opt/unpacked/$name"
  others=$(inside ldd "/opt/unpacked/$name/lib/liblevy_c.so.1" |
    grep -Ev 'linux-vdso|ld-linux|/lib(c|m)\.so' || true)
  [ -z "$others" ] || fail "$suite: liblevy_c.so.1 needs more than the C library:" "$others"
  rm -r "$machine/opt/unpacked"
  echo "check_packages: $suite: passed"
done
if command -v lintian >/dev/null; then
  lintian --fail-on error "$deb" || fail "lintian has errors"
else
  echo "check_packages: lintian is not installed"
fi
