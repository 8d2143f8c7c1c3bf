package org.regstream.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.regstream.training.torchscript.ScriptFunction;

class WarpTest {

    private static final Offset<Float> CLOSE = within(1e-5f);
    private static final int D = 3;
    private static final int H = 4;
    private static final int W = 5;
    private static final int N = D * H * W;

    /** @param k constant components, voxels */
    private static float[] warp(float[] image, float k, float j, float i) {
        float[] u = new float[3 * N];
        for (int x = 0; x < N; x++) {
            u[x] = k;
            u[N + x] = j;
            u[2 * N + x] = i;
        }
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                ScriptFunction warp = ScriptFunction.compile("x: Tensor, u: Tensor) -> Tensor",
                        "    return __torch__.warp(x, u)\n", Warp.script())) {
            return warp
                    .call(manager.create(image, new Shape(1, 1, D, H, W)), manager.create(u, new Shape(1, 3, D, H, W)))
                    .singletonOrThrow().toFloatArray();
        }
    }

    private static float[] random() {
        Random random = new Random(7);
        float[] image = new float[N];
        for (int x = 0; x < N; x++) {
            image[x] = random.nextFloat();
        }
        return image;
    }

    @Test
    void shouldReturnImageForZeroField() {
        float[] image = random();

        float[] out = warp(image, 0, 0, 0);

        assertThat(out).containsExactly(image, CLOSE);
    }

    @Test
    void shouldPullFromTheDisplacedVoxelAndClampAtTheBorder() {
        float[] image = random();

        float[] out = warp(image, 1, -1, 2);

        for (int k = 0; k < D; k++) {
            for (int j = 0; j < H; j++) {
                for (int i = 0; i < W; i++) {
                    int from = (Math.min(k + 1, D - 1) * H + Math.max(j - 1, 0)) * W + Math.min(i + 2, W - 1);
                    assertThat(out[(k * H + j) * W + i]).isCloseTo(image[from], CLOSE);
                }
            }
        }
    }

    @Test
    void shouldInterpolateLinearly() {
        float[] ramp = new float[N];
        for (int x = 0; x < N; x++) {
            ramp[x] = x % W;
        }

        float[] out = warp(ramp, 0, 0, 0.25f);

        assertThat(out[0]).isCloseTo(0.25f, CLOSE);
        assertThat(out[3]).isCloseTo(3.25f, CLOSE);
        assertThat(out[4]).isCloseTo(4, CLOSE);
    }
}
