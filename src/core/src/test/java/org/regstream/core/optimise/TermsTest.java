package org.regstream.core.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.VoxelBox;
import org.regstream.core.similarity.Nlcc;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
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
        double value = new NlccTerm(pair, 5, 0).evaluate(u, 1, new float[u.length]);

        // then: up to the stabiliser
        Volume warped = Warp.linear(pair.moving(), DisplacementField.copyOf(GRID, u), 0);
        assertThat(-value).isCloseTo(Nlcc.of(pair.fixed(), warped, 5, null), within(1e-4));
    }

    /** By its definition, window by window. */
    @Test
    void shouldAddTheFloorToBothVariances() {
        double floor = 0.02;
        ImagePair pair = pair(1);
        double sum = 0;
        for (int x = 0; x < GRID.size(); x++) {
            sum += correlation(pair.fixed().values(), pair.moving().values(), x, floor);
        }

        double value = new NlccTerm(pair, 5, floor).evaluate(new float[3 * GRID.size()], 1, new float[3 * GRID.size()]);

        assertThat(-value).isCloseTo(sum / GRID.size(), within(1e-5));
        assertThat(-value).isLessThan(-new NlccTerm(pair, 5, 0).evaluate(new float[3 * GRID.size()], 1,
                new float[3 * GRID.size()]));
    }

    /** Of the window of 5³ voxels around x. */
    private static double correlation(float[] f, float[] g, int x, double floor) {
        List<Integer> window = new ArrayList<>();
        int plane = GRID.height() * GRID.width();
        for (int y = 0; y < GRID.size(); y++) {
            if (Math.abs(y / plane - x / plane) <= 2
                    && Math.abs(y / GRID.width() % GRID.height() - x / GRID.width() % GRID.height()) <= 2
                    && Math.abs(y % GRID.width() - x % GRID.width()) <= 2) {
                window.add(y);
            }
        }
        double meanF = window.stream().mapToDouble(y -> f[y]).average().orElseThrow();
        double meanG = window.stream().mapToDouble(y -> g[y]).average().orElseThrow();
        double cov = window.stream().mapToDouble(y -> (f[y] - meanF) * (g[y] - meanG)).sum();
        double varF = window.stream().mapToDouble(y -> (f[y] - meanF) * (f[y] - meanF)).sum() + window.size() * floor;
        double varG = window.stream().mapToDouble(y -> (g[y] - meanG) * (g[y] - meanG)).sum() + window.size() * floor;
        return cov * cov / (varF * varG + 1e-5);
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
        requireRightGradient(new NlccTerm(masked, 5, 0));
        requireRightGradient(new NlccTerm(pair(5), 3, 0));
        requireRightGradient(new MindTerm(masked, 3));
        requireRightGradient(new OutlineTerm(View.of(outlined(pair(1)))));
        View cut = cut(outlined(masked));
        requireRightGradient(new NlccTerm(cut, 5, 5e-4), cut);
        requireRightGradient(new MindTerm(cut, 3), cut);
        requireRightGradient(new OutlineTerm(cut), cut);
    }

    @Test
    void shouldKnowTheDerivativeOfTheWholeObjective() {
        for (Similarity similarity : Similarity.values()) {
            for (View view : new View[]{View.of(outlined(pair(1))), cut(outlined(masked(pair(3))))}) {
                Objective objective = new Objective(view, OptimisationSettings.refine(similarity).withOutlineWeight(3));
                requireRightGradient((u, weight, gradient) -> {
                    double value = objective.of(u).objective();
                    System.arraycopy(objective.gradient(), 0, gradient, 0, gradient.length);
                    return value;
                }, view);
            }
        }
    }

    /** With one channel and one voxel: (a - b(u))² has Gauss and Newton's second derivative 2 b'(u) b'(u)ᵀ. */
    @Test
    void shouldCurveAsTheSquaresOfItsSlopes() {
        // given: b = 2 k + 3 j + 5 i, the fixed outline 1 in the middle voxel alone
        Grid cube = TestGrids.isotropic(3, 3, 3);
        float[] ramp = new float[27];
        for (int x = 0; x < 27; x++) {
            ramp[x] = 2 * (x / 9) + 3 * (x / 3 % 3) + 5 * (x % 3);
        }
        boolean[] middle = new boolean[27];
        middle[13] = true;
        Volume flat = Volume.takeOwnershipOf(cube, new float[27]);
        View view = View.of(new ImagePair(flat, middle, flat, all(cube)));
        float[] u = new float[81];
        Arrays.fill(u, 0.25f);
        float[] gradient = new float[81];
        float[] curvature = new float[162];

        // when
        double value = new ChannelDifference(view, 1, new float[27], ramp, counted -> 4).evaluate(u, 2, gradient,
                curvature);

        // then: b = 10 + 2.5, divided by 4 and weighted by 2
        assertThat(value).isCloseTo(12.5 * 12.5 / 4, within(1e-4));
        assertThat(new float[]{gradient[13], gradient[40], gradient[67]}).containsExactly(12.5f * 2, 12.5f * 3,
                12.5f * 5);
        int[][] products = {{2, 2}, {2, 3}, {2, 5}, {3, 3}, {3, 5}, {5, 5}};
        for (int c = 0; c < 6; c++) {
            assertThat(curvature[27 * c + 13]).isCloseTo(products[c][0] * products[c][1], within(1e-4f));
        }
        assertThat(curvature[0]).isZero();
    }

    @Test
    void shouldCurveUpwards() {
        // given: the rank of one voxel's curvature of a correlation is 1: a v vᵀ with a >= 0
        float[] u = offGridField();
        float[] curvature = new float[2 * u.length];

        // when
        new NlccTerm(masked(pair(1)), 5, 5e-4).evaluate(u, 1, new float[u.length], curvature);

        // then
        int n = GRID.size();
        for (int x = 0; x < n; x++) {
            assertThat(curvature[x]).isNotNegative();
            assertThat(curvature[x] * curvature[3 * n + x]).isCloseTo(curvature[n + x] * curvature[n + x],
                    within(1e-9f));
            assertThat(curvature[5 * n + x]).isNotNegative();
        }
    }

    @Test
    void shouldBeTheShareOfOutlinesThatDisagrees() {
        // given
        View same = View.of(withOutlines(pair(1), outline(1), outline(1)));
        View apart = View.of(withOutlines(pair(1), half(true), half(false)));
        float[] u = new float[3 * GRID.size()];

        // when, then
        assertThat(new OutlineTerm(same).evaluate(u, 1, new float[u.length])).isZero();
        assertThat(new OutlineTerm(apart).evaluate(u, 1, new float[u.length])).isCloseTo(1, within(1e-6));
        float[] nothing = new float[2 * GRID.size()];
        LabelProbabilities none = LabelProbabilities.takeOwnershipOf(GRID, 2, nothing);
        assertThat(new OutlineTerm(View.of(withOutlines(pair(1), none, none))).evaluate(u, 1, new float[u.length]))
                .isZero();
    }

    @Test
    void shouldAddItsWeightedDerivativeToWhatIsThere() {
        for (Term term : new Term[]{new SmoothnessTerm(GRID, all(GRID)), new NlccTerm(pair(1), 5, 5e-4),
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
        for (Term term : new Term[]{new NlccTerm(pair, 5, 0), new MindTerm(pair, 5)}) {
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
        assertThatThrownBy(() -> new NlccTerm(pair(1), 5, 5e-4).evaluate(small, 1, small))
                .isInstanceOf(ShapeMismatchException.class).hasMessageContaining("336").hasMessageContaining("got 3");
        assertThatThrownBy(() -> new NlccTerm(pair(1), 4, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("odd").hasMessageContaining("got 4");
    }

    /** Compares with central differences at every element. */
    private static void requireRightGradient(Term term) {
        requireRightGradient(term, offGridField());
    }

    private static void requireRightGradient(Term term, View view) {
        requireRightGradient(term, fieldOf(view));
    }

    private static void requireRightGradient(Term term, float[] u) {
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
        return fieldOf(View.of(pair(1)));
    }

    private static float[] fieldOf(View view) {
        Random random = new Random(7);
        float[] u = new float[3 * view.part().grid().size()];
        for (int y = 0; y < u.length; y++) {
            u[y] = random.nextInt(3) - 1 + 0.1f + 0.25f * random.nextFloat();
        }
        return u;
    }

    /** A box that begins and ends within the grid. */
    private static View cut(ImagePair pair) {
        Part part = Part.of(GRID, VoxelBox.around(GRID, x -> x == GRID.offset(3, 3, 4)).orElseThrow(), 2, 1);
        return View.of(part, pair, part.cut(pair.fixedInside()));
    }

    private static ImagePair outlined(ImagePair pair) {
        return withOutlines(pair, outline(3), outline(5));
    }

    private static ImagePair withOutlines(ImagePair pair, LabelProbabilities fixed, LabelProbabilities moving) {
        return pair.withOutlines(new Outlines(fixed, moving));
    }

    private static LabelProbabilities outline(long seed) {
        float[] p = GaussianSmoothing.of(LabelProbabilities.oneHot(RandomData.labels(GRID, 3, seed), 3).values(), GRID,
                new double[]{1, 1, 1});
        return LabelProbabilities.takeOwnershipOf(GRID, 3, p);
    }

    /** Structure 1 in the lower or the upper slices. */
    private static LabelProbabilities half(boolean lower) {
        byte[] labels = new byte[GRID.size()];
        for (int x = 0; x < labels.length; x++) {
            labels[x] = (byte) (x < labels.length / 2 == lower ? 1 : 0);
        }
        return LabelProbabilities.oneHot(LabelMap.copyOf(GRID, labels), 2);
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
        return new ImagePair(pair.fixed(), fixed, pair.moving(), moving, null, pair.outlines());
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
