package org.regstream.training.data.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.IntensityMapping;

class ScanTest {

    private static final Grid GRID = new Grid(8, 10, 6, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));
    private static final IntensityMapping MAPPING = new IntensityMapping(100);

    private final float[] tissue = tissue();
    private final boolean[] all = all();

    private static float[] tissue() {
        Random random = new Random(1);
        float[] values = new float[GRID.size()];
        for (int x = 0; x < values.length; x++) {
            values[x] = random.nextFloat();
        }
        values[0] = 0;
        values[1] = 1;
        return values;
    }

    private static boolean[] all() {
        boolean[] all = new boolean[GRID.size()];
        Arrays.fill(all, true);
        return all;
    }

    private static Scan with(double bias, double noise, double ghost, int[] cut) {
        return new Scan(IntensityMap.identity(), bias, noise, new double[3], ghost, 3, cut, 5);
    }

    @Test
    void shouldLeaveAPlainScanAsItIs() {
        assertThat(Scan.PLAIN.image(tissue, all, GRID, MAPPING)).containsExactly(tissue, within(1e-6f));
        assertThat(Scan.PLAIN.seen(all, GRID)).isEqualTo(all);
    }

    @Test
    void shouldAddRicianNoise() {
        float[] noisy = with(0, 0.05, 0, new int[6]).image(tissue, all, GRID, new IntensityMapping(100));

        double squares = 0;
        for (int x = 0; x < noisy.length; x++) {
            squares += Math.pow(noisy[x] - tissue[x], 2);
        }
        // mapped anew, so that extremes shrink the range by some noise
        assertThat(Math.sqrt(squares / noisy.length)).isBetween(0.02, 0.12);
        assertThat(with(0, 0.05, 0, new int[6]).image(tissue, all, GRID, MAPPING)).isEqualTo(noisy);
    }

    @Test
    void shouldCutTheFieldOfView() {
        boolean[] seen = with(0, 0, 0, new int[]{2, 0, 0, 0, 0, 1}).seen(all, GRID);

        for (int x = 0; x < seen.length; x++) {
            assertThat(seen[x]).isEqualTo(x / 60 >= 2 && x % 6 < 5);
        }
        float[] image = with(0, 0, 0, new int[]{2, 0, 0, 0, 0, 1}).image(tissue, seen, GRID, MAPPING);
        assertThat(image[5]).isZero();
    }

    @Test
    void shouldLayAGhostOverTheImage() {
        float[] ghosted = new Scan(IntensityMap.identity(), 0, 0, new double[3], 0.25, 3, new int[6], 5)
                .image(tissue, all, GRID, new IntensityMapping(100));
        float[] expected = new float[tissue.length];
        for (int x = 0; x < expected.length; x++) {
            int j = x / 6 % 10;
            expected[x] = 0.75f * tissue[x] + 0.25f * tissue[x + 6 * ((j + 3) % 10 - j)];
        }
        assertThat(ghosted).containsExactly(MAPPING.apply(expected, all), within(1e-5f));
    }

    @Test
    void shouldKeepDrawsInTheNetworksRange() {
        for (int seed = 0; seed < 30; seed++) {
            Scan scan = Scan.draw(new SplittableRandom(seed));
            boolean[] seen = scan.seen(all, new Grid(8, 10, 6, GRID.affine()));
            if (!anyOf(seen)) {
                continue;
            }
            for (float v : scan.image(tissue, seen, GRID, MAPPING)) {
                assertThat(v).isBetween(0f, 1f);
            }
        }
    }

    private static boolean anyOf(boolean[] mask) {
        for (boolean b : mask) {
            if (b) {
                return true;
            }
        }
        return false;
    }
}
