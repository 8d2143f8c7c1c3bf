package org.regstream.training.calibrate.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.quality.JacobianDeterminant;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.training.data.Sample;
import org.regstream.training.evaluate.Pairing;

class FailuresTest {
    private static final Grid GRID = TestGrids.isotropic(12, 14, 16);

    /** Random intensities, labels in the middle, two voxels of padding at the far end of i. */
    private static final Arrival PAIR = Arrival.of(new Pairing(sample("fixed", 1), sample("moving", 2)));

    static Stream<Failure> failures() {
        return Stream.of(new WrongPatient(Map.of("fixed", List.of(sample("near", 3), sample("far", 4)))),
                new ShiftedFieldOfView(), new TurnedFieldOfView(), new MissingSlices(), new Motion(),
                new InvertedContrast(), new Cavity(), TurnedFieldOfView.byThirtyDegrees(), new FarShift(),
                new DeepCollapse(), new NoiseFlood(), new OtherContrast());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldSpoilAlikeFromTheSameSeedAndLeaveItsInputAlone(Failure failure) {
        // given
        float[] before = PAIR.fixed().image().values().clone();
        byte[] labels = PAIR.fixed().labels().labels().clone();

        // when
        Arrival once = failure.spoil(PAIR, 0.6, new SplittableRandom(7));
        Arrival again = failure.spoil(PAIR, 0.6, new SplittableRandom(7));

        // then
        assertThat(once.fixed().image().values()).isEqualTo(again.fixed().image().values());
        assertThat(once.fixed().labels().labels()).isEqualTo(again.fixed().labels().labels());
        assertThat(once.moving().name()).isEqualTo(again.moving().name());
        assertThat(PAIR.fixed().image().values()).isEqualTo(before);
        assertThat(PAIR.fixed().labels().labels()).isEqualTo(labels);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldKeepPaddingBlackAndThePatientsPlace(Failure failure) {
        Sample spoiled = failure.spoil(PAIR, 0.9, new SplittableRandom(7)).fixed();

        assertThat(spoiled.inside()).isEqualTo(PAIR.fixed().inside());
        assertThat(spoiled.image().grid()).isEqualTo(GRID);
        assertThat(spoiled.labels().grid()).isEqualTo(GRID);
        assertThat(spoiled.name()).isEqualTo("fixed");
        for (int x = 0; x < GRID.size(); x++) {
            assertThat(spoiled.inside()[x] || spoiled.image().values()[x] == 0).isTrue();
        }
    }

    @Test
    void shouldExchangeLeftAndRightOfImageTruthAndMask() {
        // when
        Arrival mirrored = new MirroredLiveImage().spoil(PAIR, 1, new SplittableRandom(1));

        // then: i runs backwards, along k and j nothing moves
        for (int k = 0; k < 12; k++) {
            for (int j = 0; j < 14; j++) {
                for (int i = 0; i < 16; i++) {
                    assertThat(mirrored.fixed().image().at(k, j, i)).isEqualTo(PAIR.fixed().image().at(k, j, 15 - i));
                    assertThat(mirrored.fixed().labels().at(k, j, i))
                            .isEqualTo(PAIR.fixed().labels().at(k, j, 15 - i));
                    assertThat(mirrored.known()[GRID.offset(k, j, i)])
                            .isEqualTo(PAIR.known()[GRID.offset(k, j, 15 - i)]);
                }
            }
        }
        assertThat(mirrored.moving()).isSameAs(PAIR.moving());
    }

    @Test
    void shouldCollapseTowardsThePointByMostAtAThirdOfTheRadius() {
        // given: radius 2.5 * 4 = 10
        DisplacementField field = DeepCollapse.field(GRID, new double[]{5, 7, 2}, 4);

        // then: what lies at the edge comes from where it is, what lies between from farther out
        assertThat(field.at(2, 5, 7, 2)).isZero();
        assertThat(field.at(2, 5, 7, 12)).isZero();
        assertThat(field.at(2, 5, 7, 5)).isCloseTo((float) (4 * 0.3 * 0.7 * 0.7 * 27 / 4), within(1e-5f));
        assertThat(field.at(0, 5, 7, 5)).isZero();
        for (float determinant : JacobianDeterminant.of(field).values()) {
            assertThat(determinant).isPositive();
        }
    }

    @Test
    void shouldNotCountWhatWasUnknownBeforeTheScannerLookedElsewhere() {
        // given: one unknown voxel
        boolean[] known = PAIR.known().clone();
        known[GRID.offset(5, 6, 8)] = false;
        Arrival pair = new Arrival(PAIR.fixed(), PAIR.moving(), known, Optional.empty());

        // when: four voxels along i
        Arrival shifted = new ShiftedFieldOfView().spoil(pair, 0.25, gaussians(1, 0, 0));

        // then
        assertThat(shifted.known()[GRID.offset(5, 6, 4)]).isFalse();
        assertThat(shifted.known()[GRID.offset(5, 6, 8)]).isTrue();
    }

    @Test
    void shouldShiftTruthWithTheImage() {
        // when: 0.25 of 16 mm towards +x, which is i: four voxels
        Sample shifted = new ShiftedFieldOfView().spoil(PAIR, 0.25, gaussians(1, 0, 0)).fixed();

        // then
        for (int k = 0; k < 12; k++) {
            for (int j = 0; j < 14; j++) {
                for (int i = 0; i < 14; i++) {
                    boolean seen = i + 4 < 16;
                    assertThat(shifted.image().at(k, j, i))
                            .isEqualTo(seen ? PAIR.fixed().image().at(k, j, i + 4) : 0);
                    assertThat(shifted.labels().at(k, j, i))
                            .isEqualTo(seen ? PAIR.fixed().labels().at(k, j, i + 4) : 0);
                }
            }
        }
    }

    @Test
    void shouldTurnTruthWithTheImageAboutTheMiddle() {
        // given: bright where labelled, off the middle
        byte[] labels = new byte[GRID.size()];
        float[] values = new float[GRID.size()];
        for (int k = 5; k <= 6; k++) {
            for (int j = 9; j <= 11; j++) {
                for (int i = 6; i <= 9; i++) {
                    labels[GRID.offset(k, j, i)] = 1;
                    values[GRID.offset(k, j, i)] = 1;
                }
            }
        }
        Sample fixed = new Sample("fixed", Volume.takeOwnershipOf(GRID, values),
                LabelMap.takeOwnershipOf(GRID, labels), everywhere());

        // when: half of 60 degrees about z, which is k
        Sample turned = new TurnedFieldOfView()
                .spoil(Arrival.of(new Pairing(fixed, PAIR.moving())), 0.5, gaussians(0, 0, 1)).fixed();

        // then: the block's middle, (0, 3.5) mm off the grid's, is seen turned back by 30 degrees
        double[] bright = centroid(turned.image().values());
        double[] labelled = centroid(asFloats(turned.labels().labels()));
        double[] expected = {5.5, 6.5 + 3.5 * Math.cos(Math.PI / 6), 7.5 + 3.5 * Math.sin(Math.PI / 6)};
        assertThat(bright).containsExactly(expected, within(0.1));
        assertThat(labelled).containsExactly(expected, within(0.3));
    }

    @Test
    void shouldTurnAGridWithoutChangingItsVoxels() {
        // given
        Grid oblique = TestGrids.oblique(5, 6, 7);

        // when
        Grid turned = TurnedFieldOfView.turned(oblique, new Vector3(0, 0, 1), Math.PI / 2);

        // then
        assertThat(turned.centre().minus(oblique.centre()).norm()).isCloseTo(0, within(1e-9));
        assertThat(turned.affine().spacingMm()).containsExactly(oblique.affine().spacingMm(), within(1e-9));
        assertThat(turned.affine().determinant()).isCloseTo(oblique.affine().determinant(), within(1e-9));
        Vector3 i = oblique.affine().stepI();
        assertThat(turned.affine().stepI().minus(new Vector3(-i.y(), i.x(), i.z())).norm()).isCloseTo(0, within(1e-9));
    }

    @Test
    void shouldReplaceSlicesByBlackOrByTheSliceBefore() {
        int black = 0;
        int repeated = 0;
        for (int seed = 0; seed < 20; seed++) {
            // when
            Sample spoiled = new MissingSlices().spoil(PAIR, 0.6, new SplittableRandom(seed)).fixed();

            // then
            assertThat(spoiled.labels()).isSameAs(PAIR.fixed().labels());
            assertThat(slice(spoiled, 0)).isEqualTo(slice(PAIR.fixed(), 0));
            for (int k = 1; k < 12; k++) {
                float[] now = slice(spoiled, k);
                if (Arrays.equals(now, new float[now.length])) {
                    black++;
                } else if (!Arrays.equals(now, slice(PAIR.fixed(), k))) {
                    assertThat(now).isEqualTo(slice(spoiled, k - 1));
                    repeated++;
                }
            }
        }
        // 220 slices, 0.6 of 0.8 of them missing, half in each way
        assertThat(black + repeated).isBetween(80, 130);
        assertThat(black).isPositive();
        assertThat(repeated).isPositive();
    }

    @Test
    void shouldLayGhostsAlongJOverOddSlicesMost() {
        // given: one bright voxel in an even and one in an odd slice
        float[] values = new float[GRID.size()];
        values[GRID.offset(4, 7, 5)] = 1;
        values[GRID.offset(5, 7, 5)] = 1;
        Sample fixed = new Sample("fixed", Volume.takeOwnershipOf(GRID, values), PAIR.fixed().labels(), everywhere());

        // when: by 3 voxels, 0.5 of 0.9 of the signal
        Sample moved = new Motion().spoil(Arrival.of(new Pairing(fixed, PAIR.moving())), 0.5, least()).fixed();

        // then
        assertThat(moved.image().at(5, 7, 5)).isCloseTo(0.55f, within(1e-6f));
        assertThat(moved.image().at(5, 4, 5)).isCloseTo(0.225f, within(1e-6f));
        assertThat(moved.image().at(5, 10, 5)).isCloseTo(0.225f, within(1e-6f));
        assertThat(moved.image().at(4, 7, 5)).isCloseTo(0.775f, within(1e-6f));
        assertThat(moved.image().at(4, 4, 5)).isCloseTo(0.1125f, within(1e-6f));
        assertThat(moved.labels()).isSameAs(fixed.labels());
    }

    @Test
    void shouldFoldIntensitiesAtTheSeverity() {
        Sample folded = new InvertedContrast().spoil(PAIR, 0.25, new SplittableRandom(1)).fixed();

        for (int x = 0; x < GRID.size(); x++) {
            float expected = PAIR.fixed().inside()[x] ? Math.abs(PAIR.fixed().image().values()[x] - 0.25f) : 0;
            assertThat(folded.image().values()[x]).isCloseTo(expected, within(1e-6f));
        }
        assertThat(folded.labels()).isSameAs(PAIR.fixed().labels());
    }

    @Test
    void shouldTakeTheCavityOutOfTheTruth() {
        // when: 2 + 0.1 * 10 voxels radius
        Sample cut = new Cavity().spoil(PAIR, 0.1, new SplittableRandom(3)).fixed();

        // then: a ball of radius 3, with 123 lattice points, about a labelled voxel
        int changed = 0;
        double[] middle = new double[3];
        for (int x = 0; x < GRID.size(); x++) {
            if (cut.image().values()[x] != PAIR.fixed().image().values()[x]) {
                assertThat(cut.image().values()[x]).isEqualTo(0.05f);
                assertThat(cut.labels().labels()[x]).isZero();
                changed++;
                middle[0] += x / 224;
                middle[1] += x / 16 % 14;
                middle[2] += x % 16;
            } else {
                assertThat(cut.labels().labels()[x]).isEqualTo(PAIR.fixed().labels().labels()[x]);
            }
        }
        assertThat(changed).isEqualTo(123);
        assertThat(PAIR.fixed().labels().at((int) Math.round(middle[0] / 123), (int) Math.round(middle[1] / 123),
                (int) Math.round(middle[2] / 123))).isPositive();
    }

    @Test
    void shouldChooseTheWrongPatientAmongTheLessSimilarHalf() {
        // given
        List<Sample> ranked = Stream.of("0", "1", "2", "3", "4").map(name -> sample(name, 5)).toList();
        WrongPatient failure = new WrongPatient(Map.of("fixed", ranked));

        // then
        assertThat(failure.spoil(PAIR, 1, new SplittableRandom(1)).moving().name()).isEqualTo("4");
        assertThat(failure.spoil(PAIR, 0.5, new SplittableRandom(1)).moving().name()).isEqualTo("3");
        assertThat(failure.spoil(PAIR, 0.01, new SplittableRandom(1)).moving().name()).isEqualTo("2");
        assertThat(failure.spoil(PAIR, 1, new SplittableRandom(1)).fixed()).isSameAs(PAIR.fixed());
    }

    private static Sample sample(String name, int seed) {
        boolean[] inside = new boolean[GRID.size()];
        float[] values = RandomData.volume(GRID, seed).values().clone();
        byte[] labels = new byte[GRID.size()];
        for (int x = 0; x < inside.length; x++) {
            inside[x] = x % 16 < 14;
            values[x] = inside[x] ? 0.1f + values[x] : 0;
            boolean middle = x / 224 >= 4 && x / 224 < 8 && x / 16 % 14 >= 5 && x / 16 % 14 < 9 && x % 16 >= 5
                    && x % 16 < 9;
            labels[x] = (byte) (middle ? 1 + x % 2 : 0);
        }
        return new Sample(name, Volume.takeOwnershipOf(GRID, values), LabelMap.takeOwnershipOf(GRID, labels), inside);
    }

    private static boolean[] everywhere() {
        boolean[] inside = new boolean[GRID.size()];
        Arrays.fill(inside, true);
        return inside;
    }

    private static float[] slice(Sample s, int k) {
        return Arrays.copyOfRange(s.image().values(), k * 224, (k + 1) * 224);
    }

    private static float[] asFloats(byte[] labels) {
        float[] values = new float[labels.length];
        for (int x = 0; x < labels.length; x++) {
            values[x] = labels[x];
        }
        return values;
    }

    /** Weighted mean index (k, j, i). */
    private static double[] centroid(float[] weights) {
        double[] sum = new double[3];
        double all = 0;
        for (int x = 0; x < weights.length; x++) {
            all += weights[x];
            sum[0] += weights[x] * (x / 224);
            sum[1] += weights[x] * (x / 16 % 14);
            sum[2] += weights[x] * (x % 16);
        }
        return new double[]{sum[0] / all, sum[1] / all, sum[2] / all};
    }

    /** Gives these in turn. */
    private static RandomGenerator gaussians(double... values) {
        int[] next = {0};
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException("only gaussians");
            }

            @Override
            public double nextGaussian() {
                return values[next[0]++];
            }
        };
    }

    /** Always draws the least of a range. */
    private static RandomGenerator least() {
        return () -> 0;
    }
}
