package org.regstream.core.warp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.Pose;
import org.regstream.core.testkit.Poses;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/**
 * What is sampled depends on how two grids lie to each other, not on where the pair of them lies. The source has 1 mm voxels
 * along the patient's axes, so that before the move a point in mm is its index, without arithmetic.
 */
@Domain(Poses.class)
@Domain(DomainContext.Global.class)
class RigidMoveTest {

    private static final Grid SOURCE = TestGrids.isotropic(6, 7, 8);
    private static final LabelMap LABELS = RandomData.labels(SOURCE, 256, 1);
    private static final Volume IMAGE = RandomData.volume(SOURCE, 2);
    private static final float OUTSIDE = -9;
    /** What {@link Interpolation#ROUNDING} of a voxel makes of intensities from 0 to 1, along three axes. */
    private static final float SMALL = 1e-4f;

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void shouldFindTheSameVoxelsInside(@ForAll Pose turn, @ForAll Pose move,
            @ForAll @IntRange(min = -3, max = 16) int start) {
        Grid target = target(turn, start);

        boolean[] inside = Resample.inside(move.of(SOURCE), move.of(target));

        boolean[] expected = new boolean[target.size()];
        for (int x = 0; x < expected.length; x++) {
            expected[x] = isInside(at(target, x));
        }
        assertThat(inside).isEqualTo(expected);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void shouldTakeTheSameLabels(@ForAll Pose turn, @ForAll Pose move,
            @ForAll @IntRange(min = -3, max = 16) int start) {
        Grid target = target(turn, start);
        LabelMap moved = LabelMap.takeOwnershipOf(move.of(SOURCE), LABELS.labels());

        LabelMap there = Resample.nearest(moved, move.of(target));

        assertThat(there.labels()).isEqualTo(nearestByDefinition(target));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void shouldTakeTheSameLabelsAlongAField(@ForAll Pose turn, @ForAll Pose move,
            @ForAll @IntRange(min = -3, max = 16) int start) {
        Grid target = target(turn, start);
        LabelMap moved = LabelMap.takeOwnershipOf(move.of(SOURCE), LABELS.labels());
        DisplacementField still = DisplacementField.zero(move.of(SOURCE));

        LabelMap there = Warp.nearest(moved, still, move.of(target));

        assertThat(there.labels()).isEqualTo(nearestByDefinition(target));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void shouldReadTheSameIntensities(@ForAll Pose turn, @ForAll Pose move,
            @ForAll @IntRange(min = -3, max = 16) int start) {
        Grid target = target(turn, start);
        Volume moved = Volume.takeOwnershipOf(move.of(SOURCE), IMAGE.values());

        float[] there = Resample.linear(moved, move.of(target), OUTSIDE).values();

        float[] here = Resample.linear(IMAGE, target, OUTSIDE).values();
        float most = 0;
        for (int x = 0; x < here.length; x++) {
            most = Math.max(most, Math.abs(there[x] - here[x]));
        }
        assertThat(most).isLessThan(SMALL);
    }

    /** [5, 6, 9], turned about the middle of the source; a row begins {@code start} half voxels from it. */
    private static Grid target(Pose turn, int start) {
        Vector3 half = new Vector3(-start / 2.0, -2.5, -2);
        Vector3 middle = new Vector3(3, 3, 3);
        Affine a = new Affine(turn.direction(half).plus(middle), turn.z(), turn.y(), turn.x());
        return new Grid(5, 6, 9, a);
    }

    private static byte[] nearestByDefinition(Grid target) {
        byte[] labels = new byte[target.size()];
        for (int x = 0; x < labels.length; x++) {
            Vector3 at = at(target, x);
            if (isInside(at)) {
                labels[x] = (byte) LABELS.at(nearest(at.z(), 6), nearest(at.y(), 7), nearest(at.x(), 8));
            }
        }
        return labels;
    }

    private static Vector3 at(Grid g, int x) {
        return g.affine().toLps(x / 54, x / 9 % 6, x % 9);
    }

    private static boolean isInside(Vector3 at) {
        return isInside(at.z(), 6) && isInside(at.y(), 7) && isInside(at.x(), 8);
    }

    private static boolean isInside(double index, int length) {
        return index >= -0.5 - Interpolation.ROUNDING && index <= length - 0.5 + Interpolation.ROUNDING;
    }

    /** The higher one half way. */
    private static int nearest(double index, int length) {
        return (int) Math.max(0, Math.min(length - 1, Math.floor(index + 0.5 + Interpolation.ROUNDING)));
    }
}
