package org.regstream.core.pipeline;

import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.VoxelBox;
import org.regstream.core.procedure.Reference;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;

/**
 * How many of a reference's labelled voxels the live image and the network's window reach, as the alignment lays them.
 *
 * @param all      voxels by label. Not to be modified.
 * @param inWindow of them in the window
 * @param inLive   of them in the live image
 * @param inBoth   of them in both
 */
record Coverage(int[] all, int[] inWindow, int[] inLive, int[] inBoth) {

    static Coverage of(Reference reference, ReferenceFacts facts, Placement placement, Volume live) {
        VoxelBox box = facts.box();
        int[] shape = box.shape();
        Grid part = placement.overlaid(reference.labels().grid()).window(box.first(0), box.first(1), box.first(2),
                shape[0], shape[1], shape[2]);
        boolean[] window = Resample.inside(placement.fixedWindow(), part);
        boolean[] image = WindowImage.inside(live, part);
        Coverage c = new Coverage(facts.counts(), new int[256], new int[256], new int[256]);
        Grid whole = reference.labels().grid();
        byte[] labels = reference.labels().labels();
        for (int k = 0, x = 0; k < shape[0]; k++) {
            for (int j = 0; j < shape[1]; j++) {
                int at = whole.offset(k + box.first(0), j + box.first(1), box.first(2));
                for (int i = 0; i < shape[2]; i++, x++, at++) {
                    int label = labels[at] & 0xff;
                    c.inWindow[label] += window[x] ? 1 : 0;
                    c.inLive[label] += image[x] ? 1 : 0;
                    c.inBoth[label] += window[x] && image[x] ? 1 : 0;
                }
            }
        }
        return c;
    }

    /** @return share of a structure's voxels that can be carried onto the live image, [0, 1] */
    double share(int label) {
        return share(inBoth, label);
    }

    /** @return share of a label's voxels, [0, 1] */
    double share(int[] counts, int label) {
        return (double) counts[label] / all[label];
    }

    /** @return share of all labelled voxels, [0, 1] */
    double share(int[] counts) {
        long part = 0;
        long whole = 0;
        for (int label = 1; label < 256; label++) {
            part += counts[label];
            whole += all[label];
        }
        return (double) part / whole;
    }
}
