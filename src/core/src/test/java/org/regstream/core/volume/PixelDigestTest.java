package org.regstream.core.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;

class PixelDigestTest {

    private static final Affine PLACE = new Affine(new Vector3(0, 0, 0), new Vector3(0, 0, 1), new Vector3(0, 1, 0),
            new Vector3(1, 0, 0));

    @Test
    void shouldBeEqualForEqualPixelsAlone() {
        float[] values = new float[2 * 3 * 4];
        Random random = new Random(5);
        for (int x = 0; x < values.length; x++) {
            values[x] = random.nextInt(3) == 0 ? Float.NaN : random.nextFloat();
        }
        Set<Long> digests = new HashSet<>();
        digests.add(of(values, 2, 3, 4));
        digests.add(of(values.clone(), 2, 3, 4));
        assertThat(digests).hasSize(1);

        digests.add(of(values, 2, 4, 3));
        for (int x = 0; x < values.length; x++) {
            float[] other = values.clone();
            other[x] = Float.isNaN(other[x]) ? 0 : Math.nextUp(other[x]);
            digests.add(of(other, 2, 3, 4));
            float[] swapped = values.clone();
            swapped[x] = values[(x + 5) % values.length];
            swapped[(x + 5) % values.length] = values[x];
            digests.add(of(swapped, 2, 3, 4));
        }
        assertThat(digests).as("every change is another image; swaps of two that are alike are none")
                .hasSizeGreaterThan(2 + values.length + values.length / 2);
    }

    private static long of(float[] values, int depth, int height, int width) {
        return PixelDigest.of(Volume.takeOwnershipOf(new Grid(depth, height, width, PLACE), values));
    }
}
