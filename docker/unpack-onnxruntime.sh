#!/bin/sh
# unpack-onnxruntime.sh LIBRARIES NATIVE: moves the native libraries for this processor out of ONNX Runtime's jar in LIBRARIES into
# the folder NATIVE, and drops those for other machines. Run with -Donnxruntime.native.path=NATIVE afterwards.
set -eu

libraries=$(cd "$1" && pwd)
native=$2
case $(uname -m) in
    x86_64) machine=linux-x64 ;;
    aarch64) machine=linux-aarch64 ;;
    *)
        echo "unpack-onnxruntime: ONNX Runtime has no library for $(uname -m)" >&2
        exit 1
        ;;
esac

mkdir -p "$native"
native=$(cd "$native" && pwd)
work=$(mktemp -d)
for jar in "$libraries"/com.microsoft.onnxruntime.onnxruntime*.jar; do
    (
        cd "$work"
        jar --extract --file "$jar"
        mv ai/onnxruntime/native/"$machine"/* "$native"
        rm -r ai/onnxruntime/native
        jar --create --no-manifest --file "$jar" .
    )
done
rm -r "$work"
