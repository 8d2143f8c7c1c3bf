#!/usr/bin/env bash
# Each object through DCMTK: read, converted and read again, sent and received.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: dcmtk.sh OBJECT...

For each DICOM object: dcmdump must read it without a warning; dcmconv to implicit little endian and back must leave every
value as it was; dcmsend must bring it to a storescp on this machine, which must store the same values.

exit code: 0 all of this holds; 1 not; 2 bad usage; 77 a program of DCMTK is missing
USAGE
}

[ "${1:-}" != --help ] || { usage; exit 0; }
[ $# -ge 1 ] || { usage >&2; exit 2; }
. "$(dirname "$0")/common.sh"
require dcmdump dcmconv dcmsend echoscu storescp python3
for object in "$@"; do
  [ -f "$object" ] || { echo "dcmtk.sh: no file $object" >&2; exit 2; }
done

fail() { echo "dcmtk.sh: $*" >&2; exit 1; }

# Every value of the data set, and its pixels in a file; without the file meta group, in which each writer names itself, and
# without what only says how long a sequence is, or in how wide words pixels are.
values() {
  mkdir -p "$2"
  dcmdump -q +L -Un +W "$2" "$1" | grep -E '^ *\([0-9a-f]{4},' | sed -E -e '/^\(0002,/d; /^ *\(fffe,e0[0d]d\)/d' \
    -e 's/ #.*//; s/ with (undefined|explicit) length//; s/^(\(7fe0,0010\)).*/\1/' >"$2/values.txt"
  find "$2" -name '*.raw' -exec cat {} + >"$2/pixels" && find "$2" -name '*.raw' -delete
}
same() {
  values "$1" "$work/a"
  values "$2" "$work/b"
  diff "$work/a/values.txt" "$work/b/values.txt" | head -20 >&2 && cmp "$work/a/pixels" "$work/b/pixels" >&2
}

mkdir "$work/received"
port=$(free_port)
storescp -pm +xa -od "$work/received" "$port" >"$work/storescp.log" 2>&1 &
pid=$!
for _ in $(seq 50); do
  echoscu localhost "$port" 2>/dev/null && break
  sleep 0.2
done

for object in "$@"; do
  warnings=$(dcmdump -q "$object" 2>&1 >/dev/null)
  [ -z "$warnings" ] || fail "$object: dcmdump says $warnings"
  dcmconv +ti "$object" "$work/implicit.dcm"
  dcmconv +te "$work/implicit.dcm" "$work/back.dcm"
  same "$object" "$work/back.dcm" || fail "$object: changed by dcmconv"
  instance=$(dcmdump +P SOPInstanceUID "$object" | sed -n 's/.*\[\(.*\)\].*/\1/p' | head -1)
  # dcmsend exits 0 when it was refused: what counts is what lies there now
  rm -f "$work/received"/*
  dcmsend -nuc localhost "$port" "$object" || fail "$object: not sent"
  received=$(find "$work/received" -name "*$instance*")
  [ -n "$received" ] || fail "$object: not received"
  same "$object" "$received" || fail "$object: changed on the way"
  echo "$object: read, converted, sent and received by DCMTK"
done
