#!/bin/sh
# The end-to-end latency run (README.md beside this file): builds what is missing, then runs it. All options are the program's; see --help.
set -eu

cd "$(dirname "$0")/../.."
if [ ! -f src/benchmarks/target/class-path ] || [ ! -f src/demo/target/quarkus-app/quarkus-run.jar ]; then
    ./mvnw -q -B -DskipTests -pl src/demo,src/benchmarks -am package
fi
exec java -cp "src/benchmarks/target/classes:$(cat src/benchmarks/target/class-path)" \
    org.regstream.benchmarks.latency.LatencyRuns "$@"
