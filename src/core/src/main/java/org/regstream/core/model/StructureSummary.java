package org.regstream.core.model;

/**
 * What an ensemble says of one warped structure, computed inside its graph on the window: a row of
 * {@code structure_summary}, in this order.
 *
 * @param entropyInside     mean label entropy inside the warped structure, nats
 * @param entropyBorder     mean label entropy on its border (dilated minus eroded by one step of 3 x 3 x 3), nats
 * @param agreement         mean Dice between the hard labels of each two members, in [0, 1]
 * @param volumeVariation   standard deviation of the members' volumes over their mean, at least 0
 * @param spreadInside      mean displacement spread inside, voxels of the window
 * @param predictiveInside  mean predictive uncertainty inside, at least 0
 * @param informationInside mean mutual information inside, nats
 */
public record StructureSummary(double entropyInside, double entropyBorder, double agreement, double volumeVariation,
        double spreadInside, double predictiveInside, double informationInside) {

    /** Figures a structure. */
    public static final int SIZE = 7;

    /** @param row {@link #SIZE} figures in the order of this record */
    public static StructureSummary of(double... row) {
        if (row.length != SIZE) {
            throw new IllegalArgumentException("a structure summary has " + SIZE + " figures, got " + row.length);
        }
        return new StructureSummary(row[0], row[1], row[2], row[3], row[4], row[5], row[6]);
    }

    /** @return new array of the {@link #SIZE} figures, in the order of this record */
    public double[] row() {
        return new double[]{entropyInside, entropyBorder, agreement, volumeVariation, spreadInside, predictiveInside,
                informationInside};
    }
}
