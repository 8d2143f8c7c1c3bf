package org.regstream.core.uncertainty;

import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Shapes;
import org.regstream.core.volume.Volume;

/** Pearson's r of uncertainty and error, voxel by voxel: 1 where uncertainty is a straight line of error, 0 where it tells nothing. */
public final class Correlation {

    private Correlation() {}

    /**
     * @param uncertainty [D, H, W], any unit. Not modified.
     * @param predicted   labels on the same grid. Not modified.
     * @param truth       labels on the same grid; a voxel's error is 1 where they differ, else 0. Not modified.
     * @param mask        true where a voxel counts, [D, H, W]; null counts all. Not modified.
     * @return in [-1, 1]; NaN if all voxels are equally uncertain, or none or all are wrong
     */
    public static double withLabelError(Volume uncertainty, LabelMap predicted, LabelMap truth, boolean[] mask) {
        Shapes.requireSameGrid("uncertainty and predicted labels", uncertainty.grid(), predicted.grid());
        Shapes.requireSameGrid("predicted and true labels", predicted.grid(), truth.grid());
        if (mask != null) {
            Shapes.requireLength("mask", mask.length, truth.grid(), 1);
        }
        int n = 0;
        double meanU = 0;
        double meanE = 0;
        double squaresU = 0;
        double squaresE = 0;
        double products = 0;
        for (int x = 0; x < uncertainty.values().length; x++) {
            if (mask == null || mask[x]) {
                double u = uncertainty.values()[x];
                double e = predicted.labels()[x] == truth.labels()[x] ? 0 : 1;
                double offU = u - meanU;
                double offE = e - meanE;
                n++;
                meanU += offU / n;
                meanE += offE / n;
                squaresU += offU * (u - meanU);
                squaresE += offE * (e - meanE);
                products += offU * (e - meanE);
            }
        }
        return products / Math.sqrt(squaresU * squaresE);
    }
}
