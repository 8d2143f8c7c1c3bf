package org.regstream.core.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.optimise.InstanceOptimisation.Progress;
import org.regstream.core.optimise.OptimisationSettings.Level;
import org.regstream.core.quality.Dice;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.ShapeMismatchException;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.GaussianSmoothing;
import org.regstream.core.warp.Warp;

class InstanceOptimisationTest {
    private static final Grid GRID = TestGrids.oblique(20, 22, 24);
    private static final DisplacementField TRUTH = RandomData.smoothField(GRID, 1.5, 5);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final DisplacementField NOTHING = DisplacementField.zero(GRID);
    private final ImagePair pair = pair(TRUTH);

    @Test
    void shouldFindAKnownField() {
        for (Similarity similarity : Similarity.values()) {
            // when
            OptimisedField result = optimise(settings(similarity), pair, NOTHING);

            // then
            assertThat(error(result.field())).as(similarity.name()).isLessThan(0.25 * error(NOTHING));
            assertThat(FieldQuality.of(result.field()).foldingFraction()).isZero();
            assertThat(result.improved()).isTrue();
            assertThat(result.after().objective()).isLessThan(result.before().objective());
            assertThat(result.after().dissimilarity()).isLessThan(result.before().dissimilarity())
                    .isLessThan(result.after().objective());
            assertThat(result.iterations()).isBetween(2, 20);
        }
    }

    @Test
    void shouldFindItThroughInvertedContrast() {
        // given
        float[] inverted = pair.fixed().values().clone();
        for (int x = 0; x < inverted.length; x++) {
            inverted[x] = (float) Math.sqrt(1 - inverted[x]);
        }
        ImagePair other = ImagePairs.whole(Volume.takeOwnershipOf(GRID, inverted), pair.moving());

        // when, then
        OptimisedField result = optimise(settings(Similarity.MIND), other, NOTHING);
        assertThat(error(result.field())).isLessThan(0.25 * error(NOTHING));
    }

    @Test
    void shouldImproveAStart() {
        // given: what a network that is off by a bit would give
        float[] near = TRUTH.components().clone();
        float[] off = RandomData.smoothField(GRID, 0.5, 8).components();
        for (int y = 0; y < near.length; y++) {
            near[y] += off[y];
        }
        DisplacementField start = DisplacementField.copyOf(GRID, near);

        // when
        OptimisedField result = optimise(OptimisationSettings.refine(Similarity.NLCC), pair, start);

        // then
        assertThat(result.improved()).isTrue();
        assertThat(error(result.field())).isLessThan(0.5 * error(start));
        assertThat(start.components()).isEqualTo(near);
    }

    @Test
    void shouldGiveTheStartBackWhenNothingIsBetter() {
        // given: nothing to see, nothing to smoothe
        Volume flat = Volume.takeOwnershipOf(GRID, new float[GRID.size()]);

        // when
        OptimisedField result = optimise(OptimisationSettings.refine(Similarity.NLCC), ImagePairs.whole(flat, flat),
                NOTHING);

        // then
        assertThat(result.improved()).isFalse();
        assertThat(result.field()).isSameAs(NOTHING);
    }

    @Test
    void shouldNotDependOnTheNumberOfThreads() {
        OptimisedField one = inPool(1);
        OptimisedField three = inPool(3);
        assertThat(three.field().components()).isEqualTo(one.field().components());
        assertThat(three.after()).isEqualTo(one.after());
    }

    @Test
    void shouldNotLookAtPadding() {
        // given: the same images with something else in the padding
        boolean[] inside = new boolean[GRID.size()];
        for (int x = 0; x < inside.length; x++) {
            inside[x] = x / (GRID.height() * GRID.width()) > 3 && x % GRID.width() < 20;
        }
        ImagePair black = new ImagePair(padded(pair.fixed(), inside, 0), inside, padded(pair.moving(), inside, 0),
                inside);
        ImagePair bright = new ImagePair(padded(pair.fixed(), inside, 9), inside, padded(pair.moving(), inside, 7),
                inside);

        // when, then
        OptimisedField result = optimise(settings(Similarity.NLCC), black, NOTHING);
        assertThat(optimise(settings(Similarity.NLCC), bright, NOTHING).field().components())
                .isEqualTo(result.field().components());
        assertThat(result.improved()).isTrue();
    }

    @Test
    void shouldEndWhenItsTimeIsOver() {
        // given: a second a look at the clock
        long[] now = {0};
        OptimisationSettings s = settings(Similarity.NLCC).within(Duration.ofSeconds(6));

        // when
        OptimisedField result = new InstanceOptimisation(s, () -> now[0] += 1_000_000_000L)
                .optimise(pair, NOTHING, Progress.NONE);

        // then: the first look starts the clock, the second is the level's, and 6 seconds after the first it is over
        assertThat(result.iterations()).isEqualTo(4);
        assertThat(result.improved()).isTrue();
    }

    @Test
    void shouldTellOfEveryStep() {
        // given
        List<Integer> steps = new ArrayList<>();
        List<Double> objectives = new ArrayList<>();
        OptimisationSettings s = new OptimisationSettings(Similarity.NLCC, 0.02, 0, List.of(new Level(4, 1, 6)), LONG);

        // when
        OptimisedField result = new InstanceOptimisation(s).optimise(pair, NOTHING, (iteration, of, objective) -> {
            assertThat(of).isEqualTo(6);
            steps.add(iteration);
            objectives.add(objective);
        });

        // then: each step lowers what is minimised
        assertThat(steps).startsWith(1, 2, 3).hasSize(result.iterations());
        for (int step = 1; step < objectives.size(); step++) {
            assertThat(objectives.get(step)).isLessThan(objectives.get(step - 1));
        }
        assertThat(objectives.get(0)).isEqualTo(result.before().objective());
    }

    @Test
    void shouldGiveTheStartBackForEqualImages() {
        // given: the field is one that would be smoother, were it not the right one
        ImagePair same = ImagePairs.whole(pair.moving(), pair.moving());
        ImagePair pulled = ImagePairs.whole(Warp.linear(pair.moving(), TRUTH, 0), pair.moving());
        boolean[] inner = box(6, 13);

        for (Similarity similarity : Similarity.values()) {
            // when
            OptimisedField nothing = optimise(OptimisationSettings.fromNothing(similarity), same, NOTHING);
            OptimisedField right = optimise(OptimisationSettings.refine(similarity), pulled.within(inner), TRUTH);

            // then
            assertThat(nothing.field()).isSameAs(NOTHING);
            assertThat(nothing.iterations()).isZero();
            assertThat(right.field()).isSameAs(TRUTH);
            assertThat(right.improved()).isFalse();
        }
    }

    @Test
    void shouldGiveTheStartBackForWhatIsNotANumber() {
        // given
        float[] broken = pair.fixed().values().clone();
        broken[GRID.offset(10, 11, 12)] = Float.NaN;
        ImagePair pair = ImagePairs.whole(Volume.takeOwnershipOf(GRID, broken), this.pair.moving());

        for (Similarity similarity : Similarity.values()) {
            // when, then
            OptimisedField result = optimise(OptimisationSettings.fromNothing(similarity), pair, NOTHING);
            assertThat(result.improved()).isFalse();
            assertThat(result.field()).isSameAs(NOTHING);
        }
    }

    @Test
    void shouldLeaveTheStartBeyondItsRegion() {
        // given
        boolean[] region = box(2, 18);
        OptimisationSettings s = new OptimisationSettings(Similarity.NLCC, 0.02, 0, List.of(new Level(2, 1, 10)), LONG);
        DisplacementField start = RandomData.smoothField(GRID, 0.3, 9);

        // when
        OptimisedField result = optimise(s, pair.within(region), start);

        // then: the start itself beyond, no jump at its border, no fold
        assertThat(result.improved()).isTrue();
        float[] added = result.field().components().clone();
        for (int y = 0; y < added.length; y++) {
            added[y] -= start.components()[y];
        }
        for (int k = 0; k < GRID.depth(); k++) {
            for (int j = 0; j < GRID.height(); j++) {
                for (int i = 0; i < GRID.width(); i++) {
                    int x = GRID.offset(k, j, i);
                    boolean atBorder = region[x] && !(isInside(k, 3, 17) && isInside(j, 3, 17) && isInside(i, 3, 17));
                    for (int y = x; y < added.length; y += GRID.size()) {
                        assertThat(Math.abs(added[y])).isLessThanOrEqualTo(!region[x] ? 0 : atBorder ? 0.25f : 5);
                    }
                }
            }
        }
        assertThat(FieldQuality.of(result.field()).foldingFraction()).isZero();
        assertThat(errorWithin(6, 14, result.field())).isLessThan(0.5 * errorWithin(6, 14, start));
    }

    @Test
    void shouldNotLookBeyondItsRegion() {
        // given: other images where nothing of the region is pulled from, but for the two voxels that smoothing brings in
        boolean[] region = box(6, 14);
        boolean[] seen = box(4, 16);
        boolean[] near = box(1, 19);
        float[] fixed = pair.fixed().values().clone();
        float[] moving = pair.moving().values().clone();
        for (int x = 0; x < fixed.length; x++) {
            fixed[x] = seen[x] ? fixed[x] : 0.3f;
            moving[x] = near[x] ? moving[x] : 0.3f;
        }
        ImagePair other = ImagePairs.whole(Volume.takeOwnershipOf(GRID, fixed), Volume.takeOwnershipOf(GRID, moving));
        OptimisationSettings s = new OptimisationSettings(Similarity.NLCC, 0.02, 0, List.of(new Level(2, 1, 6)), LONG);

        // when, then
        OptimisedField result = optimise(s, pair.within(region), NOTHING);
        assertThat(result.improved()).isTrue();
        assertThat(optimise(s, other.within(region), NOTHING).field().components())
                .isEqualTo(result.field().components());
    }

    @Test
    void shouldFollowOutlinesWhereImagesSayNothing() {
        // given: two images of noise, a ball that lies 2 voxels further along i in the fixed one
        ImagePair noise = ImagePairs.whole(RandomData.volume(GRID, 3), RandomData.volume(GRID, 4))
                .withOutlines(new Outlines(ball(13), ball(11)));
        OptimisationSettings s = OptimisationSettings.refine(Similarity.NLCC);

        // when
        OptimisedField result = optimise(s, noise, NOTHING);

        // then
        assertThat(result.improved()).isTrue();
        assertThat(diceOfBalls(NOTHING)).isLessThan(0.75);
        assertThat(diceOfBalls(result.field())).isGreaterThan(0.95);
        assertThat(diceOfBalls(optimise(s.withOutlineWeight(0), noise, NOTHING).field())).isLessThan(0.8);
    }

    private static double diceOfBalls(DisplacementField u) {
        return Dice.meanForeground(Warp.linear(ball(11), u).argMax(), ball(13).argMax(), 2);
    }

    @Test
    void shouldHardlyFollowOutlinesThatImagesContradict() {
        // given: outlines that say the images lie 2 voxels apart, which they do not
        Outlines wrong = new Outlines(ball(13), ball(11));
        OptimisationSettings s = new OptimisationSettings(Similarity.NLCC, 0.02, 1, List.of(new Level(4, 1, 10)), LONG);

        // when, then
        DisplacementField with = optimise(s, pair.withOutlines(wrong), NOTHING).field();
        assertThat(error(with)).isLessThan(0.25 * error(NOTHING));
    }

    @Test
    void shouldFindALargeShiftFromNothing() {
        // given: 9 voxels at one face, fading towards the other
        Grid grid = TestGrids.isotropic(32, 40, 48);
        float[] u = new float[3 * grid.size()];
        for (int x = 0; x < grid.size(); x++) {
            u[2 * grid.size() + x] = 9 * Math.max(0, 1 - x % grid.width() / 40f);
        }
        DisplacementField truth = DisplacementField.takeOwnershipOf(grid, u);
        Volume moving = texture(grid);
        ImagePair shifted = ImagePairs.whole(Warp.linear(moving, truth, 0), moving);

        // when
        DisplacementField found = optimise(OptimisationSettings.fromNothing(Similarity.NLCC), shifted,
                DisplacementField.zero(grid)).field();

        // then
        double sum = 0;
        int count = 0;
        for (int x = 0; x < grid.size(); x++) {
            if (x % grid.width() > 4 && x % grid.width() < 44) {
                sum += Math.abs(found.components()[2 * grid.size() + x] - u[2 * grid.size() + x]);
                count++;
            }
        }
        assertThat(sum / count).isLessThan(0.3);
        assertThat(FieldQuality.of(found).foldingFraction()).isZero();
    }

    @Test
    void shouldTakeTheBoxAroundStructuresAsTheyLieAndAsTheyArePulled() {
        // given: one voxel, pulled by 3 along i
        byte[] labels = new byte[GRID.size()];
        labels[GRID.offset(10, 10, 10)] = 4;
        float[] u = new float[3 * GRID.size()];
        Arrays.fill(u, 2 * GRID.size(), u.length, -3);

        // when
        boolean[] region = pair.around(LabelMap.copyOf(GRID, labels), DisplacementField.copyOf(GRID, u), 2).region();

        // then
        for (int x = 0; x < region.length; x++) {
            int k = x / GRID.width() / GRID.height();
            int j = x / GRID.width() % GRID.height();
            int i = x % GRID.width();
            assertThat(region[x]).isEqualTo(isInside(k, 8, 12) && isInside(j, 8, 12) && isInside(i, 8, 15));
        }
        assertThat(pair.around(LabelMap.copyOf(GRID, new byte[GRID.size()]), NOTHING, 2).region()).isNull();
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        DisplacementField other = DisplacementField.zero(TestGrids.oblique(20, 22, 23));
        assertThatThrownBy(() -> optimise(OptimisationSettings.refine(Similarity.NLCC), pair, other))
                .isInstanceOf(ShapeMismatchException.class).hasMessageContaining("images and start field");
        assertThatThrownBy(() -> new ImagePair(pair.fixed(), new boolean[GRID.size()], pair.moving(),
                pair.movingInside())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mask of the fixed image");
        assertThatThrownBy(() -> pair.within(new boolean[GRID.size()])).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("region");
        assertThatThrownBy(() -> pair.withOutlines(new Outlines(ball(11), LabelProbabilities.oneHot(
                ball(11).argMax(), 3)))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("2 and 3");
        assertThatThrownBy(() -> new Level(0, 1, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stride");
        assertThatThrownBy(() -> new Level(3, 2, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("multiple");
        assertThatThrownBy(() -> new OptimisationSettings(Similarity.NLCC, -1, 0, settings(Similarity.NLCC).levels(),
                LONG)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("smoothness");
    }

    private static OptimisationSettings settings(Similarity similarity) {
        return new OptimisationSettings(similarity, 0.02, 0, List.of(new Level(8, 2, 10), new Level(4, 1, 10)), LONG);
    }

    private static OptimisedField optimise(OptimisationSettings settings, ImagePair pair, DisplacementField start) {
        return new InstanceOptimisation(settings).optimise(pair, start, Progress.NONE);
    }

    private OptimisedField inPool(int threads) {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> optimise(settings(Similarity.NLCC), pair, NOTHING)).join();
        } finally {
            pool.shutdown();
        }
    }

    private static ImagePair pair(DisplacementField u) {
        Volume moving = texture(GRID);
        return ImagePairs.whole(Warp.linear(moving, u, 0), moving);
    }

    private static Volume texture(Grid grid) {
        float[] soft = GaussianSmoothing.ofVoxels(RandomData.volume(grid, 1), 1.5).values();
        float[] stretched = new float[soft.length];
        for (int x = 0; x < soft.length; x++) {
            stretched[x] = Math.max(0, Math.min(1, 0.5f + 8 * (soft[x] - 0.5f)));
        }
        return Volume.takeOwnershipOf(grid, stretched);
    }

    /** True where all three indices lie from first to last. */
    private static boolean[] box(int first, int last) {
        boolean[] box = new boolean[GRID.size()];
        for (int k = first; k <= last; k++) {
            for (int j = first; j <= last; j++) {
                Arrays.fill(box, GRID.offset(k, j, first), GRID.offset(k, j, last) + 1, true);
            }
        }
        return box;
    }

    private static boolean isInside(int index, int first, int last) {
        return index >= first && index <= last;
    }

    /** Of a radius of 5 voxels around (10, 11, i), its border 2 voxels wide. */
    private static LabelProbabilities ball(int centre) {
        float[] p = new float[2 * GRID.size()];
        for (int k = 0, x = 0; k < GRID.depth(); k++) {
            for (int j = 0; j < GRID.height(); j++) {
                for (int i = 0; i < GRID.width(); i++, x++) {
                    double r = Math.sqrt((k - 10) * (k - 10) + (j - 11) * (j - 11) + (i - centre) * (i - centre));
                    p[GRID.size() + x] = (float) Math.max(0, Math.min(1, (6 - r) / 2));
                    p[x] = 1 - p[GRID.size() + x];
                }
            }
        }
        return LabelProbabilities.takeOwnershipOf(GRID, 2, p);
    }

    private static double errorWithin(int first, int last, DisplacementField u) {
        double sum = 0;
        for (int k = first; k <= last; k++) {
            for (int j = first; j <= last; j++) {
                for (int i = first; i <= last; i++) {
                    sum += Math.sqrt(squared(u, 0, k, j, i) + squared(u, 1, k, j, i) + squared(u, 2, k, j, i));
                }
            }
        }
        return sum;
    }

    /** Mean distance to the truth four voxels or more from the border, voxels. */
    private static double error(DisplacementField u) {
        double sum = 0;
        int count = 0;
        for (int k = 4; k < GRID.depth() - 4; k++) {
            for (int j = 4; j < GRID.height() - 4; j++) {
                for (int i = 4; i < GRID.width() - 4; i++, count++) {
                    sum += Math.sqrt(squared(u, 0, k, j, i) + squared(u, 1, k, j, i) + squared(u, 2, k, j, i));
                }
            }
        }
        return sum / count;
    }

    private static double squared(DisplacementField u, int c, int k, int j, int i) {
        double d = u.at(c, k, j, i) - TRUTH.at(c, k, j, i);
        return d * d;
    }

    private static Volume padded(Volume image, boolean[] inside, float value) {
        float[] out = image.values().clone();
        for (int x = 0; x < out.length; x++) {
            out[x] = inside[x] ? out[x] : value;
        }
        return Volume.takeOwnershipOf(image.grid(), out);
    }
}
