package org.regstream.core.warp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

class ResampleTest {
    private static final Grid SOURCE = TestGrids.oblique(7, 8, 9);

    @Test
    void shouldCopyOntoTheSameGrid() {
        Volume image = RandomData.volume(SOURCE, 1);
        assertThat(Resample.linear(image, SOURCE, -1).values()).isEqualTo(image.values());
    }

    @Test
    void shouldReadALinearRampOfPatientSpaceOnAnyGrid() {
        // given: I = x + 2 y - 3 z in LPS mm, exact under trilinear interpolation away from the border
        float[] values = new float[SOURCE.size()];
        for (int x = 0; x < values.length; x++) {
            values[x] = (float) ramp(SOURCE.affine().toLps(x / 72, x / 9 % 8, x % 9));
        }
        Volume image = Volume.takeOwnershipOf(SOURCE, values);
        Grid target = around(TestGrids.isotropic(20, 20, 20));

        // when
        Volume there = Resample.linear(image, target, Float.NaN);

        // then
        int n = 0;
        for (int x = 0; x < target.size(); x++) {
            Vector3 lps = target.affine().toLps(x / 400, x / 20 % 20, x % 20);
            double[] at = SOURCE.affine().toIndex(lps);
            if (at[0] >= 0 && at[1] >= 0 && at[2] >= 0 && at[0] <= 6 && at[1] <= 7 && at[2] <= 8) {
                assertThat(there.values()[x]).isCloseTo((float) ramp(lps), within(1e-4f));
                n++;
            }
        }
        assertThat(n).isGreaterThan(50);
    }

    @Test
    void shouldVisitNoLessThanEveryVoxelInsideWhateverTheTurn() {
        Random random = new Random(8);
        for (int n = 0; n < 300; n++) {
            // given: any axes, some of them exactly along the source's, some far away
            Grid target = randomTarget(random);

            // when
            boolean[] inside = Resample.inside(SOURCE, target);

            // then
            for (int x = 0; x < inside.length; x++) {
                double[] at = SOURCE.affine().toIndex(target.affine().toLps(x / 30, x / 6 % 5, x % 6));
                assertThat(inside[x]).as("target %d voxel %d", n, x).isEqualTo(Interpolation.isInside(SOURCE,
                        Interpolation.snap(at[0]), Interpolation.snap(at[1]), Interpolation.snap(at[2])));
            }
        }
    }

    @Test
    void shouldTakeTheNearestLabelAndBackgroundOutside() {
        // given
        LabelMap labels = RandomData.labels(SOURCE, 200, 3);
        Random random = new Random(9);
        for (int n = 0; n < 100; n++) {
            Grid target = randomTarget(random);

            // when
            LabelMap there = Resample.nearest(labels, target);

            // then
            for (int x = 0; x < target.size(); x++) {
                double[] at = SOURCE.affine().toIndex(target.affine().toLps(x / 30, x / 6 % 5, x % 6));
                boolean inside = Interpolation.isInside(SOURCE, Interpolation.snap(at[0]), Interpolation.snap(at[1]),
                        Interpolation.snap(at[2]));
                int expected = inside
                        ? labels.labels()[Interpolation.nearestOffset(SOURCE, Interpolation.snap(at[0]),
                                Interpolation.snap(at[1]), Interpolation.snap(at[2]))] & 0xff
                        : 0;
                assertThat(there.labels()[x] & 0xff).isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldKeepProbabilitiesSummingToOneAndBackgroundOutside() {
        // given
        LabelProbabilities soft = LabelProbabilities.oneHot(RandomData.labels(SOURCE, 3, 3), 3);
        Grid target = around(TestGrids.isotropic(20, 20, 20));

        // when
        float[] there = Resample.linear(soft, target).values();

        // then
        boolean[] inside = Resample.inside(SOURCE, target);
        int n = target.size();
        for (int x = 0; x < n; x++) {
            assertThat(there[x] + there[n + x] + there[2 * n + x]).isCloseTo(1, within(1e-6f));
            assertThat(inside[x] || there[x] == 1).isTrue();
        }
    }

    /** Shape [., 5, 6]; some targets share axes with the source, so that their steps along others are 0. */
    private static Grid randomTarget(Random random) {
        Affine a = SOURCE.affine();
        Vector3 origin = a.toLps(random.nextInt(16) - 4, random.nextInt(16) - 4, random.nextInt(16) - 4);
        if (random.nextInt(3) == 0) {
            return new Grid(4, 5, 6, new Affine(origin, a.stepI().times(1.7), a.stepK().times(-0.4), a.stepJ()));
        }
        return new Grid(4, 5, 6, new Affine(origin, direction(random).times(2), direction(random), direction(random)));
    }

    private static Vector3 direction(Random random) {
        return new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).normalized();
    }

    private static Grid around(Grid box) {
        return new Grid(box.depth(), box.height(), box.width(),
                box.affine().translated(SOURCE.centre().minus(box.centre())));
    }

    private static double ramp(Vector3 lps) {
        return lps.x() + 2 * lps.y() - 3 * lps.z();
    }
}
