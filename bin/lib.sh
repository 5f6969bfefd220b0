# Shared by the scripts beside it: where we are, and steps that say their name before and their time after.
# shellcheck shell=bash
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# Where a toolchain is usually unpacked, for shells that do not know yet, and where Debian keeps PostgreSQL's programs.
for folder in /opt/*/usr/bin /usr/share/swift/usr/bin "${HOME:-/root}/.local/share/swiftly/bin"; do
  if [ -x "$folder/swift" ]; then PATH="$PATH:$folder"; fi
done
export PATH="$PATH:/usr/lib/postgresql/15/bin"

# step NAME COMMAND…: says NAME, runs COMMAND, says how long it took.
step() {
  local name=$1 begun=$SECONDS
  shift
  printf '== %s\n' "$name"
  if "$@"; then
    printf '   %s: done in %d s\n' "$name" $((SECONDS - begun))
  else
    local code=$?
    printf '   %s: FAILED after %d s (exit code %d)\n' "$name" $((SECONDS - begun)) "$code" >&2
    return "$code"
  fi
}

# free_port: a TCP port of this machine that nobody listens on.
free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
