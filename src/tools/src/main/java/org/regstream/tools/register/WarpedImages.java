package org.regstream.tools.register;

import java.util.Map;
import java.util.Optional;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/**
 * What a registration leaves behind, all on the fixed image's grid.
 *
 * @param labels       the given labels, carried; or refined, where that was asked for
 * @param outline      the network's own outlines, a second opinion; empty if nobody asked for it
 * @param warped       the moving image pulled along the field in one sampling: its own intensities, 0 outside it and outside
 *                     the network's window
 * @param warpedLabels the moving labels pulled likewise, nearest neighbour, and nothing else done to them
 * @param displacement voxels of the fixed grid, of the moving image laid over it; 0 outside the network's window
 * @param maps         file name without extension to a map of reliability; NaN outside the network's window, where nothing was
 *                     computed
 */
record WarpedImages(LabelMap labels, Optional<LabelMap> outline, Volume warped, LabelMap warpedLabels,
        DisplacementField displacement, Map<String, Volume> maps) {}
