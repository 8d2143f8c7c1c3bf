#!/usr/bin/env bash
# Each object before dicom3tools' dciodvfy, which knows the standard's modules and attributes.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: dciodvfy.sh OBJECT...

Checks DICOM objects with dciodvfy and prints the errors it finds. A Label Map Segmentation (1.2.840.10008.5.1.4.1.1.66.7) is of a
class of 2024: a dciodvfy that does not know it looks at nothing. Then a copy is checked as a binary segmentation, whose modules are
the same; what makes it a label map does not count: the type, a background numbered 0, frames of no single segment.

exit code: 0 no error; 1 errors; 2 bad usage; 77 dciodvfy, dcmdump or dcmodify is missing
USAGE
}

[ "${1:-}" != --help ] || { usage; exit 0; }
[ $# -ge 1 ] || { usage >&2; exit 2; }
. "$(dirname "$0")/common.sh"
require dciodvfy dcmdump dcmodify
for object in "$@"; do
  [ -f "$object" ] || { echo "dciodvfy.sh: no file $object" >&2; exit 2; }
done

binary=1.2.840.10008.5.1.4.1.1.66.4 label_map=1.2.840.10008.5.1.4.1.1.66.7
unknown='Error - Information Object Not found'
# Whole lines.
cat >"$work/of-label-maps" <<'LINES'
Error - </SegmentationType\(0062,0001\)\[1\]> - Unrecognized enumerated value = <LABELMAP>
Error - </SegmentSequence\(0062,0002\)\[1\]/SegmentNumber\(0062,0004\)\[1\]> - Value is zero
Error - </SegmentSequence\(0062,0002\)\[1\]/SegmentNumber\(0062,0004\)> - SegmentNumber not monotonically increasing from one by one - have SegmentSequence item number 1 \(from one\) with SegmentNumber of 0
Error - </(Shared|PerFrame)FunctionalGroupsSequence\(5200,92(29|30)\)\[[0-9]+\]/SegmentIdentificationSequence\(0062,000a\)> - Missing attribute for Type 1 Required - Module=<SegmentationMacro>
LINES

errors() {
  dciodvfy -new "$1" >"$work/said" 2>&1 || grep -q Error "$work/said" || echo "Error - dciodvfy broke off"
  grep Error "$work/said" || true
}

failed=0
for object in "$@"; do
  errors=$(errors "$object") note=
  if grep -qxF "$unknown" <<<"$errors" && dcmdump +P SOPClassUID -Un "$object" | grep -q "\[$label_map\]"; then
    cp "$object" "$work/binary.dcm"
    dcmodify -nb -m "SOPClassUID=$binary" "$work/binary.dcm"
    errors=$({ grep -vxF "$unknown" <<<"$errors"; errors "$work/binary.dcm"; } | grep -vxE -f "$work/of-label-maps" || true)
    note=" (class newer than dciodvfy, checked as a binary segmentation)"
  fi
  if [ -n "$errors" ]; then
    while IFS= read -r error; do echo "$object: $error" >&2; done <<<"$errors"
    failed=1
  else
    echo "$object$note: no errors"
  fi
done
exit $failed
