package org.regstream.core.align;

import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.Volume;

/**
 * Both images at one resolution.
 *
 * @param fixed     where the fixed image is looked at
 * @param moving    the whole moving image, [D, H, W]
 * @param tones     of the moving image
 * @param gainTerms how the fixed image's gain may vary over its places: 0 not at all, 3 linearly, 9 quadratically
 * @param spacingMm distance of voxel centres, mm
 */
record Level(Points fixed, Volume moving, Tones tones, int gainTerms, double spacingMm) {

    /** Points at each level, coarse to fine. */
    private static final int[] POINTS = {500, 1500, 5000};
    private static final int[] GAIN_TERMS = {0, 3, 9};

    /** @param level 0 (coarsest) to {@link Pyramid#LEVELS} - 1; neither image is flat */
    static Level of(Pyramid fixed, Pyramid moving, int level) {
        return new Level(Points.of(fixed.level(level), POINTS[level]), moving.level(level),
                Tones.of(moving.level(level).values()), GAIN_TERMS[level], moving.spacingMm(level));
    }

    /** The moving image as a mirror shows it that stands upright in its middle: left for right. */
    Level mirrored() {
        Grid g = moving.grid();
        Affine a = g.affine();
        Vector3 origin = new Vector3(2 * g.centre().x() - a.origin().x(), a.origin().y(), a.origin().z());
        Grid seen = new Grid(g.depth(), g.height(), g.width(),
                new Affine(origin, mirrored(a.stepK()), mirrored(a.stepJ()), mirrored(a.stepI())));
        return new Level(fixed, moving.withGrid(seen), tones, gainTerms, spacingMm);
    }

    private static Vector3 mirrored(Vector3 step) {
        return new Vector3(-step.x(), step.y(), step.z());
    }

    /** The moving image from the fixed points, as a pose lays it. */
    Seen seen(Pose pose) {
        return new Seen(moving, pose, fixed.centre());
    }
}
