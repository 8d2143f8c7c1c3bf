package org.regstream.service.cli;

import java.util.Map;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/**
 * What a registration leaves behind, all on the fixed image's grid.
 *
 * @param labels       the network's labels, after its refiner if it has one
 * @param warped       the moving image, laid over the fixed one and pulled along {@code displacement}: its own intensities, 0
 *                     outside it
 * @param warpedLabels the moving labels, laid over the fixed image and pulled along {@code displacement}, nearest neighbour, and
 *                     nothing else done to them
 * @param displacement voxels of the fixed grid, of the moving image laid over it; 0 outside the network's window
 * @param maps         file name without extension to a map of uncertainty; NaN outside the network's window, where nothing was
 *                     computed
 */
record WarpedImages(LabelMap labels, Volume warped, LabelMap warpedLabels, DisplacementField displacement,
        Map<String, Volume> maps) {}
