# Sourced by quickstart.sh and tests/run.sh: installs what is missing, on Debian and its kin.
# install_packages NAME... : through apt-get, as root or with sudo; elsewhere says what is needed.
install_packages() {
  missing=
  for package in "$@"; do
    dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "levy needs, from your system's packages: a C++20 compiler (GCC 12 or Clang 14, or newer)," >&2
    echo "CMake 3.25, gettext, Ninja, Boost.Multiprecision, nlohmann/json, CLI11, simdjson, pugixml, libedit," >&2
    echo "Howard Hinnant's date library with its time zones; for the tests Catch2 and Python 3." >&2
    echo "(Debian's names:$missing)" >&2
    return 0 # CMake says which one it cannot find
  fi
  as_root=
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      echo "Please install these packages as root, then run this again:$missing" >&2
      return 1
    fi
    as_root=sudo
  fi
  echo "Installing:$missing"
  $as_root apt-get update -qq
  # shellcheck disable=SC2086 # a list of words, on purpose
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

packages_to_build="g++ cmake gettext ninja-build libboost-dev nlohmann-json3-dev libcli11-dev
  libedit-dev libsimdjson-dev libpugixml-dev libhowardhinnant-date-dev tzdata"
packages_to_test="catch2 python3 jq pkgconf zsh fish tmux valgrind"
