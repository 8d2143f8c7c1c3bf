package org.regstream.training.network;

import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.ShapeMismatchException;
import org.regstream.core.volume.Volume;

/**
 * The error that a network expects of its own label probabilities, u of P1 section 3.1: [C, D, H, W], channel 0 is
 * background, same unit as a probability, positive. Immutable by contract.
 */
public final class PredictiveUncertainty {
    private final Grid grid;
    private final int channels;
    private final float[] values;

    private PredictiveUncertainty(Grid grid, int channels, float[] values) {
        if (channels < 2 || values.length != (long) channels * grid.size()) {
            throw new ShapeMismatchException("predictive uncertainty needs " + channels + " (at least 2) x "
                    + grid.size() + " values on " + grid + ", got " + values.length);
        }
        this.grid = grid;
        this.channels = channels;
        this.values = values;
    }

    /** @param values [C, D, H, W]; owned by the result from now on */
    public static PredictiveUncertainty takeOwnershipOf(Grid grid, int channels, float[] values) {
        return new PredictiveUncertainty(grid, channels, values);
    }

    public Grid grid() {
        return grid;
    }

    public int channels() {
        return channels;
    }

    /** The array itself, [C, D, H, W]. Not to be modified. */
    public float[] values() {
        return values;
    }

    /** One value a voxel: {@code sqrt(mean_c u_c^2)}, the predictive part of P1 equation 9.
     *  @return new volume, [D, H, W], on the same grid */
    public Volume combined() {
        int n = grid.size();
        float[] out = new float[n];
        for (int x = 0; x < n; x++) {
            double squares = 0;
            for (int at = x; at < values.length; at += n) {
                squares += (double) values[at] * values[at];
            }
            out[x] = (float) Math.sqrt(squares / channels);
        }
        return Volume.takeOwnershipOf(grid, out);
    }

    @Override
    public String toString() {
        return "PredictiveUncertainty " + channels + " channels " + grid;
    }
}
