package org.regstream.core.pipeline;

import org.regstream.core.geometry.Vector3;
import org.regstream.core.geometry.VoxelBox;
import org.regstream.core.model.Structure;
import org.regstream.core.procedure.Reference;
import org.regstream.core.volume.LabelMap;

/**
 * What follows from a reference alone: looked up in its label map once, not for every live volume.
 *
 * @param box      around all labelled voxels, of which a reference has some
 * @param middle   of the region to register: the region of interest, else the middle of the box; LPS mm
 * @param given    the labels, cut to the box and a voxel of background around it: what is carried
 * @param counts   voxels of each label, by label. Not to be modified.
 * @param voxelMm3 volume of one voxel, mm³
 */
record ReferenceFacts(VoxelBox box, Vector3 middle, LabelMap given, int[] counts, double voxelMm3) {

    static ReferenceFacts of(Reference reference) {
        LabelMap map = reference.labels();
        byte[] labels = map.labels();
        VoxelBox box = VoxelBox.around(map.grid(), x -> labels[x] != 0).orElseThrow();
        return new ReferenceFacts(box, reference.regionOfInterest()
                .orElseGet(() -> map.grid().affine().toLps(box.middle(0), box.middle(1), box.middle(2))),
                map.cutTo(box.grownBy(map.grid(), 1, 1, 1)), map.counts(),
                Math.abs(map.grid().affine().determinant()));
    }

    /** Volume of a structure in the pre-operative image, mm³. */
    double volumeMm3(Structure structure) {
        return counts[structure.label()] * voxelMm3;
    }
}
