#!/usr/bin/env bash
# Orthanc between a scanner and the service: a study goes to Orthanc by C-STORE, Orthanc forwards it by STOW-RS, and takes the
# results back by WADO-RS.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: orthanc.sh SERVICE STUDY_FOLDER

Starts this machine's Orthanc, set up as in deploy/orthanc, on free ports and with a folder of its own; sends the DICOM files of
STUDY_FOLDER to it with storescu; waits until the service at SERVICE (such as http://localhost:8080) has results of that study,
for which it must have a procedure; retrieves them into Orthanc and looks for them there.

exit code: 0 every result is in Orthanc and every job ended well; 1 not; 2 bad usage; 77 a program is missing
environment: REGSTREAM_WAIT  seconds to wait for results (default 120)
USAGE
}

[ "${1:-}" != --help ] || { usage; exit 0; }
if [ $# -ne 2 ] || [ ! -d "$2" ]; then usage >&2; exit 2; fi
service=${1%/} folder=$2 limit=${REGSTREAM_WAIT:-120}

. "$(dirname "$0")/common.sh"
require Orthanc storescu dcmdump curl python3

settings=$(cd "$(dirname "$0")/../orthanc" && pwd)

http_port=$(free_port) dicom_port=$(free_port)
export ORTHANC_USER=interop ORTHANC_PASSWORD=interop
orthanc=http://localhost:$http_port

python3 - "$settings" "$work" "$http_port" "$dicom_port" "$service" <<'PYTHON'
import json, pathlib, sys

settings, work, http_port, dicom_port, service = sys.argv[1:]
orthanc = json.loads(pathlib.Path(settings, "orthanc.json").read_text())
plugins = [folder for folder in orthanc["Plugins"] if pathlib.Path(folder).is_dir()]
orthanc.update(StorageDirectory=work + "/db", IndexDirectory=work + "/db", TemporaryDirectory=work, Plugins=plugins,
               HttpPort=int(http_port), DicomPort=int(dicom_port),
               LuaScripts=[settings + "/forward.lua", settings + "/forward-dicomweb.lua"])
orthanc["DicomWeb"]["Servers"]["regstream"]["Url"] = service + "/dicomweb/"
pathlib.Path(work, "db").mkdir()
pathlib.Path(work, "orthanc.json").write_text(json.dumps(orthanc))
PYTHON

Orthanc "$work/orthanc.json" >"$work/orthanc.log" 2>&1 &
pid=$!
ask() { curl --silent --show-error --fail --max-time 60 --user "$ORTHANC_USER:$ORTHANC_PASSWORD" "$@"; }
for _ in $(seq 100); do
  ask "$orthanc/system" >/dev/null 2>&1 && break
  kill -0 "$pid" 2>/dev/null || { cat "$work/orthanc.log" >&2; exit 1; }
  sleep 0.2
done

first=$(find "$folder" -type f | sort | head -1)
study=$(dcmdump +P StudyInstanceUID "$first" | sed -n 's/.*\[\(.*\)\].*/\1/p' | head -1)
storescu -aec ORTHANC +sd +r localhost "$dicom_port" "$folder"
echo "sent $(find "$folder" -type f | wc -l) files to Orthanc"

results() {
  curl --silent --max-time 60 "$service/dicomweb/studies/$study/metadata" | python3 -c '
import json, sys
found = json.load(sys.stdin)
for one in found if isinstance(found, list) else []:
    print(one["00080018"]["Value"][0], one["00080060"]["Value"][0], one["0008103E"]["Value"][0], sep="\t")' 2>/dev/null || true
}

failed_jobs() {
  ask "$orthanc/jobs?expand" | python3 -c '
import json, sys
for job in json.load(sys.stdin):
    if job["State"] == "Failure": print(job["Type"], job.get("ErrorDescription"), job.get("ErrorDetails"))' | sort | uniq -c
}

# Labels come first, maps and fields a little later: done when nothing has come for three seconds.
deadline=$((SECONDS + limit)) before='' quiet=0
while [ "$SECONDS" -lt "$deadline" ] && { [ -z "$before" ] || [ "$quiet" -lt 3 ]; }; do
  sleep 1
  now=$(results)
  [ "$now" = "$before" ] && quiet=$((quiet + 1)) || quiet=0
  before=$now
done
if [ -z "$before" ]; then
  echo "orthanc.sh: no result of the study within $limit s; jobs in Orthanc that failed:" >&2
  failed_jobs >&2
  grep '^[EW]' "$work/orthanc.log" | tail -5 >&2
  exit 1
fi

ask --data "{\"Resources\": [{\"Study\": \"$study\"}], \"Synchronous\": true}" \
  "$orthanc/dicom-web/servers/regstream/retrieve" >/dev/null

missing=0
while IFS=$'\t' read -r instance modality description; do
  held=$(ask --data "{\"Level\": \"Instance\", \"Query\": {\"SOPInstanceUID\": \"$instance\"}}" "$orthanc/tools/find")
  if [ "$(tr -d ' \n' <<<"$held")" = "[]" ]; then
    echo "missing in Orthanc: $instance $modality $description" >&2
    missing=$((missing + 1))
  else
    echo "in Orthanc: $modality $description"
  fi
done <<<"$before"
# Nothing that came back may be taken for a live image and forwarded again.
sleep 1
failed=$(failed_jobs)
[ -z "$failed" ] || echo "jobs in Orthanc failed: $failed" >&2
[ "$missing" -eq 0 ] && [ -z "$failed" ]
