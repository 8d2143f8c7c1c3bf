package org.regstream.core.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.similarity.Nlcc;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.ShapeMismatchException;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.GaussianSmoothing;
import org.regstream.core.warp.Warp;

class TermsTest {
    private static final Grid GRID = TestGrids.oblique(6, 7, 8);

    /** float32 sums: a smaller step drowns in rounding, a larger one in curvature. */
    private static final float STEP = 2e-3f;
    private static final double TOLERANCE = 0.02;

    @Test
    void shouldMeasureSmoothnessAsComputedByHand() {
        // given: u_i = 0, 1, 3 in a row: (1² + 2²) / 2, derivative -2 1 / 2, (2 1 - 2 2) / 2, 2 2 / 2
        Grid row = TestGrids.isotropic(1, 1, 3);
        float[] gradient = new float[9];

        // when
        double value = new SmoothnessTerm(row, all(row)).evaluate(new float[]{0, 0, 0, 0, 0, 0, 0, 1, 3}, 10, gradient);

        // then
        assertThat(value).isEqualTo(2.5);
        assertThat(gradient).containsExactly(0, 0, 0, 0, 0, 0, -10, -10, 20);
    }

    @Test
    void shouldCountDifferencesOnlyWithinTheMask() {
        Grid row = TestGrids.isotropic(1, 1, 3);
        boolean[] mask = {true, true, false};
        float[] u = {0, 0, 0, 0, 0, 0, 0, 1, 99};
        assertThat(new SmoothnessTerm(row, mask).evaluate(u, 1, new float[9])).isEqualTo(1);
    }

    @Test
    void shouldBeTheNlccOfTheWarpedImage() {
        // given: every voxel is pulled from inside
        ImagePair pair = pair(1);
        float[] u = RandomData.smoothField(GRID, 0.4, 3).components();

        // when
        double value = new NlccTerm(pair, 5).evaluate(u, 1, new float[u.length]);

        // then: up to the stabiliser
        Volume warped = Warp.linear(pair.moving(), DisplacementField.copyOf(GRID, u), 0);
        assertThat(-value).isCloseTo(Nlcc.of(pair.fixed(), warped, 5, null), within(1e-4));
    }

    @Test
    void shouldBeZeroForEqualSelfSimilarity() {
        Volume image = RandomData.volume(GRID, 1);
        Volume inverted = map(image, -3, 7);
        double value = new MindTerm(ImagePairs.whole(image, inverted), 3).evaluate(new float[3 * GRID.size()], 1,
                new float[3 * GRID.size()]);
        assertThat(value).isCloseTo(0, within(1e-9));
    }

    @Test
    void shouldKnowItsDerivative() {
        ImagePair masked = masked(pair(1));
        requireRightGradient(new SmoothnessTerm(GRID, masked.fixedInside()));
        requireRightGradient(new NlccTerm(masked, 5));
        requireRightGradient(new NlccTerm(pair(5), 3));
        requireRightGradient(new MindTerm(masked, 3));
    }

    @Test
    void shouldAddItsWeightedDerivativeToWhatIsThere() {
        for (Term term : new Term[]{new SmoothnessTerm(GRID, all(GRID)), new NlccTerm(pair(1), 5),
                new MindTerm(pair(1), 3)}) {
            // given
            float[] u = offGridField();
            float[] once = new float[u.length];
            float[] twice = new float[u.length];
            Arrays.fill(twice, 1);

            // when
            double value = term.evaluate(u, 1, once);
            double again = term.evaluate(u, 2, twice);

            // then
            assertThat(again).isEqualTo(value);
            for (int y = 0; y < u.length; y++) {
                assertThat(twice[y]).isCloseTo(1 + 2 * once[y], within(1e-6f));
            }
        }
    }

    @Test
    void shouldFeelNoPullWhereTheMovingImageIsUnknown() {
        // given: nothing lies where the field points
        float[] u = new float[3 * GRID.size()];
        Arrays.fill(u, -100);
        ImagePair pair = masked(pair(1));
        for (Term term : new Term[]{new NlccTerm(pair, 5), new MindTerm(pair, 5)}) {
            float[] gradient = new float[u.length];

            // when
            double value = term.evaluate(u, 1, gradient);

            // then
            assertThat(value).isZero();
            assertThat(gradient).containsOnly(0);
        }
    }

    @Test
    void shouldRefuseAFieldOfAnotherShape() {
        float[] small = new float[3];
        assertThatThrownBy(() -> new NlccTerm(pair(1), 5).evaluate(small, 1, small))
                .isInstanceOf(ShapeMismatchException.class).hasMessageContaining("336").hasMessageContaining("got 3");
        assertThatThrownBy(() -> new NlccTerm(pair(1), 4)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("odd").hasMessageContaining("got 4");
    }

    /** Compares with central differences at every element. */
    private static void requireRightGradient(Term term) {
        float[] u = offGridField();
        float[] gradient = new float[u.length];
        term.evaluate(u, 1, gradient);
        double scale = 0;
        for (float g : gradient) {
            scale = Math.max(scale, Math.abs(g));
        }
        assertThat(scale).isPositive();
        for (int y = 0; y < u.length; y++) {
            double numeric = (shifted(term, u, y, STEP) - shifted(term, u, y, -STEP)) / (2 * STEP);
            assertThat((double) gradient[y]).as("%s, element %d", term, y).isCloseTo(numeric,
                    within(TOLERANCE * scale));
        }
    }

    private static double shifted(Term term, float[] u, int y, float by) {
        float[] moved = u.clone();
        moved[y] += by;
        return term.evaluate(moved, 0, new float[u.length]);
    }

    /** Between voxels, where trilinear interpolation has a derivative. */
    private static float[] offGridField() {
        Random random = new Random(7);
        float[] u = new float[3 * GRID.size()];
        for (int y = 0; y < u.length; y++) {
            u[y] = random.nextInt(3) - 1 + 0.1f + 0.25f * random.nextFloat();
        }
        return u;
    }

    private static ImagePair pair(long seed) {
        return ImagePairs.whole(GaussianSmoothing.ofVoxels(RandomData.volume(GRID, seed), 0.7),
                GaussianSmoothing.ofVoxels(RandomData.volume(GRID, seed + 1), 0.7));
    }

    /** The last slice of the fixed image and the first row of the moving one are padding. */
    private static ImagePair masked(ImagePair pair) {
        boolean[] fixed = all(GRID);
        boolean[] moving = all(GRID);
        for (int x = 0; x < fixed.length; x++) {
            fixed[x] = x / (GRID.height() * GRID.width()) < GRID.depth() - 1;
            moving[x] = x / GRID.width() % GRID.height() > 0;
        }
        return new ImagePair(pair.fixed(), fixed, pair.moving(), moving);
    }

    private static boolean[] all(Grid grid) {
        boolean[] all = new boolean[grid.size()];
        Arrays.fill(all, true);
        return all;
    }

    private static Volume map(Volume image, float gain, float offset) {
        float[] out = image.values().clone();
        for (int x = 0; x < out.length; x++) {
            out[x] = gain * out[x] + offset;
        }
        return Volume.takeOwnershipOf(image.grid(), out);
    }
}
