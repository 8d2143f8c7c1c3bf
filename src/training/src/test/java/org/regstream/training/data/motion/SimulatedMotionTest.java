package org.regstream.training.data.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.quality.JacobianDeterminant;
import org.regstream.core.volume.DisplacementField;

class SimulatedMotionTest {

    private static final Grid GRID = new Grid(32, 40, 24, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));
    private static final double[] MIDDLE = {16, 20, 12};

    private static double[] traced(Motion motion, double k, double j, double i) {
        double[] p = {k, j, i};
        motion.trace(p);
        return p;
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }

    @Test
    void shouldKeepDistancesWhenRigid() {
        Rigid rigid = Rigid.of(new SplittableRandom(1), MIDDLE, 25, 4);

        double[] a = traced(rigid, 3, 5, 7);
        double[] b = traced(rigid, 20, 9, 1);

        assertThat(distance(a, b)).isCloseTo(distance(new double[]{3, 5, 7}, new double[]{20, 9, 1}), within(1e-9));
        assertThat(distance(traced(rigid, 16, 20, 12), MIDDLE)).isCloseTo(4, within(1e-9));
        // 25 degrees move a point at distance r by at most 2 r sin(12.5 degrees), and the shift
        assertThat(distance(a, new double[]{3, 5, 7})).isLessThan(4 + 2 * 20.5 * Math.sin(Math.toRadians(12.5)));
    }

    @Test
    void shouldMoveElasticallyByAboutTheAmplitude() {
        double squares = 0;
        int n = 0;
        for (int seed = 0; seed < 40; seed++) {
            Elastic elastic = Elastic.of(new SplittableRandom(seed), GRID.shape(), 8, 3);
            for (double at = 2; at < 22; at += 0.7) {
                double[] from = {at, at, at};
                squares += Math.pow(distance(traced(elastic, at, at, at), from), 2);
                n++;
            }
        }
        assertThat(Math.sqrt(squares / n)).isCloseTo(3, within(0.4));
    }

    @Test
    void shouldSagMostAtTheSurfaceAndNotBelowTheFade() {
        Sag sag = new Sag(new double[]{0, 0, 1}, new double[]{30, 0, 0}, new double[]{1, 0, 0}, 6, 20);

        assertThat(traced(sag, 31, 5, 5)).containsExactly(31, 5, 11);
        assertThat(traced(sag, 20, 5, 5)[2]).isCloseTo(8, within(1e-9));
        assertThat(traced(sag, 9, 5, 5)).containsExactly(9, 5, 5);
    }

    @Test
    void shouldCollapseMostAtAThirdOfTheRadius() {
        Collapse collapse = new Collapse(MIDDLE, 9, 3);

        assertThat(traced(collapse, 19, 20, 12)).containsExactly(22, 20, 12);
        assertThat(traced(collapse, 25, 20, 12)).containsExactly(25, 20, 12);
        assertThat(traced(collapse, 16, 20, 12)).containsExactly(MIDDLE);
    }

    @Test
    void shouldPushAtTheTip() {
        Push push = new Push(MIDDLE, new double[]{0, 1, 0}, 4, 5);

        assertThat(traced(push, 16, 20, 12)).containsExactly(16, 24, 12);
        assertThat(traced(push, 16, 20, 17)[1]).isCloseTo(20 + 4 * Math.exp(-0.5), within(1e-9));
    }

    @Test
    void shouldTraceOneAfterTheOther() {
        Motion first = p -> p[0] *= 2;
        Motion second = p -> p[0] += 1;

        assertThat(traced(Motion.inTurn(List.of(first, second)), 3, 0, 0)[0]).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(SimulatedMotion.Kind.class)
    void shouldMoveWithoutFolding(SimulatedMotion.Kind kind) {
        for (int seed = 0; seed < 5; seed++) {
            SimulatedMotion motion = SimulatedMotion.of(new SplittableRandom(seed), GRID, MIDDLE, kind, 1);

            assertThat(largest(motion.field())).as("%s, seed %d", kind, seed).isGreaterThan(0.3f);
            for (float j : JacobianDeterminant.of(motion.field()).values()) {
                assertThat(j).isPositive();
            }
        }
    }

    @Test
    void shouldDrawTheSameForTheSameSeedAndSometimesNothing() {
        int still = 0;
        for (int seed = 0; seed < 60; seed++) {
            SimulatedMotion motion = SimulatedMotion.draw(new SplittableRandom(seed), GRID, MIDDLE);
            assertThat(SimulatedMotion.draw(new SplittableRandom(seed), GRID, MIDDLE).field().components())
                    .isEqualTo(motion.field().components());
            still += largest(motion.field()) == 0 ? 1 : 0;
        }
        assertThat(still).isBetween(1, 25);
    }

    private static float largest(DisplacementField u) {
        float most = 0;
        for (float c : u.components()) {
            most = Math.max(most, Math.abs(c));
        }
        return most;
    }
}
