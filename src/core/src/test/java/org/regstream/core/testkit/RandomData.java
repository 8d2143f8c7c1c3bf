package org.regstream.core.testkit;

import java.util.Random;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/** Random arrays; the same seed gives the same array. */
public final class RandomData {

    private RandomData() {}

    /** Uniform in [0, 1). */
    public static Volume volume(Grid grid, long seed) {
        return Volume.takeOwnershipOf(grid, uniform(grid.size(), 0, 1, seed));
    }

    /** Each voxel any of 0 to {@code channels} - 1. */
    public static LabelMap labels(Grid grid, int channels, long seed) {
        Random random = new Random(seed);
        byte[] labels = new byte[grid.size()];
        for (int x = 0; x < labels.length; x++) {
            labels[x] = (byte) random.nextInt(channels);
        }
        return LabelMap.takeOwnershipOf(grid, labels);
    }

    /** Each component uniform in [-amplitude, amplitude) voxels, voxels independent of one another. */
    public static DisplacementField roughField(Grid grid, double amplitude, long seed) {
        return DisplacementField.takeOwnershipOf(grid, uniform(3 * grid.size(), -amplitude, amplitude, seed));
    }

    /** Each component a plane wave of the given amplitude in voxels, two thirds of a period across the grid. */
    public static DisplacementField smoothField(Grid grid, double amplitude, long seed) {
        Random random = new Random(seed);
        float[] u = new float[3 * grid.size()];
        for (int c = 0; c < 3; c++) {
            double[] w = {random.nextDouble() * 4 / grid.depth(), random.nextDouble() * 4 / grid.height(),
                    random.nextDouble() * 4 / grid.width()};
            double phase = random.nextDouble() * 6;
            for (int k = 0, x = c * grid.size(); k < grid.depth(); k++) {
                for (int j = 0; j < grid.height(); j++) {
                    for (int i = 0; i < grid.width(); i++) {
                        u[x++] = (float) (amplitude * Math.sin(w[0] * k + w[1] * j + w[2] * i + phase));
                    }
                }
            }
        }
        return DisplacementField.takeOwnershipOf(grid, u);
    }

    private static float[] uniform(int n, double low, double high, long seed) {
        Random random = new Random(seed);
        float[] values = new float[n];
        for (int x = 0; x < n; x++) {
            values[x] = (float) (low + (high - low) * random.nextDouble());
        }
        return values;
    }
}
