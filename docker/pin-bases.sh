#!/bin/sh
# Writes the digests that the tags of all base images have today into the Dockerfiles. Needs docker with buildx and the network.
# Run it on purpose, look at the difference, build, test, commit.
set -eu

cd "$(dirname "$0")"
files="Dockerfile native.Dockerfile ../deploy/orthanc/Dockerfile"
# shellcheck disable=SC2013,SC2086  # file names and images are words
for image in $(sed -n 's/^FROM \([^ @]*:[^ @]*\)@sha256:.*/\1/p' $files | sort -u); do
    digest=$(docker buildx imagetools inspect "$image" --format '{{.Manifest.Digest}}')
    case $digest in
        sha256:????????????????????????????????????????????????????????????????) ;;
        *)
            echo "pin-bases: no digest for $image: $digest" >&2
            exit 1
            ;;
    esac
    sed -i "s|^FROM $image@sha256:[0-9a-f]*|FROM $image@$digest|" $files
    echo "$image@$digest"
done
