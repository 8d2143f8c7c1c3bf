package org.regstream.core.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.KnownTransform;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.transform.Mapped.Basis;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.MillimetreField;
import org.regstream.core.volume.Volume;

class MappingTest {

    private static final KnownTransform KNOWN = KnownTransform.oblique();
    /** Of the fixed image. */
    private static final Grid GRID = fine(TestGrids.oblique(30, 30, 30));
    private static final Mapping FIELD = Mapping.of(KNOWN.on(GRID));

    private static Grid fine(Grid oblique) {
        Affine a = oblique.affine();
        return new Grid(oblique.depth(), oblique.height(), oblique.width(),
                new Affine(a.origin(), a.stepK().normalized(), a.stepJ().normalized(), a.stepI().normalized()));
    }

    private static List<Vector3> inside() {
        Random random = new Random(5);
        return Stream.generate(() -> GRID.affine().toLps(1 + 27 * random.nextDouble(), 1 + 27 * random.nextDouble(),
                1 + 27 * random.nextDouble())).limit(200).toList();
    }

    @Test
    void shouldFollowAFieldAndComeBackToWithinAHundredthOfAMillimetre() {
        for (Vector3 p : inside()) {
            Mapped moving = FIELD.toMoving(p);
            Mapped back = FIELD.toFixed(moving.place());

            assertThat(moving.basis()).isEqualTo(Basis.FIELD);
            assertThat(moving.place().minus(KNOWN.map(p)).norm()).isLessThan(0.01);
            assertThat(back.basis()).isEqualTo(Basis.FIELD);
            assertThat(back.place().minus(p).norm()).isLessThan(0.01);
            assertThat(back.residualMm()).isLessThan(0.01);
        }
    }

    /** A field that turns by more than 60 degrees cannot be inverted by plain fixed-point steps. */
    @Test
    void shouldComeBackThroughAHalfTurn() {
        Pose half = Pose.rotation(new Vector3(0, 0.6 * Math.PI, 0.8 * Math.PI)).taking(GRID.centre(),
                new Vector3(1, 2, 3));
        Mapping turned = Mapping.of(new KnownTransform(half).on(GRID));

        for (Vector3 p : inside()) {
            Mapped back = turned.toFixed(turned.toMoving(p).place());
            assertThat(back.place().minus(p).norm()).isLessThan(0.01);
        }
    }

    @Test
    void shouldKnowNothingBeyondAFieldWithoutAPose() {
        Vector3 beyond = GRID.affine().toLps(-5, 15, 15);

        assertThat(FIELD.toMoving(beyond).basis()).isEqualTo(Basis.NOWHERE);
        assertThat(FIELD.toMoving(beyond).place().norm()).isNaN();
        assertThat(FIELD.toFixed(KNOWN.map(beyond)).basis()).isEqualTo(Basis.NOWHERE);
    }

    @Test
    void shouldGoByThePoseBeyondTheWindow() {
        // given
        Grid window = GRID.window(10, 10, 10, 12, 12, 12);
        Mapping mapping = Mapping.of(KNOWN.on(GRID), KNOWN.pose(), window);
        Vector3 beyond = GRID.affine().toLps(2, 2, 2);

        // then
        assertThat(mapping.toMoving(window.centre()).basis()).isEqualTo(Basis.FIELD);
        assertThat(mapping.toFixed(KNOWN.map(window.centre())).basis()).isEqualTo(Basis.FIELD);
        assertThat(mapping.toMoving(beyond).basis()).isEqualTo(Basis.POSE);
        assertThat(mapping.toMoving(beyond).place()).isEqualTo(KNOWN.pose().toMoving(beyond));
        Mapped back = mapping.toFixed(KNOWN.pose().toMoving(beyond));
        assertThat(back.basis()).isEqualTo(Basis.POSE);
        assertThat(back.place().minus(beyond).norm()).isLessThan(1e-9);
    }

    @Test
    void shouldTellWhereAFieldTears() {
        // given: beyond the middle all is moved 4 mm away, so that nothing comes from the gap
        Grid grid = TestGrids.isotropic(9, 9, 9);
        float[] mm = new float[3 * grid.size()];
        for (int x = 0; x < grid.size(); x++) {
            mm[x] = x % 9 > 4 ? 4 : 0;
        }
        Mapping torn = Mapping.of(MillimetreField.takeOwnershipOf(grid, mm), Pose.IDENTITY, grid);

        // when: steep, but no tear between voxels; and beyond all that the field reaches
        Mapped far = torn.toFixed(new Vector3(30, 4, 4));
        Mapped gone = torn.toFixed(new Vector3(6.8, 4, 4));

        // then
        assertThat(far.basis()).isEqualTo(Basis.POSE);
        assertThat(gone.residualMm()).isLessThan(4);
        assertThat(gone.basis()).isIn(Basis.FIELD, Basis.NEAREST);
    }

    @Test
    void shouldMapByAMatrixEverywhere() {
        Mapping matrix = Mapping.of(KNOWN.pose());
        Vector3 p = new Vector3(1e4, -3, 7);

        assertThat(matrix.toMoving(p)).isEqualTo(new Mapped(KNOWN.pose().toMoving(p), Basis.MATRIX, 0));
        assertThat(matrix.toFixed(KNOWN.pose().toMoving(p)).place().minus(p).norm()).isLessThan(1e-8);
    }

    @Test
    void shouldRefuseAFieldOfNoNumbers() {
        float[] nothing = new float[3 * GRID.size()];
        Arrays.fill(nothing, Float.NaN);

        assertThatThrownBy(() -> Mapping.of(MillimetreField.takeOwnershipOf(GRID, nothing)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no numbers");
    }

    /** A ramp pulled through a map is that map's place, read off. */
    @Test
    void shouldPullARampToThePlaceItComesFrom() {
        // given
        Grid moving = KNOWN.moved(GRID);
        Vector3 slope = new Vector3(0.5, -1, 2);
        float[] values = new float[moving.size()];
        for (int k = 0, x = 0; k < 30; k++) {
            for (int j = 0; j < 30; j++) {
                for (int i = 0; i < 30; i++) {
                    values[x++] = (float) slope.dot(moving.affine().toLps(k, j, i));
                }
            }
        }
        Grid target = GRID.window(8, 8, 8, 14, 14, 14);

        // when
        Volume pulled = Pull.linear(Volume.takeOwnershipOf(moving, values), p -> FIELD.toMoving(p).place(), target,
                -1e6f);

        // then
        for (int k = 0; k < 14; k++) {
            assertThat((double) pulled.at(k, 3, 5))
                    .isCloseTo(slope.dot(KNOWN.map(target.affine().toLps(k, 3, 5))), within(0.02));
        }
    }

    @Test
    void shouldCopyThroughTheIdentityAndLeaveTheRestOutside() {
        // given
        Grid target = GRID.window(-2, 0, 0, 30, 30, 30);
        Volume image = RandomData.volume(GRID, 1);
        LabelMap labels = RandomData.labels(GRID, 200, 1);

        // when
        Volume pulled = Pull.linear(image, p -> p, target, -1);
        LabelMap nearest = Pull.nearest(labels, p -> p, target);

        // then
        assertThat(pulled.at(1, 7, 7)).isEqualTo(-1);
        assertThat(pulled.at(9, 7, 7)).isEqualTo(image.at(7, 7, 7));
        assertThat(nearest.labels()[target.offset(1, 7, 7)]).isZero();
        assertThat(nearest.labels()[target.offset(9, 7, 7)]).isEqualTo(labels.labels()[GRID.offset(7, 7, 7)]);
    }
}
