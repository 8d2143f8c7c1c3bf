package org.regstream.core.pipeline;

import org.regstream.core.geometry.Grid;
import org.regstream.core.model.IntensityMapping;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;

/**
 * An image as a network takes it.
 *
 * @param mapped intensities on the window, 0 where there is no image
 * @param inside true where there is, [D, H, W] of the window. Not to be modified.
 */
public record WindowImage(Volume mapped, boolean[] inside) {

    /**
     * @param image  any unit. Not modified.
     * @param window where the network looks
     * @return sampled linearly and mapped; all 0 where the image is constant or nowhere in the window
     */
    public static WindowImage of(Volume image, Grid window, IntensityMapping intensity) {
        float[] sampled = Resample.linear(image, window, Float.NaN).values();
        boolean[] inside = finite(sampled);
        return new WindowImage(Volume.takeOwnershipOf(window, intensity.apply(sampled, inside)), inside);
    }

    /** @return true where a grid's voxels lie in the image and the image has voxels there, [D, H, W] of the grid */
    public static boolean[] inside(Volume image, Grid grid) {
        return finite(Resample.linear(image, grid, Float.NaN).values());
    }

    private static boolean[] finite(float[] values) {
        boolean[] finite = new boolean[values.length];
        for (int x = 0; x < values.length; x++) {
            finite[x] = Float.isFinite(values[x]);
        }
        return finite;
    }
}
