package org.regstream.core.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.uncertainty.Calibration.Bin;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;

class CalibrationTest {
    private static final double FLOAT = 1e-7;

    @Test
    void shouldBinByTheMostProbableLabel() {
        // given: four voxels; label 1 with 0.75, 0.75 and 0.5625, label 0 with 1; the second is truly 0
        LabelProbabilities p = probabilities(0.25f, 0.25f, 0.4375f, 1);
        LabelMap truth = labels(1, 0, 1, 0);

        // when
        Calibration calibration = Calibration.of(p, truth, null);

        // then: 0.75 is in bin 11, 0.5625 in bin 8, 1 in the last
        assertThat(calibration.bins()).hasSize(15);
        assertThat(calibration.bins().get(11)).isEqualTo(new Bin(11 / 15.0, 12 / 15.0, 2, 0.75, 0.5));
        assertThat(calibration.bins().get(8)).isEqualTo(new Bin(8 / 15.0, 9 / 15.0, 1, 0.5625, 1));
        assertThat(calibration.bins().get(14)).isEqualTo(new Bin(14 / 15.0, 1, 1, 1, 1));
        assertThat(calibration.bins().get(0).accuracy()).isNaN();
        // 2/4 |0.75 - 0.5| + 1/4 |0.5625 - 1| + 1/4 |1 - 1|
        assertThat(calibration.ece()).isCloseTo(0.125 + 0.109375, within(FLOAT));
        // 2 (0.25² + 0.75² + 0.4375² + 0) / 4, since two channels are off by the same
        assertThat(calibration.brier()).isCloseTo((0.0625 + 0.5625 + 0.19140625) / 2, within(FLOAT));
        assertThat(calibration.voxels()).isEqualTo(4);
    }

    @Test
    void shouldCountTheVoxelsOfTheMaskAlone() {
        Calibration calibration = Calibration.of(probabilities(0.25f, 0.25f, 0.4375f, 1), labels(1, 0, 1, 0),
                new boolean[]{true, false, false, true});

        assertThat(calibration.ece()).isCloseTo(0.125, within(FLOAT));
        assertThat(calibration.brier()).isCloseTo(0.0625, within(FLOAT));
    }

    @Test
    void shouldRefuseWhatCannotBeCompared() {
        LabelProbabilities p = probabilities(0, 0, 0, 0);
        assertThatThrownBy(() -> Calibration.of(p, labels(0, 0, 0, 2), null)).hasMessageContaining("true label 2");
        assertThatThrownBy(() -> Calibration.of(p, labels(0, 0, 0, 0), new boolean[4]))
                .hasMessageContaining("at least one voxel");
        assertThatThrownBy(() -> Calibration.of(p, labels(0, 0, 0, 0), new boolean[3])).hasMessageContaining("mask");
    }

    /** Two channels. @param background its probability in each voxel */
    private static LabelProbabilities probabilities(float... background) {
        float[] values = new float[8];
        for (int x = 0; x < 4; x++) {
            values[x] = background[x];
            values[4 + x] = 1 - background[x];
        }
        return LabelProbabilities.takeOwnershipOf(TestGrids.isotropic(1, 2, 2), 2, values);
    }

    private static LabelMap labels(int... labels) {
        byte[] bytes = new byte[4];
        for (int x = 0; x < 4; x++) {
            bytes[x] = (byte) labels[x];
        }
        return LabelMap.takeOwnershipOf(TestGrids.isotropic(1, 2, 2), bytes);
    }
}
