#!/bin/sh
# The end-to-end latency run (README.md beside this file): builds what is missing, then runs it. All options are the program's; see --help.
set -eu

cd "$(dirname "$0")/../.."
for built in src/benchmarks/target/class-path src/service/target/quarkus-app/quarkus-run.jar; do
    [ -f "$built" ] || ./mvnw -q -B -DskipTests -pl src/benchmarks -am package
done
exec java -cp "src/benchmarks/target/classes:$(cat src/benchmarks/target/class-path)" \
    org.regstream.benchmarks.latency.LatencyRuns "$@"
