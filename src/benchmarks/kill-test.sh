#!/bin/sh
# The kill test (README.md beside this file): builds what is missing, then runs it. All options are the program's; see --help.
set -eu

cd "$(dirname "$0")/../.."
if [ ! -f src/benchmarks/target/class-path ] || [ ! -f src/service/target/quarkus-app/quarkus-run.jar ]; then
    ./mvnw -q -B -DskipTests -pl src/service,src/benchmarks -am package
fi
exec java -Xmx1g -cp "src/benchmarks/target/classes:$(cat src/benchmarks/target/class-path)" \
    org.regstream.benchmarks.kill.KillTest "$@"
