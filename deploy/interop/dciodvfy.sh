#!/usr/bin/env bash
# Each object before dicom3tools' dciodvfy, which knows the standard's modules and attributes.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: dciodvfy.sh OBJECT...

Checks DICOM objects with dciodvfy and prints the errors it finds. A Label Map Segmentation (1.2.840.10008.5.1.4.1.1.66.7) is of a
class of 2024: a dciodvfy that does not know it says so, and holds the background's segment number 0 against it; these two lines
are shown and do not count.

exit code: 0 no error; 1 errors; 2 bad usage; 77 dciodvfy or dcmdump is missing
USAGE
}

[ "${1:-}" != --help ] || { usage; exit 0; }
[ $# -ge 1 ] || { usage >&2; exit 2; }
for program in dciodvfy dcmdump; do
  command -v "$program" >/dev/null || { echo "dciodvfy.sh: $program is not installed" >&2; exit 77; }
done

label_map=1.2.840.10008.5.1.4.1.1.66.7
failed=0
for object in "$@"; do
  [ -f "$object" ] || { echo "dciodvfy.sh: no file $object" >&2; exit 2; }
  errors=$(dciodvfy -new "$object" 2>&1 | grep '^Error' || true)
  if [ -n "$errors" ] && dcmdump +P SOPClassUID -Un "$object" | grep -q "\[$label_map\]"; then
    echo "$errors" | sed "s|^|$object (class newer than dciodvfy): |"
    errors=$(echo "$errors" | grep -v -e 'Information Object Not found' -e 'SegmentNumber not monotonically' || true)
  fi
  if [ -n "$errors" ]; then
    echo "$errors" | sed "s|^|$object: |" >&2
    failed=1
  else
    echo "$object: no errors"
  fi
done
exit $failed
