#!/bin/bash
# Whole volumes through the service: a pre-operative head of 512 x 512 x 400 voxels by REST, live heads of growing size that are turned and moved.
# Prints what each stage took, what memory is in use, and the Dice of what was published against the truth.
#
#   src/benchmarks/whole-volumes.sh --folder NEW [--live "128x128x128 256x256x256 512x512x200"] [--heap 3g] [--procedures 1]
#
# Needs Debian's mricron-data, kcat, curl, python3-nibabel, python3-pydicom and python3-scipy. Nothing of it is kept in this repository.
set -euo pipefail

live="128x128x128 256x256x256 512x512x200"
heap=3g
procedures=1
folder=
while [ $# -gt 0 ]; do
    case $1 in
        --folder) folder=$2 ;;
        --live) live=$2 ;;
        --heap) heap=$2 ;;
        --procedures) procedures=$2 ;;
        *) echo "whole-volumes: unknown option $1; see the head of this script" >&2; exit 2 ;;
    esac
    shift 2
done
[ -n "$folder" ] || { echo "whole-volumes: --folder NEW is missing" >&2; exit 2; }
cd "$(dirname "$0")/../.."
jar=src/demo/target/quarkus-app/quarkus-run.jar
serve=src/service/target/quarkus-app/quarkus-run.jar
if [ ! -f "$jar" ] || [ ! -f "$serve" ]; then
    ./mvnw -q -B -DskipTests -pl src/demo -am package
fi
mkdir -p "$folder/pre"
heads=src/benchmarks/whole_head.py
kafka=localhost:19292
http=http://localhost:18292

echo "making the pre-operative head"
[ -f "$folder/pre/labels.nii.gz" ] || /usr/bin/python3 $heads preoperative "$folder/pre" 512 512 400

trap 'kill $(jobs -p) 2> /dev/null || true; wait' EXIT
java -Dregstream.home="$PWD" -jar "$jar" broker --port "${kafka##*:}" > "$folder/broker.log" 2>&1 &
timeout 120 bash -c "until kcat -b $kafka -L > /dev/null 2>&1; do sleep 1; done"
KAFKA_BOOTSTRAP_SERVERS=$kafka java "-Xmx$heap" -Dregstream.home="$PWD" -jar "$serve" serve --port "${http##*:}" > "$folder/service.log" 2>&1 &
service=$!
until curl -sf $http/q/health/ready > /dev/null; do
    kill -0 "$service" || { tail -n 3 "$folder/service.log" >&2; exit 1; }
    sleep 1
done

study() {
    echo "1.2.826.0.1.3680043.10.1.$1"
}

for n in $(seq "$procedures"); do
    /usr/bin/time -f "POST of 512 x 512 x 400 voxels: %e s" curl -sS -f \
        -F "procedure={\"schema\":1,\"id\":\"head-$n\",\"live\":{\"studyInstanceUid\":\"$(study "$n")\"},\"ageBudgetSeconds\":60}" \
        -F "preoperative=@$folder/pre/image.nii.gz" -F "labels=@$folder/pre/labels.nii.gz" "$http/procedures" -o "$folder/post.json"
done
grep -o 'procedure head.* are taken' "$folder/service.log"
kcat -C -b "$kafka" -t registration.procedures -o beginning -e -q -f 'bundle of %k: %S bytes\n'
grep -o 'of the pre-operative image[^"]*' "$folder/post.json"

metric() {
    curl -s "$http/q/metrics" | awk -v name="regstream_stage_seconds_sum{stage=\"$1\"}" '$1 == name {print $2}'
}

# Offsets of the student's labels: the ensemble's come later.
published() {
    kcat -C -b "$kafka" -t display.labels -o beginning -e -q -f '%o %h\n' 2> /dev/null | awk '/labels.student/ {print $1}' || true
}

echo "| live voxels | decode, s | waiting for the network, s | align, look and fit, s | encode, s | resident, MiB | Dice |"
echo "|---|---|---|---|---|---|---|"
for size in $live; do
    IFS=x read -r columns rows slices <<< "$size"
    rm -rf "$folder/live" && mkdir "$folder/live"
    before=$(published | wc -l)
    decode=$(metric decode) register=$(metric register) encode=$(metric encode) wait=$(metric wait)
    /usr/bin/python3 $heads live "$folder/live" "$(study 1)" "$columns" "$rows" "$slices"
    java -Dregstream.home="$PWD" -jar "$jar" replay --folder "$folder/live" --bootstrap "$kafka" > "$folder/replay.log" 2>&1
    for _ in $(seq 120); do
        [ "$(published | wc -l)" -gt "$before" ] && break
        sleep 1
    done
    kcat -C -b "$kafka" -t display.labels -o "$(published | tail -n 1)" -c 1 -e -q -f '%s' > "$folder/labels.dcm"
    dice=$(/usr/bin/python3 $heads dice "$folder/labels.dcm" "$columns" "$rows" "$slices" | tr '\n' ' ')
    resident=$(($(awk '/VmRSS/ {print $2}' "/proc/$service/status") / 1024))
    difference() {
        awk -v a="$(metric "$1")" -v b="${2:-0}" 'BEGIN {printf "%.2f", a - b}'
    }
    echo "| $size | $(difference decode "$decode") | $(difference wait "$wait") | $(difference register "$register") | $(difference encode "$encode") | $resident | $dice|"
done
