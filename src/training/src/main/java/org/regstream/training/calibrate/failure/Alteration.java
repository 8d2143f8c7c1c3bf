package org.regstream.training.calibrate.failure;

import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;
import org.regstream.training.data.Sample;
import org.regstream.training.evaluate.Pairing;

/** What failures of the live image share. */
final class Alteration {

    private Alteration() {}

    /** Other intensities of the fixed image, [D, H, W], at the same anatomy. They are owned by the result from now on. */
    static Pairing image(Pairing pair, float[] values) {
        return altered(pair, values, pair.fixed().labels());
    }

    /** @param values intensities, [D, H, W], 0 where there is no image; owned by the result from now on */
    static Pairing altered(Pairing pair, float[] values, LabelMap labels) {
        Sample fixed = pair.fixed();
        return new Pairing(new Sample(fixed.name(), Volume.takeOwnershipOf(fixed.image().grid(), values), labels,
                fixed.inside()), pair.moving());
    }

    /**
     * The scanner looks elsewhere: image and labels are sampled there, and what it has no image of is black. The volume that
     * arrives has the shape it always has, so the mask stays.
     *
     * @param where of the same shape, LPS mm of the fixed image
     */
    static Pairing seenFrom(Pairing pair, Grid where) {
        Sample fixed = pair.fixed();
        Grid grid = fixed.image().grid();
        return altered(pair, inside(fixed, Resample.linear(fixed.image(), where, 0).values()),
                Resample.nearest(fixed.labels(), where).withGrid(grid));
    }

    /** Padding is 0 as before. */
    static float[] inside(Sample fixed, float[] values) {
        for (int x = 0; x < values.length; x++) {
            values[x] = fixed.inside()[x] ? values[x] : 0;
        }
        return values;
    }
}
