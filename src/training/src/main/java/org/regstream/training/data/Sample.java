package org.regstream.training.data;

import org.regstream.core.geometry.Grid;
import org.regstream.core.pipeline.WindowImage;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;

/**
 * One labelled image as the network sees it: on the window, intensities mapped, with the mask that keeps padding out of
 * losses and metrics. Made by the same functions as in the service.
 *
 * @param name   of the file
 * @param image  mapped intensities in [0, 1], 0 in padding
 * @param labels on the same grid, background in padding
 * @param inside true where the voxel belongs to the image, [D, H, W]. Not to be modified.
 */
public record Sample(String name, Volume image, LabelMap labels, boolean[] inside) {

    /** Lays the window over the middle of an image. */
    public static Sample of(String name, Volume image, LabelMap labels, Task task) {
        Grid grid = task.grid().centredOn(image.grid());
        WindowImage window = WindowImage.of(image, grid, task.intensity());
        return new Sample(name, window.mapped(), Resample.nearest(labels, grid), window.inside());
    }

    /** The same voxels, laid over another window of the same shape. */
    public Sample withGrid(Grid other) {
        return new Sample(name, image.withGrid(other), labels.withGrid(other), inside);
    }
}
