package org.regstream.core.optimise;

import org.regstream.core.volume.Volume;

/** A pair as one level sees it: halved as often as it takes, the fixed side cut to the level's part. */
final class View {
    private final Part part;
    private final ImagePair pair;
    private final boolean[] mayCount;
    private final Coverage coverage;

    private View(Part part, ImagePair pair, boolean[] mayCount) {
        this.part = part;
        this.pair = pair;
        this.mayCount = mayCount;
        coverage = new Coverage(pair.grid(), pair.movingInside());
    }

    /** All of a pair. */
    static View of(ImagePair pair) {
        return new View(Part.all(pair.grid()), pair, pair.fixedInside());
    }

    /**
     * @param pair     at the part's resolution
     * @param mayCount true where the part's voxel counts if the field pulls it from the moving image, [d, h, w]
     */
    static View of(Part part, ImagePair pair, boolean[] mayCount) {
        return new View(part, pair, mayCount);
    }

    Part part() {
        return part;
    }

    boolean[] mayCount() {
        return mayCount;
    }

    Coverage coverage() {
        return coverage;
    }

    Volume wholeFixed() {
        return pair.fixed();
    }

    boolean[] fixedInside() {
        return pair.fixedInside();
    }

    /** Whole: the field may pull from beyond the part. */
    Volume moving() {
        return pair.moving();
    }

    boolean[] movingInside() {
        return pair.movingInside();
    }

    /** Null if there are none. */
    Outlines outlines() {
        return pair.outlines();
    }

    /** Of the part, [d, h, w]. */
    float[] fixed() {
        return cut(pair.fixed().values(), 1);
    }

    /** @param whole [D, H, W, C] at the level's resolution. @return [d, h, w, C] */
    float[] cut(float[] whole, int channels) {
        int width = part.grid().width();
        float[] out = new float[part.grid().size() * channels];
        for (int k = 0, x = 0; k < part.grid().depth(); k++) {
            for (int j = 0; j < part.grid().height(); j++, x += width) {
                int from = pair.grid().offset(k + part.offset(0), j + part.offset(1), part.offset(2));
                System.arraycopy(whole, from * channels, out, x * channels, width * channels);
            }
        }
        return out;
    }
}
