package org.regstream.core.align;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.Volume;

class BlocksTest {

    private static final Grid GRID = new Grid(1, 2, 5, Affine.axisAligned(new Vector3(10, 20, 30), 4, 1, 1));
    private static final Volume IMAGE = Volume.copyOf(GRID, new float[]{0, 2, 4, 6, 99, 2, 4, 6, 8, 99});

    @Test
    void shouldTakeMeansOfWholeBlocks() {
        assertArrayEquals(new float[]{2, 6}, Blocks.of(IMAGE, 2).values());
    }

    @Test
    void shouldPutVoxelsIntoTheMiddleOfTheirBlocks() {
        assertEquals(new Vector3(10.5, 20.5, 30), Blocks.of(IMAGE, 2).grid().affine().origin());
        assertEquals(new Vector3(2, 0, 0), Blocks.of(IMAGE, 2).grid().affine().stepI());
    }

    @Test
    void shouldKeepAnImageThatIsCoarseEnough() {
        assertSame(IMAGE, Blocks.of(IMAGE, 1));
    }
}
