package org.regstream.core.transform;

import java.util.Optional;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.transform.Mapped.Basis;
import org.regstream.core.volume.MillimetreField;

/** A transform in both directions: places of the fixed image and of the moving one. Immutable and thread-safe. */
public interface Mapping {

    /** @param fixed LPS mm. @return LPS mm of the moving image */
    Mapped toMoving(Vector3 fixed);

    /** @param moving LPS mm. @return LPS mm of the fixed image */
    Mapped toFixed(Vector3 moving);

    /** @param pose from the fixed to the moving image, everywhere */
    static Mapping of(Pose pose) {
        Pose back = pose.inverse();
        return new Mapping() {
            @Override
            public Mapped toMoving(Vector3 fixed) {
                return Mapped.by(Basis.MATRIX, pose.toMoving(fixed));
            }

            @Override
            public Mapped toFixed(Vector3 moving) {
                return Mapped.by(Basis.MATRIX, back.toMoving(moving));
            }
        };
    }

    /**
     * A field of which nothing else is known: beyond its grid places go nowhere.
     *
     * @throws IllegalArgumentException if the field is nowhere near a map that can be inverted
     */
    static Mapping of(MillimetreField field) {
        FieldTransform transform = new FieldTransform(field);
        return new FieldMapping(transform, transform.nearestAffine(), Optional.empty());
    }

    /**
     * A registration's field: where the window lay it is what was measured, elsewhere the pose alone holds.
     *
     * @param field  on a grid of the fixed image, pose included
     * @param pose   from the fixed to the moving image
     * @param window that was registered, LPS mm of the fixed image
     */
    static Mapping of(MillimetreField field, Pose pose, Grid window) {
        return new FieldMapping(new FieldTransform(field), pose, Optional.of(window));
    }
}
