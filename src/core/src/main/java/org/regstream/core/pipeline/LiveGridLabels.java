package org.regstream.core.pipeline;

import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.uncertainty.LabelEntropy;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;

/**
 * The window's label probabilities brought to the live grid: sampled linearly, then the most probable label and the
 * entropy. Only the box of live voxels around the window is computed; outside the window there is background.
 *
 * @param labels  on the live grid
 * @param entropy on the live grid, nats
 */
record LiveGridLabels(LabelMap labels, Volume entropy) {

    static LiveGridLabels of(LabelProbabilities window, Grid live) {
        Box box = Box.around(window.grid(), live);
        LabelProbabilities onBox = Resample.linear(window, box.grid(live));
        return new LiveGridLabels(box.paste(onBox.argMax(), live), box.paste(LabelEntropy.of(onBox), live));
    }

    /** Mean entropy over the voxels of one label, nats; 0 if it has none. */
    double meanEntropy(int label) {
        return LabelEntropy.meanInside(entropy, labels, label);
    }

    /** Live voxels [from, to) along k, j, i that can lie inside the window. */
    record Box(int[] from, int[] to) {

        static Box around(Grid window, Grid live) {
            int[] shape = live.shape();
            double[] low = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
            double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
            Affine w = window.affine();
            for (int corner = 0; corner < 8; corner++) {
                double[] at = live.affine().toIndex(w.toLps((corner & 1) * (window.depth() - 1),
                        (corner >> 1 & 1) * (window.height() - 1), (corner >> 2 & 1) * (window.width() - 1)));
                for (int axis = 0; axis < 3; axis++) {
                    low[axis] = Math.min(low[axis], at[axis]);
                    high[axis] = Math.max(high[axis], at[axis]);
                }
            }
            int[] from = new int[3];
            int[] to = new int[3];
            for (int axis = 0; axis < 3; axis++) {
                from[axis] = Math.min(shape[axis] - 1, Math.max(0, (int) Math.floor(low[axis])));
                to[axis] = Math.max(from[axis] + 1, Math.min(shape[axis], (int) Math.ceil(high[axis]) + 1));
            }
            return new Box(from, to);
        }

        Grid grid(Grid live) {
            return live.window(from[0], from[1], from[2], to[0] - from[0], to[1] - from[1], to[2] - from[2]);
        }

        LabelMap paste(LabelMap part, Grid live) {
            byte[] out = new byte[live.size()];
            copyRows(part.labels(), out, live);
            return LabelMap.takeOwnershipOf(live, out);
        }

        Volume paste(Volume part, Grid live) {
            float[] out = new float[live.size()];
            copyRows(part.values(), out, live);
            return Volume.takeOwnershipOf(live, out);
        }

        private void copyRows(Object part, Object out, Grid live) {
            int width = to[2] - from[2];
            int source = 0;
            for (int k = from[0]; k < to[0]; k++) {
                for (int j = from[1]; j < to[1]; j++) {
                    System.arraycopy(part, source, out, live.offset(k, j, from[2]), width);
                    source += width;
                }
            }
        }
    }
}
