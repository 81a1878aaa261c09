# Makes the environment of this checkout; sourced by the commands beside it.
#
#   prepare run    what the desk needs        prepare dev    what its tests need too
#
# Finds Python, makes .venv, and brings in exactly the locked packages, each checked
# against its hash. Nothing is done when the lock has not changed, so the second time
# needs no network and no second.

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv=$root/.venv
python=$venv/bin/python
export PYTHONPATH=$root PYTHONUTF8=1
# Compiled modules are kept, whatever the shell says, but beside the packages and not in the tree:
# without them every one of the desk's processes would compile Django anew.
unset PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX=$venv/pycache

say() { printf '%s\n' "$*" >&2; }
give_up() { say "$@"; exit 3; }

prepare() {
  exec 9<"$root"
  if command -v flock >/dev/null; then flock 9; fi # two commands at once must not both install
  [ "$1" = run ] && [ -x "$venv/bin/pytest" ] && set -- dev
  local lock=$root/requirements/$1.txt stamp=$venv/.synced
  if [ ! -f "$stamp" ] || ! "$python" -c '' || [ "$(<"$stamp")" != "$(fingerprint "$lock")" ]; then
    if [ -e "$venv" ] && [ ! -w "$venv" ]; then
      give_up "$venv was made by another user and does not fit (any more): let that user run ./bin/run once," \
        "or take a checkout of your own."
    fi
    make_venv
    sync_packages "$lock"
    fingerprint "$lock" >"$stamp"
  fi
  exec 9<&-
}

fingerprint() {
  cksum <"$1"
  "$python" -c 'import sys; print(sys.version, sys.prefix)'
}

make_venv() {
  if "$python" -c 'import sys; assert sys.version_info >= (3, 11)' 2>/dev/null &&
    { [ -x "$venv/bin/uv" ] || "$python" -m pip --version >/dev/null 2>&1; }; then return; fi
  local base
  base=$(find_python) || give_up "Unbroken needs Python 3.11 or newer, and there is none on the PATH." \
    "On Debian or Ubuntu: apt-get install python3 python3-venv"
  say "Making the environment in .venv with $("$base" -V)."
  rm -rf "$venv"
  if "$base" -c 'import ensurepip' 2>/dev/null; then
    "$base" -m venv "$venv"
  elif "$base" -c 'import virtualenv' 2>/dev/null; then
    "$base" -m virtualenv --quiet "$venv"
  elif command -v uv >/dev/null; then
    uv venv --quiet --python "$base" "$venv"
  elif "$base" -m pip --version >/dev/null 2>&1; then
    "$base" -m venv --without-pip "$venv"
    "$base" -m pip --python "$python" install --quiet --require-hashes -r "$root/requirements/tool.txt"
  else
    local version
    version=$("$base" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    give_up "This Python cannot make an environment: the package python$version-venv is missing." \
      "On Debian or Ubuntu: apt-get install python$version-venv"
  fi
}

find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; assert sys.version_info >= (3, 11)' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  return 1
}

# uv takes seconds where pip takes a minute, but does not read pip's configuration: where it
# cannot reach the index that pip is told to use, pip itself does the same work from the same lock.
sync_packages() {
  say "Installing the locked packages (once; about a minute)."
  local uv=$venv/bin/uv trouble
  [ -x "$uv" ] || uv=$(command -v uv || true)
  if [ -z "$uv" ]; then
    trouble=$("$python" -m pip install --quiet --disable-pip-version-check --require-hashes \
      -r "$root/requirements/tool.txt" 2>&1) || say "$trouble"
    uv=$venv/bin/uv
  fi
  trouble=$(speak_pip_to_uv; VIRTUAL_ENV=$venv "$uv" pip sync --quiet --python "$python" --require-hashes "$1" 2>&1) && return
  "$python" -m pip --version >/dev/null 2>&1 || give_up "The packages could not be installed:" "$trouble"
  say "$trouble"
  say "uv could not install them, pip tries (slower)."
  "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1" ||
    give_up "The packages could not be installed:" "$trouble"
}

speak_pip_to_uv() {
  local index
  index=${PIP_INDEX_URL:-$("$python" -m pip config get global.index-url 2>/dev/null || true)}
  if [ -n "$index" ] && [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then export UV_DEFAULT_INDEX=$index; fi
  export UV_SYSTEM_CERTS=${UV_SYSTEM_CERTS:-1} UV_HTTP_TIMEOUT=${UV_HTTP_TIMEOUT:-120}
}
