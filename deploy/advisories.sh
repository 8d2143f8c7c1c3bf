#!/bin/sh
# advisories.sh [JAR_FOLDER...]: what we ship against versions that mend published advisories. Exit 1: something below its version, and no answer here.
# List of 1 December 2026, by hand from the projects' own advisories; look again monthly, at each release, and write the date. Build first
# (./mvnw package): default folders are those of service, demo and training.
set -eu

# FILE-PREFIX  MENDED-IN  ANSWER; an answer other than "-" says why an older one is shipped all the same (SECURITY.md has the rest).
mended() {
    cat <<'LIST'
netty-codec-http2 4.1.138 -
netty-codec-http 4.1.138 -
netty-common 4.1.138 -
netty-handler 4.1.138 -
jackson-core 2.22.1 JACKSON
log4j-core 2.25.4 -
commons-beanutils 1.11.0 -
LIST
}

root=$(CDPATH='' cd "$(dirname "$0")/.." && pwd)
[ $# -gt 0 ] || set -- "$root/src/service/target/quarkus-app/lib" "$root/src/demo/target/quarkus-app/lib" "$root/src/training/target/lib"
bad=0
for folder; do
    if [ ! -d "$folder" ]; then
        echo "$folder: not built, not looked at"
        continue
    fi
    echo "$folder"
    list=$(mended)
    while read -r name fixed answer; do
        for jar in $(find "$folder" -name "*$name-[0-9]*.jar" | sort); do
            version=$(basename "$jar" .jar | sed "s/.*$name-\([0-9][0-9.]*[0-9]\).*/\1/")
            lowest=$(printf '%s\n%s\n' "$version" "$fixed" | sort -V | head -n 1)
            if [ "$lowest" = "$fixed" ]; then
                echo "  ok    $name $version (mended in $fixed)"
            elif [ "$answer" != - ]; then
                echo "  told  $name $version (mended in $fixed): $answer in SECURITY.md"
            else
                echo "  BELOW $name $version (mended in $fixed)"
                bad=1
            fi
        done
    done <<EOF
$list
EOF
done
exit $bad
