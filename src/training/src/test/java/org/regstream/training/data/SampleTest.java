package org.regstream.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

class SampleTest {

    /** A border of NaN, as padded images have, is no image: what is left maps as if it were alone, and no image stops a bank of many. */
    @Test
    void shouldTakeNaNForNoImage() {
        // given: on the network's own lattice, so that nothing is interpolated
        Grid grid = Task.HIPPOCAMPUS.grid().centredOn(
                new Grid(40, 40, 40, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1)));
        float[] values = new float[grid.size()];
        for (int x = 0; x < values.length; x++) {
            values[x] = x < grid.size() / 4 ? Float.NaN : 100 + x % 50;
        }

        // when
        Sample sample = Sample.of("padded", Volume.takeOwnershipOf(grid, values),
                LabelMap.takeOwnershipOf(grid, new byte[grid.size()]), Task.HIPPOCAMPUS);

        // then
        for (int x = 0; x < values.length; x++) {
            boolean isImage = x >= grid.size() / 4;
            assertThat(sample.inside()[x]).isEqualTo(isImage);
            assertThat(sample.image().values()[x]).isBetween(0f, 1f);
            assertThat(isImage || sample.image().values()[x] == 0).isTrue();
        }
    }
}
