package org.regstream.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.IntensityMapping;
import org.regstream.core.volume.Volume;

class WindowImageTest {

    private static final Grid GRID = new Grid(4, 4, 4, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));
    private static final IntensityMapping MAPPING = new IntensityMapping(100);

    /** By definition: what is no image neither is the darkest nor the brightest, and is 0 as outside the image. */
    @Test
    void shouldMapWhatIsImageByItselfAlone() {
        // given: intensities 100 to 163, the first two slices no image
        float[] values = new float[64];
        for (int x = 0; x < 64; x++) {
            values[x] = 100 + x;
        }
        Arrays.fill(values, 0, 16, Float.NaN);
        Arrays.fill(values, 16, 32, Float.NEGATIVE_INFINITY);

        // when
        WindowImage image = WindowImage.of(Volume.takeOwnershipOf(GRID, values), GRID, MAPPING);

        // then: 132 is 0, 163 is 1
        assertThat(Arrays.copyOf(image.mapped().values(), 33)).containsOnly(0);
        assertThat(image.mapped().at(3, 3, 3)).isEqualTo(1);
        assertThat(image.mapped().at(2, 0, 1)).isEqualTo(1 / 31f);
        for (int x = 0; x < 64; x++) {
            assertThat(image.inside()[x]).isEqualTo(x >= 32);
        }
    }

    @Test
    void shouldCountAVoxelBesideWhatIsNoImageAsNone() {
        // given: half way between two voxels of which one is no image
        float[] values = new float[64];
        values[0] = Float.NaN;
        Grid shifted = new Grid(4, 4, 4, GRID.affine().shifted(0, 0, 0.5));

        // when
        boolean[] inside = WindowImage.inside(Volume.takeOwnershipOf(GRID, values), shifted);

        // then
        assertThat(inside[0]).isFalse();
        assertThat(inside[1]).isTrue();
    }

    @Test
    void shouldBeEmptyWhereThereIsNoImageAtAll() {
        float[] nothing = new float[64];
        Arrays.fill(nothing, Float.NaN);

        assertThat(WindowImage.of(Volume.takeOwnershipOf(GRID, nothing), GRID, MAPPING).mapped().values())
                .containsOnly(0);
    }
}
