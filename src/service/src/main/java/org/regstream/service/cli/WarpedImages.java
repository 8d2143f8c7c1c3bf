package org.regstream.service.cli;

import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/**
 * What a registration leaves behind, all on the fixed image's grid.
 *
 * @param labels       warped labels
 * @param warped       the moving image, laid over the fixed one and pulled along {@code displacement}: its own intensities, 0
 *                     outside it
 * @param displacement voxels of the fixed grid, of the moving image laid over it; 0 outside the network's window
 * @param uncertainty  label entropy, nats
 */
record WarpedImages(LabelMap labels, Volume warped, DisplacementField displacement, Volume uncertainty) {}
