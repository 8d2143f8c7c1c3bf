#!/bin/sh
# Frames in, against dcm4che and pydicom (README.md beside this file): builds what is missing, then measures.
#
#   frames.sh [FOLDER...]     folders with one DICOM series each, to be measured beside the series that are made here
#
#   DCM4CHE_JARS  a folder with dcm4che-core-5.34.1.jar and slf4j-api-2.*.jar (default: ~/.m2/repository, where the build with -Pdcm4che has put them)
set -eu

cd "$(dirname "$0")/../.."
[ -f src/benchmarks/target/class-path ] || ./mvnw -q -B -DskipTests -pl src/benchmarks -am package
jars=${DCM4CHE_JARS:-$HOME/.m2/repository}
peers=$(find "$jars" -name 'dcm4che-core-5.34.1.jar' -o -name 'slf4j-api-2.*.jar' | sort | tr '\n' ':')
case $peers in
    *dcm4che-core*) ;;
    *) echo "frames.sh: no dcm4che-core-5.34.1.jar below $jars; build with -Pdcm4che once, or name a folder in DCM4CHE_JARS" >&2; exit 77 ;;
esac
path=src/benchmarks/target/peers:$(cat src/benchmarks/target/class-path):$peers
mkdir -p src/benchmarks/target/peers
javac --release 17 -d src/benchmarks/target/peers -cp "$path" src/benchmarks/src/peers/java/org/regstream/benchmarks/frames/FramesIn.java
exec java -cp "$path" org.regstream.benchmarks.frames.FramesIn "$@"
