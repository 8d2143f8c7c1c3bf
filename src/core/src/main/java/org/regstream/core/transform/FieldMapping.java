package org.regstream.core.transform;

import java.util.Optional;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.transform.Mapped.Basis;
import org.regstream.core.warp.Interpolation;

/**
 * A field in both directions.
 *
 * @param transform from the fixed to the moving image
 * @param near      an affine map near the field; with a window, what holds beyond it
 * @param window    where the field was measured, LPS mm of the fixed image; empty if that is its whole grid
 * @param inversion of {@code transform}, continued beyond its grid
 */
record FieldMapping(FieldTransform transform, Pose near, Optional<Grid> window, Inversion inversion)
        implements
            Mapping {

    /** A place that is taken this near to the one asked for is its origin. */
    static final double SAME_MM = 0.01;

    FieldMapping(FieldTransform transform, Pose near, Optional<Grid> window) {
        this(transform, near, window, new Inversion(transform::continued, near));
    }

    @Override
    public Mapped toMoving(Vector3 fixed) {
        if (isMeasured(fixed)) {
            Vector3 moving = transform.map(fixed);
            return PlaceMap.isKnown(moving) ? Mapped.by(Basis.FIELD, moving) : Mapped.nowhere();
        }
        return window.isPresent() ? Mapped.by(Basis.POSE, near.toMoving(fixed)) : Mapped.nowhere();
    }

    @Override
    public Mapped toFixed(Vector3 moving) {
        Inversion.Found found = inversion.toFixed(moving);
        if (isMeasured(found.fixed()) && found.residualMm() <= SAME_MM) {
            return new Mapped(found.fixed(), Basis.FIELD, found.residualMm());
        }
        if (window.isPresent()) {
            Vector3 posed = inversion.back().toMoving(moving);
            if (!isMeasured(posed)) {
                return Mapped.by(Basis.POSE, posed);
            }
        }
        boolean isNear = Double.isFinite(found.residualMm()) && (window.isPresent() || isMeasured(found.fixed()));
        return isNear
                ? new Mapped(found.fixed(), Basis.NEAREST, found.residualMm())
                : Mapped.nowhere();
    }

    private boolean isMeasured(Vector3 fixed) {
        return isInside(transform.field().grid(), fixed) && window.map(w -> isInside(w, fixed)).orElse(true);
    }

    private static boolean isInside(Grid grid, Vector3 lps) {
        double[] at = grid.affine().toIndex(lps);
        return Interpolation.isInside(grid, at[0], at[1], at[2]);
    }
}
