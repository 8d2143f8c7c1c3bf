package org.regstream.training.evaluate.table;

import java.util.List;

/**
 * How well one uncertainty map points at the label error of one case.
 *
 * @param auseErr     AUSE of the voxel-wise error, 50 bins, 0 is ideal
 * @param auseMr      AUSE of the miss rate
 * @param auseFdr     AUSE of the false discovery rate
 * @param correlation Pearson's r with label error; NaN where the map or the error is constant
 * @param inside      mean of the map inside each warped structure, from label 1; infinite for a structure that was lost
 */
public record MapFigures(double auseErr, double auseMr, double auseFdr, double correlation, List<Double> inside) {

    public MapFigures {
        inside = List.copyOf(inside);
    }
}
