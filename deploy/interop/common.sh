# What the scripts beside this one share; sourced by them.

# Ends the script where a program is not installed.
require() {
  for program in "$@"; do
    command -v "$program" >/dev/null || { echo "$(basename "$0"): $program is not installed" >&2; exit 77; }
  done
}

# A folder and a process (its id) of the script's own; both are gone when it ends.
work=$(mktemp -d)
pid=
stop() {
  [ -z "$pid" ] || { kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true; }
  rm -r "$work"
}
trap stop EXIT

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
