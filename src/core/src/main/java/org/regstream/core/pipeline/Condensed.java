package org.regstream.core.pipeline;

import java.util.Optional;
import org.regstream.core.align.Blocks;
import org.regstream.core.align.Pyramid;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.geometry.VoxelBox;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.procedure.Alignment;
import org.regstream.core.procedure.Reference;
import org.regstream.core.volume.Volume;

/**
 * What registration needs of a large pre-operative side, and no more (decision 0035): the image where the network's window can come to lie, the labels' own box at
 * full resolution, and an overview for alignment. Its size is bounded whatever the image's is, so that Kafka can keep it and many procedures fit into memory.
 */
public final class Condensed {

    /** An image of up to so many voxels stays as it is. */
    static final int WHOLE = 1 << 20;

    /** Most voxels around the region to register: 2.5 Mi, so that 110 mm along each axis are kept in voxels of 0.8 mm. */
    static final int MOST_NEAR = 10 << 18;

    /** Most voxels of the overview: 1 Mi, about 200 mm along each axis at alignment's finest level. */
    static final int MOST_OVERVIEW = 1 << 20;

    /** Beyond the window: alignment and the field move what lies there into it. */
    private static final double MARGIN_MM = 8;

    /** Alignment does without what is finer, where it would see less of the body. */
    private static final double COARSE_MM = 1.5;

    /** No scanner sees farther. */
    private static final int FARTHEST_MM = 2000;

    /** Bits of a float's mantissa that are dropped; 13 significant ones are left, so that whole numbers up to 8192 stay as they are. */
    private static final int DROPPED = 11;

    private Condensed() {}

    /**
     * @param whole  a reference to a whole image. Not modified.
     * @param window of the network that will look at it
     * @return {@code whole} itself where that is small
     */
    public static Reference of(Reference whole, ModelGrid window) {
        Volume image = whole.image();
        if (whole.overview().isPresent() || image.grid().size() <= WHOLE) {
            return whole;
        }
        ReferenceFacts facts = ReferenceFacts.of(whole);
        Vector3 middle = whole.alignment() == Alignment.CENTRES ? image.grid().centre() : facts.middle();
        VoxelBox near = ball(image.grid(), middle, reachMm(window));
        Volume seen = thinned(Pyramid.of(image).finest(), MOST_OVERVIEW, COARSE_MM);
        return new Reference(rounded(thinned(image.cutTo(near), MOST_NEAR, Double.MAX_VALUE)),
                Optional.of(rounded(seen.cutTo(largest(seen.grid(), middle)))), facts.given(), whole.structures(),
                whole.alignment(), whole.regionOfInterest(), whole.frameOfReferenceUid(), whole.labelSource());
    }

    /** From its middle to its corners, and a margin: the window may be turned. */
    private static double reachMm(ModelGrid w) {
        return w.spacingMm()
                * Math.sqrt((double) w.depth() * w.depth() + w.height() * w.height() + w.width() * w.width())
                / 2 + MARGIN_MM;
    }

    /** The box around a ball, as far as the grid goes, the same to either side of the middle. */
    private static VoxelBox ball(Grid grid, Vector3 middle, double radiusMm) {
        Affine a = grid.affine();
        double[] at = a.toIndex(middle);
        int[] shape = grid.shape();
        int[] first = new int[3];
        int[] last = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            double reach = radiusMm * a.step((axis + 1) % 3).cross(a.step((axis + 2) % 3)).norm()
                    / Math.abs(a.determinant());
            first[axis] = within(Math.floor(at[axis] - reach), shape[axis]);
            last[axis] = within(Math.ceil(at[axis] + reach), shape[axis]);
        }
        return VoxelBox.between(first, last);
    }

    private static int within(double index, int length) {
        return (int) Math.max(0, Math.min(length - 1, index));
    }

    /** The largest ball's box around the middle that has few enough voxels. */
    private static VoxelBox largest(Grid grid, Vector3 middle) {
        int mm = 1;
        while (mm < FARTHEST_MM && ball(grid, middle, mm + 1).partOf(grid).size() <= MOST_OVERVIEW) {
            mm++;
        }
        return ball(grid, middle, mm);
    }

    /** Two voxels become one along the finest axis, until there are few enough, or that axis is coarse. */
    private static Volume thinned(Volume image, int most, double coarseMm) {
        Volume thin = image;
        int axis = finest(thin.grid());
        while (thin.grid().size() > most && thin.grid().affine().spacingMm()[axis] < coarseMm) {
            int[] edge = {1, 1, 1};
            edge[axis] = 2;
            thin = Blocks.of(thin, edge);
            axis = finest(thin.grid());
        }
        return thin;
    }

    private static int finest(Grid grid) {
        double[] spacing = grid.affine().spacingMm();
        int finest = 0;
        for (int axis = 1; axis < 3; axis++) {
            finest = spacing[axis] < spacing[finest] ? axis : finest;
        }
        return finest;
    }

    /** To 13 significant bits: what packs well. What is not a number stays so. */
    private static Volume rounded(Volume image) {
        float[] values = image.values().clone();
        for (int x = 0; x < values.length; x++) {
            if (Float.isFinite(values[x])) {
                int bits = Float.floatToRawIntBits(values[x]) + (1 << DROPPED - 1);
                values[x] = Float.intBitsToFloat(bits >>> DROPPED << DROPPED);
            }
        }
        return Volume.takeOwnershipOf(image.grid(), values);
    }
}
