package org.regstream.demo;

import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.Volume;

/**
 * When the patient does not lie still, on purpose: for a few volumes he has slid along the table, and ghosts of what moved lie over his
 * slices, so that no outline can be trusted and the service must say so.
 *
 * @param first  volume of the first spell
 * @param length volumes of a spell, 0 for a patient who always lies still
 * @param every  from one spell to the next, volumes; 0 for a single one
 */
record Unrest(int first, int length, int every) {

    static final Unrest NEVER = new Unrest(1, 0, 0);

    private static final int LENGTH = 6;
    /** So many volumes are needed for a before and an after. */
    private static final int SHORTEST_RUN = 20;
    private static final int OFTEN = 60;
    private static final double SLIDE_MM = 9;
    private static final double GHOST_MM = 6;
    /** Share of the signal that comes from the wrong place: in every second slice more than half. */
    private static final double[] GHOST_WEIGHTS = {0.4, 0.8};

    /** @param volumes how long the run is; a short one has no spell */
    static Unrest inTheMiddleOf(int volumes) {
        return volumes < SHORTEST_RUN ? NEVER : new Unrest(volumes / 2 - LENGTH / 2 + 1, LENGTH, 0);
    }

    /** One spell a minute at a volume a second, for a run without end. */
    static Unrest nowAndThen() {
        return new Unrest(SHORTEST_RUN, LENGTH, OFTEN);
    }

    boolean holds(int volume) {
        int since = volume - first;
        return since >= 0 && (every == 0 ? since : since % every) < length;
    }

    /** @return the same movement and the slide along the slices, [3, D, H, W], voxels */
    DisplacementField slid(DisplacementField u) {
        Grid grid = u.grid();
        float[] values = u.components().clone();
        float voxels = (float) (SLIDE_MM / grid.affine().spacingMm()[0]);
        for (int x = 0; x < grid.size(); x++) {
            values[x] += voxels;
        }
        return DisplacementField.takeOwnershipOf(grid, values);
    }

    /** @return the image with ghosts of itself a few rows up and down */
    Volume ghosted(Volume image) {
        Grid grid = image.grid();
        int by = Math.max(1, (int) Math.round(GHOST_MM / grid.affine().spacingMm()[1]));
        float[] out = new float[grid.size()];
        for (int k = 0, x = 0; k < grid.depth(); k++) {
            float weight = (float) GHOST_WEIGHTS[k % 2];
            for (int j = 0; j < grid.height(); j++) {
                int up = Math.min(grid.height() - 1, j + by);
                int down = Math.max(0, j - by);
                for (int i = 0; i < grid.width(); i++, x++) {
                    float ghost = (image.at(k, up, i) + image.at(k, down, i)) / 2;
                    out[x] = (1 - weight) * image.values()[x] + weight * ghost;
                }
            }
        }
        return Volume.takeOwnershipOf(grid, out);
    }
}
