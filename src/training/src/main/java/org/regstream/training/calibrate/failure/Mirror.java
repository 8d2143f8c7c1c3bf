package org.regstream.training.calibrate.failure;

import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/** Left for right: along i, which every package's window has across the patient. */
public final class Mirror {

    private Mirror() {}

    /** @return new array on the same grid */
    public static Volume of(Volume image) {
        Grid g = image.grid();
        float[] out = new float[g.size()];
        for (int x = 0; x < out.length; x++) {
            out[x] = image.values()[opposite(g, x)];
        }
        return Volume.takeOwnershipOf(g, out);
    }

    /** @return new array on the same grid */
    public static LabelMap of(LabelMap labels) {
        Grid g = labels.grid();
        byte[] out = new byte[g.size()];
        for (int x = 0; x < out.length; x++) {
            out[x] = labels.labels()[opposite(g, x)];
        }
        return LabelMap.takeOwnershipOf(g, out);
    }

    /** @param mask [D, H, W]. Not modified. */
    public static boolean[] of(boolean[] mask, Grid g) {
        boolean[] out = new boolean[mask.length];
        for (int x = 0; x < out.length; x++) {
            out[x] = mask[opposite(g, x)];
        }
        return out;
    }

    private static int opposite(Grid g, int x) {
        int i = x % g.width();
        return x - i + g.width() - 1 - i;
    }
}
