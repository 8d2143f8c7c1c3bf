#!/bin/bash
# health-check PORT PATH [STATUS]: 0 if this machine answers PATH with STATUS (200) within 4 seconds. The images have no curl.
# Where the port speaks TLS (REGSTREAM_ACCESS_TLS): 0 if it is open; it opens after all else is ready.
set -u

ask() {
    exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
    [ -z "${REGSTREAM_ACCESS_TLS:-}" ] || return 0
    printf 'GET %s HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3
    read -r _ status _ <&3
    [ "${status:-}" = "$3" ]
}

export -f ask
timeout 4 bash -c 'ask "$@"' ask "$1" "$2" "${3:-200}" 2>/dev/null
