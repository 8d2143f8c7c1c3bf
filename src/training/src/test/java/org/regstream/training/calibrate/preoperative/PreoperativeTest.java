package org.regstream.training.calibrate.preoperative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regstream.core.geometry.Grid;
import org.regstream.core.quality.Dice;
import org.regstream.core.volume.LabelMap;
import org.regstream.training.TinyTask;
import org.regstream.training.calibrate.failure.Arrival;
import org.regstream.training.calibrate.failure.Failure;
import org.regstream.training.data.PairMaker;
import org.regstream.training.data.Sample;
import org.regstream.training.data.motion.SimulatedMotion;
import org.regstream.training.data.scan.Scan;

class PreoperativeTest {
    private static final Sample SOURCE = TinyTask.sample(1);
    private static final Grid GRID = SOURCE.image().grid();

    /** Moved by up to a voxel or two. */
    private static final Arrival PAIR = Arrival.of(new PairMaker(GRID, TinyTask.TASK.intensity())
            .onePatient(new SplittableRandom(3), SOURCE, SimulatedMotion.Kind.ELASTIC, 0.3, Scan.PLAIN, Scan.PLAIN));

    static Stream<Failure> images() {
        return Stream.of(new NoiseImage(), new ConstantImage(), new AnotherPersonsImage(TinyTask.samples(4)),
                new MirroredImage(), new OtherContrastBefore());
    }

    @ParameterizedTest
    @MethodSource("images")
    void shouldSpoilThePreoperativeImageAlone(Failure failure) {
        // when
        Arrival spoiled = failure.spoil(PAIR, 1, new SplittableRandom(5));

        // then
        assertThat(spoiled.fixed()).isSameAs(PAIR.fixed());
        assertThat(spoiled.moving().labels()).isSameAs(PAIR.moving().labels());
        assertThat(spoiled.moving().image().values()).isNotEqualTo(PAIR.moving().image().values());
        assertThat(spoiled.moving().image().values())
                .isEqualTo(failure.spoil(PAIR, 1, new SplittableRandom(5)).moving().image().values());
    }

    @Test
    void shouldTakeSomebodyElsesImage() {
        Failure failure = new AnotherPersonsImage(List.of(SOURCE, TinyTask.sample(2)));

        for (int seed = 0; seed < 5; seed++) {
            assertThat(failure.spoil(PAIR, 1, new SplittableRandom(seed)).moving().image().values())
                    .isEqualTo(TinyTask.sample(2).image().values());
        }
    }

    @Test
    void shouldExchangeLeftAndRightTwiceForNothing() {
        Arrival once = new MirroredSide().spoil(PAIR, 1, new SplittableRandom(1));
        Arrival twice = new MirroredSide().spoil(once, 1, new SplittableRandom(1));

        assertThat(once.moving().labels().at(8, 16, 3)).isEqualTo(PAIR.moving().labels().at(8, 16, 12));
        assertThat(twice.moving().image().values()).isEqualTo(PAIR.moving().image().values());
        assertThat(twice.moving().inside()).isEqualTo(PAIR.moving().inside());
        assertThat(once.fixed()).isSameAs(PAIR.fixed());
    }

    @Test
    void shouldCarrySwappedLabelsSwapped() {
        // when
        Arrival swapped = new SwappedLabels().spoil(PAIR, 1, new SplittableRandom(1));

        // then: whoever carries them rightly names the wrong structures, and is right
        int[] given = PAIR.moving().labels().counts();
        assertThat(swapped.moving().labels().counts()[1]).isEqualTo(given[2]).isNotEqualTo(given[1]);
        assertThat(Dice.perLabel(swapped.fixed().labels(), PAIR.fixed().labels(), 3)[1]).isZero();
        for (int x = 0; x < GRID.size(); x++) {
            int before = PAIR.fixed().labels().labels()[x];
            assertThat(swapped.fixed().labels().labels()[x]).isEqualTo((byte) (before == 0 ? 0 : 3 - before));
        }
    }

    @Test
    void shouldDilateByTwoVoxels() {
        // when
        LabelMap given = PAIR.moving().labels();
        Arrival dilated = new DilatedLabels().spoil(PAIR, 1, new SplittableRandom(1));

        // then
        LabelMap larger = dilated.moving().labels();
        for (int k = 2; k < 14; k++) {
            for (int j = 2; j < 30; j++) {
                for (int i = 2; i < 14; i++) {
                    if (given.at(k, j, i) != 0) {
                        assertThat(larger.at(k, j, i)).isEqualTo(given.at(k, j, i));
                        assertThat(larger.at(k - 2, j + 2, i)).isNotZero();
                    }
                }
            }
        }
        assertThat(dilated.fixed().labels().counts()[1]).isGreaterThan(PAIR.fixed().labels().counts()[1]);
    }

    @Test
    void shouldShiftLabelsBesideTheStructures() {
        Arrival shifted = new ShiftedLabels().spoil(PAIR, 0.01, new SplittableRandom(1));

        assertThat(shifted.moving().labels().counts()[1]).isCloseTo(PAIR.moving().labels().counts()[1],
                withinPercentage(25));
        assertThat(Dice.perLabel(shifted.moving().labels(), PAIR.moving().labels(), 3)[1]).isBetween(0.1, 0.8);
    }

    @Test
    void shouldGiveBallsOfTheirSizeForLabels() {
        Arrival target = Balls.target().spoil(PAIR, 1, new SplittableRandom(2));

        // then: 33 lattice points lie within 2 of a lattice point, about 33.5 of any
        assertThat(target.moving().labels().counts()[1]).isBetween(20, 42);
        assertThat(target.moving().labels().maxLabel()).isEqualTo(1);
        assertThat(Balls.two().spoil(PAIR, 1, new SplittableRandom(2)).moving().labels().maxLabel()).isEqualTo(2);
    }
}
