package org.regstream.core.warp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.Pose;
import org.regstream.core.testkit.Poses;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.DisplacementField;

@Domain(Poses.class)
@Domain(DomainContext.Global.class)
class OriginsTest {

    private static final Grid WINDOW = TestGrids.isotropic(6, 7, 8);
    private static final double[] LOW = {2, 1.5, 3};
    private static final double[] HIGH = {3, 4, 4.5};

    /** What it rules out, no field reaches; fields have a voxel that is not a number. */
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void shouldNeverRuleOutABoxThatAFieldReaches(@ForAll Pose turn, @ForAll @DoubleRange(max = 4) double amplitude,
            @ForAll @IntRange(max = 100) int seed) {
        Origins origins = new Origins(List.of(field(amplitude, seed), field(amplitude / 2, seed + 1)), WINDOW,
                turn.of(WINDOW));

        double[] from = new double[3];
        for (int k = 0; k < WINDOW.depth(); k++) {
            for (int j = 0; j < WINDOW.height(); j++) {
                for (int i = 0; i < WINDOW.width(); i++) {
                    origins.enter(k, j, i);
                    boolean canCome = origins.canComeFrom(LOW, HIGH);
                    for (int field = 0; field < 2; field++) {
                        origins.of(field, from);
                        assertThat(canCome || !isInBox(from)).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void shouldRuleOutWhatLiesBeyondTheLongestDisplacement() {
        Origins origins = new Origins(List.of(DisplacementField.zero(WINDOW)), WINDOW, WINDOW);

        origins.enter(0, 2, 3);
        boolean besideTheBox = origins.canComeFrom(LOW, HIGH);
        origins.enter(2, 2, 3);

        assertThat(besideTheBox).isFalse();
        assertThat(origins.canComeFrom(LOW, HIGH)).isTrue();
    }

    private static DisplacementField field(double amplitude, int seed) {
        float[] u = new float[3 * WINDOW.size()];
        for (int c = 0; c < 3; c++) {
            float[] noise = RandomData.volume(WINDOW, 3 * seed + c).values();
            for (int x = 0; x < noise.length; x++) {
                u[c * noise.length + x] = (float) (amplitude * (2 * noise[x] - 1));
            }
        }
        u[seed] = Float.NaN;
        return DisplacementField.takeOwnershipOf(WINDOW, u);
    }

    private static boolean isInBox(double[] at) {
        for (int axis = 0; axis < 3; axis++) {
            if (!(at[axis] >= LOW[axis] && at[axis] <= HIGH[axis])) {
                return false;
            }
        }
        return true;
    }
}
