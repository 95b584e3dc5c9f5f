#!/bin/sh
# levy inside Spark, from a clean clone: builds levy and its shared library, makes a Python
# environment with PySpark, and runs charge.py on a cluster of two worker processes.
#
#   sh examples/spark/run.sh [ROWS]          default: 10 000 000
#
# Needs what levy's build needs, Python 3.10 or later with venv, and Java 17. What is made lies in
# build/spark. LEVY_BUILD may name a build of levy, LEVY_PYTHON a Python that has pyspark and pyarrow.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$root/build/spark
build=${LEVY_BUILD:-$work/levy}
python=${LEVY_PYTHON:-$work/venv/bin/python}
command -v java >/dev/null || { echo "run.sh: there is no Java: apt install openjdk-17-jre-headless" >&2; exit 77; }
mkdir -p "$work"
if [ -z "${LEVY_BUILD:-}" ]; then
  cmake -S "$root" -B "$build" -DCMAKE_BUILD_TYPE=Release >/dev/null
  cmake --build "$build" --target levy_program levy_c -j "$(nproc)"
fi
if [ ! -x "$python" ]; then
  python3 -m venv "$work/venv"
  "$python" -m pip install --quiet 'pyspark>=3.5' pyarrow pandas
fi
exec "$python" "$root/examples/spark/charge.py" --levy "$build/levy" \
  --library "$build/liblevy_c.so.1" --work "$work" --rows "${1:-10000000}"
