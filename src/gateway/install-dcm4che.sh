#!/usr/bin/env bash
# Puts the dcm4che jars of a folder into a local Maven repository, each with the dependencies that its own POM names. For machines
# that cannot reach dcm4che's repository: install:install-file alone would leave the dependencies out, since the parent of those
# POMs is not there, and the gateway would miss jakarta.xml.bind when it is compiled and dcm4che-image when it runs.
#
#   src/gateway/install-dcm4che.sh FOLDER [REPOSITORY]
#
# FOLDER holds dcm4che-core-5.34.1.jar and its like, REPOSITORY is ~/.m2/repository unless told.
set -euo pipefail

readonly version=5.34.1
readonly jars=${1:?a folder with the jars of dcm4che $version}
readonly repository=${2:-$HOME/.m2/repository}

# group:artifact:version -> one <dependency>
dependency() {
  local group artifact of
  IFS=: read -r group artifact of <<<"$1"
  printf '    <dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>\n' \
    "$group" "$artifact" "$of"
}

# group:artifact:version dependency... ; a jar that is not there ends the script with its name
install() {
  local group artifact of
  IFS=: read -r group artifact of <<<"$1"
  local folder="$repository/${group//.//}/$artifact/$of"
  local jar="$jars/$artifact-$of.jar"
  [ -f "$jar" ] || { echo "install-dcm4che: $jar is missing" >&2; exit 1; }
  mkdir -p "$folder"
  cp "$jar" "$folder/"
  {
    echo '<project xmlns="http://maven.apache.org/POM/4.0.0">'
    echo '  <modelVersion>4.0.0</modelVersion>'
    echo "  <groupId>$group</groupId><artifactId>$artifact</artifactId><version>$of</version>"
    echo '  <dependencies>'
    for each in "${@:2}"; do dependency "$each"; done
    echo '  </dependencies>'
    echo '</project>'
  } >"$folder/$artifact-$of.pom"
}

dcm4che() { echo "org.dcm4che:dcm4che-$1:$version"; }
readonly slf4j=org.slf4j:slf4j-api:2.0.16
readonly jaxb=jakarta.xml.bind:jakarta.xml.bind-api:4.0.2
readonly weasis=org.weasis.core:weasis-core-img:4.11.0

install "$(dcm4che dict)"
install "$(dcm4che core)" "$(dcm4che dict)" "$slf4j"
install "$(dcm4che net)" "$(dcm4che core)" "$slf4j"
install "$(dcm4che image)" "$(dcm4che core)" "$slf4j"
install "$(dcm4che imageio)" "$(dcm4che core)" "$(dcm4che image)"
install "$(dcm4che imageio-rle)" "$(dcm4che core)"
install "$(dcm4che imageio-opencv)" "$(dcm4che imageio)" "$weasis"
install "$(dcm4che audit)" "$jaxb"
install "$weasis" "$slf4j"
