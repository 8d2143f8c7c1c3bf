package org.regstream.core.transform;

import org.regstream.core.geometry.Vector3;

/**
 * Where a place went, and by what.
 *
 * @param place      LPS mm of the other image; not a number {@link Basis#NOWHERE}
 * @param residualMm how far from the place that was asked for the transform takes {@code place} back; 0 in the transform's own
 *                   direction
 */
public record Mapped(Vector3 place, Basis basis, double residualMm) {

    /** What a place was mapped by. */
    public enum Basis {
        /** A matrix that holds everywhere. */
        MATRIX,
        /** A field that was measured there. */
        FIELD,
        /** The pose alone, beyond the window that was registered. */
        POSE,
        /** The nearest place that was found: the field folds or tears there, and no place is taken to the one asked for. */
        NEAREST,
        /** Nothing is known there. */
        NOWHERE
    }

    static Mapped by(Basis basis, Vector3 place) {
        return new Mapped(place, basis, 0);
    }

    static Mapped nowhere() {
        return new Mapped(PlaceMap.UNKNOWN, Basis.NOWHERE, Double.NaN);
    }
}
