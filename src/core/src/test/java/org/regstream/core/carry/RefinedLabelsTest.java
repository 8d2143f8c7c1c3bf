package org.regstream.core.carry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

class RefinedLabelsTest {

    private static final Grid GRID = TestGrids.isotropic(2, 2, 4);
    private static final int N = GRID.size();

    /** Label 1 in the lower half of i, carried without motion or doubt. */
    private static LabelProbabilities refined(float[] outline) {
        byte[] given = new byte[N];
        for (int x = 0; x < N; x++) {
            given[x] = (byte) (x % 4 < 2 ? 1 : 0);
        }
        DisplacementField still = DisplacementField.zero(GRID);
        CarryingFields fields = new CarryingFields(still, List.of(still),
                Volume.takeOwnershipOf(GRID, new float[N]), 1);
        return RefinedLabels.of(LabelMap.takeOwnershipOf(GRID, given), fields,
                LabelProbabilities.takeOwnershipOf(GRID, 2, outline), GRID);
    }

    private static float[] even(float p) {
        float[] outline = new float[2 * N];
        for (int x = 0; x < N; x++) {
            outline[x] = 1 - p;
            outline[N + x] = p;
        }
        return outline;
    }

    @Test
    void shouldMultiplyBothOpinions() {
        LabelProbabilities p = refined(even(0.2f));

        // carried 1: 1.001 * 0.2001 against 0.001 * 0.8001; carried 0: 0.001 * 0.2001 against 1.001 * 0.8001
        assertThat(p.values()[N]).isCloseTo((float) (1.001 * 0.2001 / (1.001 * 0.2001 + 0.001 * 0.8001)),
                within(1e-5f));
        assertThat(p.values()[N + 3]).isCloseTo((float) (0.001 * 0.2001 / (0.001 * 0.2001 + 1.001 * 0.8001)),
                within(1e-5f));
        for (int x = 0; x < N; x++) {
            assertThat(p.values()[x] + p.values()[N + x]).isCloseTo(1, within(1e-6f));
        }
    }

    @Test
    void shouldFollowWhoeverIsSurer() {
        assertThat(refined(even(0.5f)).argMax().labels()).as("an outline that knows nothing").startsWith(1, 1, 0, 0);
        assertThat(refined(even(1)).argMax().labels()).as("an outline without doubt").containsOnly(1);
        assertThat(refined(even(0)).argMax().labels()).containsOnly(0);
    }
}
