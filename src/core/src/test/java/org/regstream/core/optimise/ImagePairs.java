package org.regstream.core.optimise;

import java.util.Arrays;
import org.regstream.core.volume.Volume;

/** Pairs to test with. */
final class ImagePairs {

    private ImagePairs() {}

    /** Both images fill their grid. */
    static ImagePair whole(Volume fixed, Volume moving) {
        boolean[] all = new boolean[fixed.grid().size()];
        Arrays.fill(all, true);
        return new ImagePair(fixed, all, moving, all);
    }
}
