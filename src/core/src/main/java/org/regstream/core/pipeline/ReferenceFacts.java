package org.regstream.core.pipeline;

import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.Structure;
import org.regstream.core.procedure.Reference;
import org.regstream.core.volume.LabelMap;

/**
 * What follows from a reference alone: looked up in its label map once, not for every live volume.
 *
 * @param middle of the region to register: the region of interest, else the middle of the labels' box; LPS mm
 * @param counts voxels of each label, by label. Not to be modified.
 * @param voxelMm3 volume of one voxel, mm³
 */
record ReferenceFacts(Vector3 middle, int[] counts, double voxelMm3) {

    static ReferenceFacts of(Reference reference) {
        LabelMap labels = reference.labels();
        return new ReferenceFacts(reference.regionOfInterest().orElseGet(() -> middleOf(labels)), labels.counts(),
                Math.abs(labels.grid().affine().determinant()));
    }

    /** Volume of a structure in the pre-operative image, mm³. */
    double volumeMm3(Structure structure) {
        return counts[structure.label()] * voxelMm3;
    }

    /** Middle of the box around all labelled voxels, LPS mm. */
    private static Vector3 middleOf(LabelMap map) {
        Grid g = map.grid();
        byte[] labels = map.labels();
        int[] low = g.shape();
        int[] high = {-1, -1, -1};
        for (int x = 0; x < labels.length; x++) {
            if (labels[x] != 0) {
                int[] at = {x / (g.height() * g.width()), x / g.width() % g.height(), x % g.width()};
                for (int axis = 0; axis < 3; axis++) {
                    low[axis] = Math.min(low[axis], at[axis]);
                    high[axis] = Math.max(high[axis], at[axis]);
                }
            }
        }
        return g.affine().toLps((low[0] + high[0]) / 2.0, (low[1] + high[1]) / 2.0, (low[2] + high[2]) / 2.0);
    }
}
