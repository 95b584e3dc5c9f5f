#!/bin/sh
# Runs both commands of the README on a bare Debian of its own: debootstrap's smallest system, as
# root, with nothing else installed. What is committed is what is tested.
#   sh tests/fresh_machine.sh bookworm|trixie [gcc|clang] [quickstart|tests|all]
# Needs root, debootstrap and the network; takes the host's Debian mirror. Half an hour for `all`,
# 4 GB in $TMPDIR (/var/tmp) while it runs, nothing after. Not part of tests/run.sh.
set -eu
cd "$(dirname "$0")/.."

usage() {
  sed -n 's/^#   sh /usage: sh /p' tests/fresh_machine.sh >&2
  exit 2
}
suite=${1-} compiler=${2-gcc} what=${3-all}
case $suite in bookworm | trixie) ;; *) usage ;; esac
case $compiler in gcc | clang) ;; *) usage ;; esac
case $what in quickstart | tests | all) ;; *) usage ;; esac
if [ "$(id -u)" -ne 0 ] || ! command -v debootstrap >/dev/null; then
  echo "This needs root, and debootstrap (apt-get install debootstrap)." >&2
  exit 2
fi

# The host's mirror and proxy, of either form of its sources; else Debian's own.
mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources \
  2>/dev/null | sed -n 's/^URIs:[[:space:]]*//p; s/^deb[[:space:]]\(\[[^]]*\][[:space:]]*\)\{0,1\}//p' |
  awk '$1 ~ /\/debian\/?$/ { print $1; exit }')
mirror=${mirror:-http://deb.debian.org/debian}
proxy=$(apt-config dump 2>/dev/null | sed -n 's/^Acquire::http::[Pp]roxy "\(.*\)";/\1/p')
[ -z "$proxy" ] || export http_proxy="$proxy"
extra=
case $mirror in https:*) extra=--include=ca-certificates ;; esac

machine=$(mktemp -d "${TMPDIR:-/var/tmp}/levy-$suite-XXXXXX")
chmod 755 "$machine" # apt reads as a user of its own
# Mounts are made in a mount namespace, and end with it.
trap 'rm -rf --one-file-system "$machine"' EXIT
trap 'exit 130' INT TERM HUP

inside() { # a command, in the machine, with no variable of ours but the proxy's
  unshare --mount --pid --fork --kill-child --mount-proc="$machine/proc" \
    sh -c 'mount -t devpts devpts "$0/dev/pts" && exec chroot "$0" "$@"' "$machine" \
    env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    ${http_proxy:+http_proxy="$http_proxy"} "$@"
}

failed=0
run() { # what the README says, and how long it took
  begin=$(date +%s)
  outcome=passed
  # shellcheck disable=SC2086 # nothing, or one variable
  inside $chosen sh -c 'cd /root/levy && exec sh "$1"' sh "$1" || outcome="FAILED (status $?)"
  [ "$outcome" = passed ] || failed=1
  echo "fresh_machine: $suite, $compiler: sh $1: $outcome after $(($(date +%s) - begin)) s"
}

echo "fresh_machine: $suite from $mirror"
# shellcheck disable=SC2086 # nothing, or one option
debootstrap --variant=minbase $extra "$suite" "$machine" "$mirror" >"$machine.log" 2>&1 || {
  tail -5 "$machine.log" >&2
  rm -f "$machine.log"
  exit 3
}
rm -f "$machine.log"
[ -z "$proxy" ] || echo "Acquire::http::Proxy \"$proxy\";" >"$machine/etc/apt/apt.conf.d/proxy"
git -c safe.directory='*' clone --quiet --no-local . "$machine/root/levy"
chosen="env" # GCC is what the commands install and find
if [ "$compiler" = clang ]; then
  inside sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends clang' >/dev/null
  chosen="env CXX=clang++"
fi
inside sh -c '. /etc/os-release; echo "fresh_machine: $PRETTY_NAME, $(dpkg-query -W | wc -l) packages"'
[ "$what" = tests ] || run examples/quickstart.sh
[ "$what" = quickstart ] || run tests/run.sh
exit $failed
