package org.regstream.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.regstream.training.data.scan.IntensityMap;
import org.regstream.training.torchscript.ScriptFunction;

class AugmentationScriptTest {

    private static final Offset<Float> CLOSE = within(1e-5f);
    private static final int D = 9;
    private static final int H = 12;
    private static final int W = 10;
    private static final int N = D * H * W;
    private static final int[] SHAPE = {D, H, W};
    private static final int CHANNELS = 3;
    private static final AugmentationSettings BENT = new AugmentationSettings(1, 1, 0, 0, 0, 0, 0);

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final byte[] labels = new byte[2 * N];
    private final byte[] masks = new byte[2 * N];
    private final float[] images = new float[2 * N];

    AugmentationScriptTest() {
        Random random = new Random(9);
        for (int x = 0; x < 2 * N; x++) {
            labels[x] = (byte) random.nextInt(CHANNELS);
            masks[x] = (byte) (x % W < 8 ? 1 : 0);
            images[x] = masks[x] * random.nextFloat();
        }
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** @return mask, image, background, two structures of the fixed, then of the moving image, N numbers each */
    private float[][] augment(AugmentationSettings settings, float[] parameters) {
        Shape shape = new Shape(2, 1, D, H, W);
        try (ScriptFunction f = ScriptFunction.compile(
                "images: Tensor, labels: Tensor, masks: Tensor, parameters: Tensor) -> Tensor",
                "    return __torch__.augment(images, labels, masks, parameters, " + CHANNELS + ")\n",
                AugmentationScript.script(new Augmentation(settings, SHAPE)))) {
            NDArray out = f.call(manager.create(images, shape),
                    manager.create(ByteBuffer.wrap(labels), shape, DataType.UINT8),
                    manager.create(ByteBuffer.wrap(masks), shape, DataType.UINT8), manager.create(parameters))
                    .singletonOrThrow();
            assertThat(out.getShape()).isEqualTo(new Shape(2, 2 + CHANNELS, D, H, W));
            float[] all = out.toFloatArray();
            float[][] parts = new float[2 * (2 + CHANNELS)][];
            for (int part = 0; part < parts.length; part++) {
                parts[part] = Arrays.copyOfRange(all, part * N, (part + 1) * N);
            }
            return parts;
        }
    }

    private static float[] draw(AugmentationSettings settings, int seed) {
        return new Augmentation(settings, SHAPE).draw(new SplittableRandom(seed));
    }

    /** What leaves every image as it is, in the layout of the full settings. */
    private static float[] identity() {
        int[] sizes = new Augmentation(AugmentationSettings.FULL, SHAPE).sizes();
        float[] all = Arrays.copyOf(draw(AugmentationSettings.NONE, 1), Arrays.stream(sizes).sum());
        for (int image = 0; image < 2; image++) {
            System.arraycopy(IntensityMap.identity().knots(), 0, all, sizes[0] + sizes[1] + image * IntensityMap.KNOTS,
                    IntensityMap.KNOTS);
        }
        return all;
    }

    private void requireUnchanged(float[][] out) {
        for (int image = 0; image < 2; image++) {
            for (int x = 0; x < N; x++) {
                assertThat(out[5 * image][x]).isEqualTo(masks[image * N + x]);
                assertThat(out[5 * image + 1][x]).isCloseTo(images[image * N + x], CLOSE);
                for (int c = 0; c < CHANNELS; c++) {
                    assertThat(out[5 * image + 2 + c][x]).isCloseTo(labels[image * N + x] == c ? 1 : 0, CLOSE);
                }
            }
        }
    }

    @Test
    void shouldLeaveImagesAsTheyLieWithoutAugmentation() {
        requireUnchanged(augment(AugmentationSettings.NONE, draw(AugmentationSettings.NONE, 1)));
    }

    @Test
    void shouldLeaveImagesAsTheyLieForIdentityParameters() {
        requireUnchanged(augment(AugmentationSettings.FULL, identity()));
    }

    @Test
    void shouldMoveImageAndLabelsAlike() {
        for (int x = 0; x < 2 * N; x++) {
            images[x] = labels[x] == 1 ? 1 : 0;
        }
        for (int seed = 0; seed < 5; seed++) {
            float[][] out = augment(BENT, draw(BENT, seed));

            for (int image = 0; image < 2; image++) {
                for (int x = 0; x < N; x++) {
                    float expected = out[5 * image][x] * out[5 * image + 3][x];
                    assertThat(out[5 * image + 1][x]).isCloseTo(expected, CLOSE);
                }
            }
        }
    }

    @Test
    void shouldKeepOnlyVoxelsMadeOfInsideOnes() {
        for (int x = 0; x < 2 * N; x++) {
            images[x] = masks[x];
        }
        for (int seed = 0; seed < 5; seed++) {
            float[][] out = augment(BENT, draw(BENT, seed));

            // inside is 1 everywhere and outside 0: anything between 0 and 0.999 would be a mixture
            for (int x = 0; x < N; x++) {
                assertThat(out[1][x]).isCloseTo(out[0][x], within(0.001f));
            }
            assertThat(out[0]).contains(0, 1);
        }
    }

    @Test
    void shouldPullFromTheBentPoint() {
        // one image whose value tells the place: a field that moves the middle points by half a voxel along i
        for (int x = 0; x < 2 * N; x++) {
            masks[x] = 1;
            images[x] = x % W / (float) (W - 1);
        }
        float[] parameters = Arrays.copyOf(identity(), 24 + 2 * ElasticField.SIZE);
        int points = ElasticField.SIZE / 3;
        for (int point = 0; point < points; point++) {
            // component x comes first; half a voxel of a window of W - 1 = 9 steps that spans 2
            parameters[24 + point] = point % 5 == 2 ? 0.5f * 2 / (W - 1) : 0;
        }

        float[] moved = augment(BENT, parameters)[1];

        // control points along i lie 9 / 4 voxels apart, the moved ones at 4.5
        for (int i = 0; i < W; i++) {
            double weight = Math.max(0, 1 - Math.abs(i - 4.5) / (9 / 4.0));
            assertThat(moved[(4 * H + 5) * W + i]).isCloseTo((float) ((i + 0.5 * weight) / (W - 1)), CLOSE);
        }
    }

    @Test
    void shouldMapScaleAndDisturbIntensitiesByTheFormula() {
        int[] sizes = new Augmentation(AugmentationSettings.FULL, SHAPE).sizes();
        float[] parameters = identity();
        int maps = sizes[0] + sizes[1];
        int bias = maps + sizes[2];
        int noise = bias + sizes[3];
        IntensityMap contrast = IntensityMap.contrast(new SplittableRandom(4)).then(0.8, 1.2);
        System.arraycopy(contrast.knots(), 0, parameters, maps + IntensityMap.KNOTS, IntensityMap.KNOTS);
        Arrays.fill(parameters, bias + 64, noise, 0.1f);
        parameters[noise + N + 123] = 0.05f;

        float[][] out = augment(AugmentationSettings.FULL, parameters);

        for (int x = 0; x < N; x++) {
            float expected = (float) (contrast.at(images[N + x]) * Math.exp(0.1)) + (x == 123 ? 0.05f : 0);
            assertThat(out[6][x]).isCloseTo(masks[N + x] * Math.min(1, expected), CLOSE);
            assertThat(out[1][x]).isCloseTo(images[x], CLOSE);
        }
    }
}
