package org.regstream.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regstream.core.geometry.Grid;
import org.regstream.core.quality.Dice;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Warp;
import org.regstream.training.TinyTask;
import org.regstream.training.data.motion.SimulatedMotion;
import org.regstream.training.data.scan.Scan;

class PairMakerTest {

    private final Sample source = TinyTask.sample(1);
    private final PairMaker maker = new PairMaker(source.image().grid(), TinyTask.TASK.intensity());

    /** The truth is the truth: pulled along it, the pre-operative side becomes the live one, up to sampling twice. */
    @ParameterizedTest
    @EnumSource(SimulatedMotion.Kind.class)
    void shouldTellTheTrueField(SimulatedMotion.Kind kind) {
        SimulatedPair pair = maker.onePatient(new SplittableRandom(3), source, kind, 0.5, Scan.PLAIN, Scan.PLAIN);

        Volume pulled = Warp.linear(pair.moving().image(), pair.truth(), 0);
        double off = 0;
        double before = 0;
        int n = 0;
        for (int x = 0; x < pair.known().length; x++) {
            if (pair.known()[x]) {
                off += Math.abs(pulled.values()[x] - pair.fixed().image().values()[x]);
                before += Math.abs(pair.moving().image().values()[x] - pair.fixed().image().values()[x]);
                n++;
            }
        }
        assertThat(n).isGreaterThan(1000);
        assertThat(off / n).isLessThan(0.06).isLessThan(0.9 * before / n);
        assertThat(Dice.meanForeground(pair.fixed().labels(),
                Warp.nearest(pair.moving().labels(), pair.truth()), 3)).isGreaterThan(0.8);
    }

    @Test
    void shouldGiveTheVerySameImageWhenNothingMoves() {
        SimulatedPair pair = maker.onePatient(new SplittableRandom(3), source, null, 0, Scan.PLAIN, Scan.PLAIN);

        assertThat(pair.truth().components()).containsOnly(0f);
        assertThat(pair.fixed().image().values()).isEqualTo(pair.moving().image().values());
        assertThat(pair.fixed().labels().labels()).isEqualTo(pair.moving().labels().labels());
    }

    @Test
    void shouldKnowNoFieldBetweenTwoPeople() {
        SimulatedPair pair = maker.twoPeople(new SplittableRandom(1), source, TinyTask.sample(2));

        assertThat(pair.known()).containsOnly(false);
        assertThat(pair.fixed().labels().count(1)).isPositive();
        assertThat(pair.moving().labels().count(2)).isPositive();
    }

    @Test
    void shouldDependOnTheSeedAlone() {
        float[] once = maker.onePatient(new SplittableRandom(9), source).fixed().image().values();

        assertThat(maker.onePatient(new SplittableRandom(9), source).fixed().image().values()).isEqualTo(once);
        assertThat(maker.onePatient(new SplittableRandom(10), source).fixed().image().values()).isNotEqualTo(once);
    }

    @Test
    void shouldTrainOnThreeQuartersOfTheWindow() {
        PairMaker training = PairMaker.training(Task.HIPPOCAMPUS.grid().centredOn(source.image().grid()),
                TinyTask.TASK.intensity());

        assertThat(training.grid().shape()).containsExactly(32, 48, 32);
        assertThat(PairMaker.training(source.image().grid(), TinyTask.TASK.intensity()).grid().shape())
                .containsExactly(16, 24, 16);
    }

    /** A network that never saw the window's rim paints structures there. */
    @Test
    void shouldCutPairsFromAllOfTheWindow() {
        // given: an image that fills the window but for its outer two voxels
        Grid window = Task.HIPPOCAMPUS.grid().centredOn(source.image().grid());
        boolean[] inside = new boolean[window.size()];
        for (int x = 0; x < inside.length; x++) {
            int i = x % window.width();
            inside[x] = i >= 2 && i < window.width() - 2;
        }
        Sample whole = new Sample("whole", Volume.takeOwnershipOf(window, new float[window.size()]),
                LabelMap.takeOwnershipOf(window, new byte[window.size()]), inside);
        PairMaker training = PairMaker.training(window, Task.HIPPOCAMPUS.intensity());

        // when
        int first = 0;
        int last = 0;
        for (int seed = 0; seed < 40; seed++) {
            SimulatedPair pair = training.twoPeople(new SplittableRandom(seed), whole, whole);
            Grid g = training.grid();
            int row = g.offset(g.depth() / 2, g.height() / 2, 0);
            first += pair.moving().inside()[row] ? 0 : 1;
            last += pair.moving().inside()[row + g.width() - 1] ? 0 : 1;
        }

        // then: padding at either end now and then
        assertThat(first).isBetween(2, 30);
        assertThat(last).isBetween(2, 30);
    }

    /** Its motion is drawn first, so that it can be drawn again. */
    @Test
    void shouldLeaveNoLabelInACavityAndNoTruth() {
        SimulatedMotion.Kind kind = SimulatedMotion.Kind.COLLAPSE;
        int held = 0;
        for (int seed = 0; seed < 20; seed++) {
            SimulatedPair pair = maker.onePatient(new SplittableRandom(seed), source, kind, 0.5, Scan.PLAIN,
                    Scan.PLAIN);
            SimulatedMotion motion = SimulatedMotion.of(new SplittableRandom(seed), maker.grid(),
                    Middles.of(pair.moving().labels()), kind, 0.5);

            assertThat(motion.field().components()).isEqualTo(pair.truth().components());
            held += motion.cavity().map(cavity -> requireNothingIn(cavity, pair)).orElse(0);
        }
        assertThat(held).as("voxels in cavities").isPositive();
    }

    /** @return how many voxels the cavity holds */
    private int requireNothingIn(SimulatedMotion.Cavity cavity, SimulatedPair pair) {
        Grid g = maker.grid();
        int held = 0;
        for (int x = 0; x < g.size(); x++) {
            if (cavity.holds(x / (g.height() * g.width()), x / g.width() % g.height(), x % g.width())) {
                assertThat(pair.known()[x]).isFalse();
                assertThat(pair.fixed().labels().labels()[x]).isZero();
                held++;
            }
        }
        return held;
    }
}
