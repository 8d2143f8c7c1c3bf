package org.regstream.core.model;

import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Orientation;
import org.regstream.core.geometry.Vector3;

/**
 * The grid a network works on: a window of fixed shape, spacing and orientation, laid over an image.
 *
 * @param depth       D
 * @param height      H
 * @param width       W
 * @param spacingMm   edge of its cubic voxels, mm
 * @param orientation directions of the axes in the letters of {@link Orientation}, such as {@code RAS}
 */
public record ModelGrid(int depth, int height, int width, double spacingMm, String orientation) {

    public ModelGrid {
        new Orientation(orientation);
        if (depth < 1 || height < 1 || width < 1 || !(spacingMm > 0) || spacingMm > 100) {
            throw new IllegalArgumentException(
                    "model grid must have a positive shape and a spacing of up to 100 mm, got ["
                            + depth + ", " + height + ", " + width + "] at " + spacingMm + " mm");
        }
    }

    /**
     * The window with its middle at the middle of the image, as in training: the image's axes permuted and flipped to the
     * network's orientation, and turned to right angles where they lean; where the spacings agree the lattices coincide, and of n = shape - window voxels to cut (or
     * add, where negative) floor(n / 2) are cut before the first.
     */
    public Grid centredOn(Grid image) {
        Grid g = new Orientation(orientation).reorient(image.straightened());
        return around(image, g.affine().toLps(middle(g.depth(), depth), middle(g.height(), height),
                middle(g.width(), width)));
    }

    /** Index in the image of the window's middle when floor((n - w) / 2) voxels are cut before the first. */
    private static double middle(int n, int w) {
        return Math.floorDiv(n - w, 2) + (w - 1) / 2.0;
    }

    /**
     * The window with its middle at a point, moved by up to half a voxel so that, where the spacings agree, its lattice is
     * the image's and nothing is interpolated.
     *
     * @param centre LPS mm
     */
    public Grid around(Grid image, Vector3 centre) {
        Affine a = new Orientation(orientation).reorient(image.straightened()).affine();
        double[] spacing = a.spacingMm();
        double[] at = a.toIndex(centre);
        int[] shape = {depth, height, width};
        double[] first = new double[3];
        Vector3[] steps = new Vector3[3];
        for (int axis = 0; axis < 3; axis++) {
            double scale = spacingMm / spacing[axis];
            boolean same = Math.abs(scale - 1) < SAME_SPACING;
            steps[axis] = same ? a.step(axis) : a.step(axis).times(scale);
            double start = at[axis] - (same ? 1 : scale) * (shape[axis] - 1) / 2.0;
            first[axis] = same ? Math.floor(start + 0.5 - 1e-6) : start;
        }
        return new Grid(depth, height, width,
                new Affine(a.toLps(first[0], first[1], first[2]), steps[0], steps[1], steps[2]));
    }

    /** Relative difference of two spacings that count as equal: over 64 voxels less than a tenth of a voxel. */
    private static final double SAME_SPACING = 1e-3;

    /** Whether an image is no larger than the window: then somebody has cropped it around what is to be registered. */
    public boolean holds(Grid image) {
        Grid g = new Orientation(orientation).reorient(image);
        double[] spacing = g.affine().spacingMm();
        int[] window = {depth, height, width};
        for (int axis = 0; axis < 3; axis++) {
            if (g.shape()[axis] * spacing[axis] > window[axis] * spacingMm) {
                return false;
            }
        }
        return true;
    }

    public int size() {
        return depth * height * width;
    }
}
