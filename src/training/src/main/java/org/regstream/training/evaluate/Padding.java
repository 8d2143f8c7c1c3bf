package org.regstream.training.evaluate;

import org.regstream.core.volume.LabelMap;

/** Keeps what lies outside the fixed image out of figures (METHODS). */
public final class Padding {

    private Padding() {}

    /** @param inside true where a voxel counts, [D, H, W]. Not modified.
     *  @return new labels, background where the mask does not hold */
    public static LabelMap cleared(LabelMap labels, boolean[] inside) {
        byte[] kept = labels.labels().clone();
        for (int x = 0; x < kept.length; x++) {
            if (!inside[x]) {
                kept[x] = 0;
            }
        }
        return LabelMap.takeOwnershipOf(labels.grid(), kept);
    }
}
