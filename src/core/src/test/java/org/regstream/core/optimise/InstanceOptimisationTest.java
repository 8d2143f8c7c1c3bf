package org.regstream.core.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.optimise.InstanceOptimisation.Progress;
import org.regstream.core.optimise.OptimisationSettings.Level;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.ShapeMismatchException;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.GaussianSmoothing;
import org.regstream.core.warp.Warp;

class InstanceOptimisationTest {
    private static final Grid GRID = TestGrids.oblique(20, 22, 24);
    private static final DisplacementField TRUTH = RandomData.smoothField(GRID, 1.5, 5);
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
            assertThat(result.iterations()).isEqualTo(60);
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
        OptimisationSettings s = new OptimisationSettings(Similarity.NLCC, 0.1,
                List.of(new Level(8, 0, 10, 0.1), new Level(4, 0, 10, 0.1)), Duration.ofSeconds(6));

        // when
        OptimisedField result = new InstanceOptimisation(s, () -> now[0] += 1_000_000_000L)
                .optimise(pair, NOTHING, Progress.NONE);

        // then: the first look starts the clock, and 6 seconds later it is over
        assertThat(result.iterations()).isEqualTo(5);
        assertThat(result.improved()).isTrue();
    }

    @Test
    void shouldTellOfEveryStep() {
        // given
        List<Integer> steps = new ArrayList<>();
        List<Double> objectives = new ArrayList<>();
        OptimisationSettings s = settings(Similarity.NLCC);

        // when
        new InstanceOptimisation(s).optimise(pair, NOTHING, (iteration, of, objective) -> {
            assertThat(of).isEqualTo(60);
            steps.add(iteration);
            objectives.add(objective);
        });

        // then
        assertThat(steps).hasSize(60).startsWith(1, 2, 3).endsWith(60);
        assertThat(objectives.get(59)).isLessThan(objectives.get(0));
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        DisplacementField other = DisplacementField.zero(TestGrids.oblique(20, 22, 23));
        assertThatThrownBy(() -> optimise(OptimisationSettings.refine(Similarity.NLCC), pair, other))
                .isInstanceOf(ShapeMismatchException.class).hasMessageContaining("images and start field");
        assertThatThrownBy(() -> new ImagePair(pair.fixed(), new boolean[GRID.size()], pair.moving(),
                pair.movingInside())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mask of the fixed image");
        assertThatThrownBy(() -> new Level(0, 0, 1, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stride");
        assertThatThrownBy(() -> new OptimisationSettings(Similarity.NLCC, -1, settings(Similarity.NLCC).levels(),
                Duration.ofSeconds(1))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("smoothness");
    }

    private static OptimisationSettings settings(Similarity similarity) {
        return new OptimisationSettings(similarity, 0.02, List.of(new Level(8, 1, 30, 0.2), new Level(4, 0, 30, 0.1)),
                Duration.ofMinutes(5));
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
        float[] soft = GaussianSmoothing.ofVoxels(RandomData.volume(GRID, 1), 1.5).values();
        float[] stretched = new float[soft.length];
        for (int x = 0; x < soft.length; x++) {
            stretched[x] = Math.max(0, Math.min(1, 0.5f + 8 * (soft[x] - 0.5f)));
        }
        Volume moving = Volume.takeOwnershipOf(GRID, stretched);
        return ImagePairs.whole(Warp.linear(moving, u, 0), moving);
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
