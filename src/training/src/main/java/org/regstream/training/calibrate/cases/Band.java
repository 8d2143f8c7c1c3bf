package org.regstream.training.calibrate.cases;

import org.regstream.core.geometry.Grid;
import org.regstream.core.quality.Morphology;
import org.regstream.core.volume.LabelMap;

/** Near the structures: where reliability matters, and where a mean over voxels is not one over background. */
final class Band {

    /** How far from a border of carried or true labels, voxels. */
    static final int REACH = 3;

    private Band() {}

    /** @return true within {@link #REACH} of a border of either map's labels, where {@code counts} is */
    static boolean[] of(LabelMap carried, LabelMap truth, boolean[] counts) {
        Grid g = carried.grid();
        boolean[] band = new boolean[g.size()];
        for (LabelMap labels : new LabelMap[]{carried, truth}) {
            for (int label = 1; label <= labels.maxLabel(); label++) {
                boolean[] border = Morphology.border(Morphology.mask(labels, label), g);
                for (int x = 0; x < band.length; x++) {
                    band[x] |= border[x];
                }
            }
        }
        for (int step = 1; step < REACH; step++) {
            band = Morphology.dilate(band, g);
        }
        for (int x = 0; x < band.length; x++) {
            band[x] &= counts[x];
        }
        return band;
    }
}
