package org.regstream.training.calibrate.failure;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;
import org.regstream.core.warp.Warp;
import org.regstream.training.data.Sample;

/** What failures share. */
public final class Alteration {

    private Alteration() {}

    /** Other intensities of the fixed image, [D, H, W], at the same anatomy. They are owned by the result from now on. */
    static Arrival image(Arrival pair, float[] values) {
        Sample fixed = pair.fixed();
        return new Arrival(sample(fixed, values, fixed.labels()), pair.moving(), pair.known(), pair.motion());
    }

    /**
     * @param values intensities, [D, H, W], 0 where there is no image; owned by the result from now on
     * @param labels true ones
     * @param known  where they are
     */
    static Arrival altered(Arrival pair, float[] values, LabelMap labels, boolean[] known) {
        return new Arrival(sample(pair.fixed(), values, labels), pair.moving(), known, Optional.empty());
    }

    private static Sample sample(Sample fixed, float[] values, LabelMap labels) {
        return new Sample(fixed.name(), Volume.takeOwnershipOf(fixed.image().grid(), values), labels, fixed.inside());
    }

    /**
     * The scanner looks elsewhere: image and truth are sampled there, and what it has no image of is black. The volume that
     * arrives has the shape it always has, so the mask stays.
     *
     * @param where of the same shape, LPS mm of the fixed image
     */
    static Arrival seenFrom(Arrival pair, Grid where) {
        Grid grid = pair.fixed().image().grid();
        return resampled(pair, image -> Resample.linear(image, where, 0).withGrid(grid),
                labels -> Resample.nearest(labels, where).withGrid(grid));
    }

    /** The live anatomy moved on. @param by pull, voxels, on the grid of the pair */
    static Arrival moved(Arrival pair, DisplacementField by) {
        return resampled(pair, image -> Warp.linear(image, by, 0), labels -> Warp.nearest(labels, by));
    }

    /** What was not seen before is background now, and known to be: nothing was drawn there. */
    private static Arrival resampled(Arrival pair, UnaryOperator<Volume> image, UnaryOperator<LabelMap> labels) {
        Sample fixed = pair.fixed();
        boolean[] unknown = new boolean[fixed.inside().length];
        for (int x = 0; x < unknown.length; x++) {
            unknown[x] = fixed.inside()[x] && !pair.known()[x];
        }
        boolean[] hidden = mask(labels.apply(map(fixed.image().grid(), unknown)));
        boolean[] known = new boolean[hidden.length];
        for (int x = 0; x < known.length; x++) {
            known[x] = fixed.inside()[x] && !hidden[x];
        }
        return altered(pair, inside(fixed, image.apply(fixed.image()).values()), labels.apply(fixed.labels()), known);
    }

    /** Padding is 0 as before. */
    static float[] inside(Sample fixed, float[] values) {
        for (int x = 0; x < values.length; x++) {
            values[x] = fixed.inside()[x] ? values[x] : 0;
        }
        return values;
    }

    /** As a label map of 0 and 1. */
    public static LabelMap map(Grid grid, boolean[] mask) {
        byte[] labels = new byte[mask.length];
        for (int x = 0; x < mask.length; x++) {
            labels[x] = (byte) (mask[x] ? 1 : 0);
        }
        return LabelMap.takeOwnershipOf(grid, labels);
    }

    /** Where there is any label. */
    public static boolean[] mask(LabelMap labels) {
        boolean[] mask = new boolean[labels.labels().length];
        for (int x = 0; x < mask.length; x++) {
            mask[x] = labels.labels()[x] != 0;
        }
        return mask;
    }
}
