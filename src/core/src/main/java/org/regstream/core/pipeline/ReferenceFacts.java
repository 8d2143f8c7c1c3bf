package org.regstream.core.pipeline;

import org.regstream.core.geometry.Vector3;
import org.regstream.core.geometry.VoxelBox;
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

    /** Middle of the box around all labelled voxels, of which a reference has some; LPS mm. */
    private static Vector3 middleOf(LabelMap map) {
        byte[] labels = map.labels();
        VoxelBox box = VoxelBox.around(map.grid(), x -> labels[x] != 0).orElseThrow();
        return map.grid().affine().toLps(box.middle(0), box.middle(1), box.middle(2));
    }
}
