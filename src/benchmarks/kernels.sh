#!/bin/sh
# The kernels one by one (README.md beside this file): builds what is missing, then runs JMH. All options are JMH's, such as a pattern of benchmarks; see -h.
set -eu

cd "$(dirname "$0")/../.."
[ -f src/benchmarks/target/class-path ] || ./mvnw -q -B -DskipTests -pl src/benchmarks -am package
exec java -cp "src/benchmarks/target/classes:$(cat src/benchmarks/target/class-path)" org.openjdk.jmh.Main "$@"
