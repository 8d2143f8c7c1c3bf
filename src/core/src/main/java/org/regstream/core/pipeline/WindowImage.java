package org.regstream.core.pipeline;

import org.regstream.core.geometry.Grid;
import org.regstream.core.model.IntensityMapping;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;

/** An image as a network takes it. */
public final class WindowImage {

    private WindowImage() {}

    /**
     * @param image  any unit. Not modified.
     * @param window where the network looks
     * @param inside true where the window's voxel lies inside the image, [D, H, W] of the window. Not modified.
     * @return new volume on the window: sampled linearly, mapped, 0 in padding
     * @throws IllegalArgumentException if no voxel of the window lies inside the image
     */
    public static Volume of(Volume image, Grid window, boolean[] inside, IntensityMapping intensity) {
        return Volume.takeOwnershipOf(window,
                intensity.apply(Resample.linear(image, window, 0).values(), inside));
    }
}
