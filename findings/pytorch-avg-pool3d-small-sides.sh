#!/usr/bin/env bash
# PyTorch 2.7.1 (through DJL 0.35.1): 3-D average pooling and inputs narrower than the kernel, with padding.
#
# Guess, written down before: where kernel 3, stride 1, padding 1 is allowed in two dimensions on an input of 2 x 2 (the output has
# 2 x 2), it is allowed in three dimensions on one of 2 x 2 x 2.
# Seen: avg_pool2d does it; avg_pool3d refuses, "input image ... smaller than kernel size", although input plus padding (4) is
# wider than the kernel (3). Padding by hand before pooling gives what two dimensions lead one to expect. ONNX's
# AveragePool sets no such condition, so a network that one of the two runs may be refused by the other at its coarsest level.
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
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;

public class Finding {
    public static void main(String[] arguments) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray plane = manager.create(new float[]{1, 2, 3, 4}, new Shape(1, 1, 2, 2));
            NDArray pooled = Pool.avgPool2d(plane, new Shape(3, 3), new Shape(1, 1), new Shape(1, 1), false, true);
            require(pooled.getShape().equals(new Shape(1, 1, 2, 2)) && Math.abs(pooled.toFloatArray()[0] - 10 / 9f) < 1e-6,
                    "avg_pool2d of 2 x 2 gave " + pooled);
            NDArray block = manager.create(new float[]{1, 2, 3, 4, 5, 6, 7, 8}, new Shape(1, 1, 2, 2, 2));
            String refused = "";
            try {
                Pool.avgPool3d(block, new Shape(3, 3, 3), new Shape(1, 1, 1), new Shape(1, 1, 1), false, true);
            } catch (EngineException e) {
                refused = String.valueOf(e.getMessage());
            }
            require(refused.contains("smaller than kernel size"), "avg_pool3d of 2 x 2 x 2 said '" + refused + "'");
            NDArray padded = manager.zeros(new Shape(1, 1, 4, 4, 4));
            padded.set(new ai.djl.ndarray.index.NDIndex("0, 0, 1:3, 1:3, 1:3"), block.reshape(2, 2, 2));
            NDArray sums = Pool.avgPool3d(padded, new Shape(3, 3, 3), new Shape(1, 1, 1), new Shape(0, 0, 0), false, true);
            require(sums.getShape().equals(block.getShape()) && Math.abs(sums.toFloatArray()[0] - 36 / 27f) < 1e-5,
                    "padded by hand it gave " + sums);
            System.out.println("as described: two dimensions pool, three refuse");
        }
    }

    private static void require(boolean holds, String seen) {
        if (!holds) {
            System.err.println("changed: " + seen);
            System.exit(1);
        }
    }
}
JAVA

mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies -DoutputDirectory=lib
java -Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp 'lib/*' Finding.java 2> errors || { cat errors >&2; exit 1; }
