package org.regstream.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.optimise.ImagePair;
import org.regstream.core.optimise.MindTerm;
import org.regstream.core.optimise.NlccTerm;
import org.regstream.core.optimise.SmoothnessTerm;
import org.regstream.core.optimise.Term;
import org.regstream.core.volume.Volume;
import org.regstream.training.network.Warp;

/** The terms that {@code core.optimise} differentiates by hand are the ones that networks are trained on. */
class OptimiserTermsTest {
    private static final int D = 7;
    private static final int H = 8;
    private static final int W = 9;
    private static final Grid GRID = new Grid(D, H, W, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));

    /** Share of the largest element: float32 on both sides, summed in another order. */
    private static final double CLOSE = 1e-4;

    private final boolean[] inside = lowerSlices();
    private final float[] field = betweenVoxels();

    @Test
    void shouldAgreeOnSimilarity() {
        try (LossHarness script = new LossHarness("__torch__.nlcc(torch.narrow(a, 0, 0, 1),"
                + " __torch__.warp(torch.narrow(a, 0, 1, 1), x), mask, 5)", Nlcc.script(), Warp.script())) {
            // given
            NDArray images = script.random(3, 2, 1, D, H, W);
            ImagePair pair = new ImagePair(volume(images, 0), inside, volume(images, 1), everywhere());

            // when, then
            requireSame(new NlccTerm(pair, 5, 0), -1, script, images);
        }
    }

    @Test
    void shouldAgreeOnSmoothness() {
        try (LossHarness script = new LossHarness("__torch__.smoothness(x, mask)", Smoothness.script())) {
            requireSame(new SmoothnessTerm(GRID, inside), 1, script, script.random(3, 1));
        }
    }

    /** Only where nothing is pulled: there the optimiser's pulled descriptor is the pulled image's. */
    @Test
    void shouldAgreeOnSelfSimilarity() {
        try (LossHarness script = new LossHarness("__torch__.mind(torch.narrow(a, 0, 0, 1), x, mask)",
                Mind.script())) {
            // given
            NDArray images = script.random(3, 2, 1, D, H, W);
            NDArray moving = images.get(1).reshape(1, 1, D, H, W);
            ImagePair pair = new ImagePair(volume(images, 0), inside, volume(images, 1), inside);

            // when
            double value = new MindTerm(pair, 5).evaluate(new float[field.length], 1, new float[field.length]);

            // then
            assertThat(value).isPositive().isCloseTo(
                    script.value(moving, images, script.tensor(asNumbers(inside), 1, 1, D, H, W)), within(CLOSE));
        }
    }

    private void requireSame(Term term, int sign, LossHarness script, NDArray images) {
        // given
        NDArray u = script.tensor(field, 1, 3, D, H, W);
        NDArray mask = script.tensor(asNumbers(inside), 1, 1, D, H, W);

        // when
        float[] gradient = new float[field.length];
        double value = term.evaluate(field, 1, gradient);
        float[] expected = script.gradient(u, images, mask, false);

        // then
        assertThat(value).isCloseTo(sign * script.value(u, images, mask), within(CLOSE));
        double scale = 0;
        for (float g : expected) {
            scale = Math.max(scale, Math.abs(g));
        }
        assertThat(scale).isPositive();
        for (int y = 0; y < gradient.length; y++) {
            assertThat((double) gradient[y]).as("element %d", y).isCloseTo(sign * expected[y], within(CLOSE * scale));
        }
    }

    private static Volume volume(NDArray images, int which) {
        return Volume.takeOwnershipOf(GRID, images.get(which).toFloatArray());
    }

    /** Away from whole voxels, where the two might take different sides of a kink, and beyond the border too. */
    private static float[] betweenVoxels() {
        Random random = new Random(5);
        float[] u = new float[3 * GRID.size()];
        for (int y = 0; y < u.length; y++) {
            u[y] = random.nextInt(5) - 2 + 0.1f + 0.8f * random.nextFloat();
        }
        return u;
    }

    private static boolean[] lowerSlices() {
        boolean[] mask = new boolean[GRID.size()];
        for (int x = 0; x < mask.length; x++) {
            mask[x] = x < 5 * H * W;
        }
        return mask;
    }

    private static boolean[] everywhere() {
        boolean[] mask = new boolean[GRID.size()];
        Arrays.fill(mask, true);
        return mask;
    }

    private static float[] asNumbers(boolean[] mask) {
        float[] numbers = new float[mask.length];
        for (int x = 0; x < mask.length; x++) {
            numbers[x] = mask[x] ? 1 : 0;
        }
        return numbers;
    }
}
