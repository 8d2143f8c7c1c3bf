package org.regstream.core.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.TestGrids;

class MorphologyTest {
    private static final Grid GRID = TestGrids.isotropic(4, 5, 6);

    @Test
    void shouldLookAtAll27VoxelsThatTheGridHas() {
        // given
        Random random = new Random(3);
        for (double share : new double[]{0.02, 0.3, 0.98}) {
            boolean[] mask = new boolean[GRID.size()];
            for (int x = 0; x < mask.length; x++) {
                mask[x] = random.nextDouble() < share;
            }

            // when, then
            assertThat(Morphology.dilate(mask, GRID)).isEqualTo(definition(mask, true));
            assertThat(Morphology.erode(mask, GRID)).isEqualTo(definition(mask, false));
        }
    }

    @Test
    void shouldHaveABorderOnBothSides() {
        // given: a block of 2 x 3 x 3 in the corner
        boolean[] mask = new boolean[GRID.size()];
        for (int k = 0; k < 2; k++) {
            for (int j = 0; j < 3; j++) {
                for (int i = 0; i < 3; i++) {
                    mask[GRID.offset(k, j, i)] = true;
                }
            }
        }

        // when
        boolean[] border = Morphology.border(mask, GRID);

        // then: 3 x 4 x 4 dilated, less 1 x 2 x 2, since the grid's own border does not erode
        int count = 0;
        for (boolean b : border) {
            count += b ? 1 : 0;
        }
        assertThat(count).isEqualTo(48 - 4);
        assertThat(border[GRID.offset(0, 0, 0)]).isFalse();
        assertThat(border[GRID.offset(1, 0, 0)]).isTrue();
        assertThat(border[GRID.offset(2, 3, 3)]).isTrue();
    }

    /** True where any (dilated) or all (eroded) of the neighbourhood are. */
    private static boolean[] definition(boolean[] mask, boolean any) {
        boolean[] out = new boolean[mask.length];
        for (int x = 0; x < out.length; x++) {
            out[x] = !any;
            for (int y = 0; y < out.length; y++) {
                if (areNeighbours(x, y) && mask[y] == any) {
                    out[x] = any;
                }
            }
        }
        return out;
    }

    private static boolean areNeighbours(int x, int y) {
        return Math.abs(x / 30 - y / 30) <= 1 && Math.abs(x / 6 % 5 - y / 6 % 5) <= 1 && Math.abs(x % 6 - y % 6) <= 1;
    }
}
