package org.regstream.training.data;

import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.LabelMap;

/** Where labels lie. */
public final class Middles {

    private Middles() {}

    /** @return middle of all labelled voxels, (k, j, i); of the grid if there is none */
    public static double[] of(LabelMap labels) {
        Grid g = labels.grid();
        double[] sum = new double[3];
        int count = 0;
        for (int x = 0; x < labels.labels().length; x++) {
            if (labels.labels()[x] != 0) {
                sum[0] += x / (g.height() * g.width());
                sum[1] += x / g.width() % g.height();
                sum[2] += x % g.width();
                count++;
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            sum[axis] = count == 0 ? (g.shape()[axis] - 1) / 2.0 : sum[axis] / count;
        }
        return sum;
    }
}
