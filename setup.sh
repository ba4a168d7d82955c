#!/bin/sh
# Make the project's own .venv from the lock file. Safe to repeat; quick when nothing changed.
set -eu
cd "$(dirname "$0")"
PYTHON=${PYTHON:-python3}
"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "dadkhah needs Python 3.11 or newer; set PYTHON to one." >&2
  exit 1
}
stamp=.venv/setup-stamp
wanted=$(cat requirements.lock pyproject.toml setup.sh | cksum)
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && exit 0

if [ ! -x .venv/bin/python ]; then
  "$PYTHON" -m venv .venv 2>/dev/null || {
    rm -rf .venv
    # Debian keeps ensurepip apart, in python3-venv
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
    fi
    "$PYTHON" -m venv .venv || {
      echo "Python cannot make a virtual environment: apt-get install python3-venv" >&2
      exit 1
    }
  }
fi
echo "Installing what dadkhah needs into .venv ..."
.venv/bin/python -m pip install --quiet --disable-pip-version-check uv
.venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements.lock
.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps -e .
echo "$wanted" > "$stamp"
