package org.regstream.core.testkit;

import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.Volume;

/** Live images that really are what a fake network says: else the alignment would be as good as its field, and be taken. */
public final class Moved {

    private Moved() {}

    /** @return {@code out(x) = image(x + shift)}, 0 where that is outside */
    public static Volume by(Volume image, int k, int j, int i) {
        Grid g = image.grid();
        float[] values = new float[g.size()];
        for (int z = 0, x = 0; z < g.depth(); z++) {
            for (int y = 0; y < g.height(); y++) {
                for (int c = 0; c < g.width(); c++, x++) {
                    boolean isInside = z + k >= 0 && z + k < g.depth() && y + j >= 0 && y + j < g.height() && c + i >= 0
                            && c + i < g.width();
                    values[x] = isInside ? image.values()[g.offset(z + k, y + j, c + i)] : 0;
                }
            }
        }
        return Volume.takeOwnershipOf(g, values);
    }
}
