#!/usr/bin/env bash
# DJL 0.35.1 on PyTorch 2.7.1: Pool.avgPool1d, 2d, 3d and their argument countIncludePad.
#
# Guess, written down before: countIncludePad = false leaves padding out of the mean, as PyTorch's count_include_pad = False does, so
# the mean of ones is 1 at a corner too.
# Seen: false is as true in all three; with kernel 3 and padding 1 a corner of ones is 2/3, 4/9 and 8/27. Nothing is said, so what was
# trained elsewhere with padding left out differs along every border.
#
# Fails if that changes. Needs a JDK 17 or newer, Maven and the network.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>ai.djl.pytorch</groupId><artifactId>pytorch-engine</artifactId><version>0.35.1</version></dependency>
    <dependency><groupId>ai.djl.pytorch</groupId><artifactId>pytorch-jni</artifactId><version>2.7.1-0.35.1</version></dependency>
    <dependency><groupId>ai.djl.pytorch</groupId><artifactId>pytorch-native-cpu</artifactId><version>2.7.1</version>
      <classifier>linux-x86_64</classifier></dependency>
  </dependencies>
</project>
POM

cat > Finding.java <<'JAVA'
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;

public class Finding {
    public static void main(String[] arguments) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            for (int dimensions = 1; dimensions <= 3; dimensions++) {
                for (boolean counted : new boolean[]{true, false}) {
                    double corner = corner(manager, dimensions, counted);
                    double withPadding = Math.pow(2 / 3.0, dimensions);
                    if (Math.abs(corner - withPadding) > 1e-6) {
                        System.err.println("changed: " + dimensions + "-D, countIncludePad " + counted + " gave " + corner);
                        System.exit(1);
                    }
                }
            }
            System.out.println("as described: padding is counted in 1, 2 and 3 dimensions, asked or not");
        }
    }

    /** First value of the mean of 3 neighbours along each axis of ones. */
    private static double corner(NDManager manager, int dimensions, boolean counted) {
        switch (dimensions) {
            case 1 :
                return Pool.avgPool1d(manager.ones(new Shape(1, 1, 4)), new Shape(3), new Shape(1), new Shape(1), false,
                        counted).toFloatArray()[0];
            case 2 :
                return Pool.avgPool2d(manager.ones(new Shape(1, 1, 4, 4)), new Shape(3, 3), new Shape(1, 1),
                        new Shape(1, 1), false, counted).toFloatArray()[0];
            default :
                NDArray block = manager.ones(new Shape(1, 1, 4, 4, 4));
                return Pool.avgPool3d(block, new Shape(3, 3, 3), new Shape(1, 1, 1), new Shape(1, 1, 1), false, counted)
                        .toFloatArray()[0];
        }
    }
}
JAVA

mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies -DoutputDirectory=lib
java -Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp 'lib/*' Finding.java 2> errors || { cat errors >&2; exit 1; }
