package org.regstream.core.transform;

import org.regstream.core.geometry.Vector3;

/**
 * Takes places of one image to those of another, LPS mm on both sides. Images are resampled from the grid that is wanted to the
 * image that is given, so that is the direction in which transforms are kept: from the fixed image to the moving one; of a
 * registration from the live image to the pre-operative one. Implementations are immutable and thread-safe.
 */
@FunctionalInterface
public interface PlaceMap {

    /** Where nothing is known. */
    Vector3 UNKNOWN = new Vector3(Double.NaN, Double.NaN, Double.NaN);

    /** @param place LPS mm. @return LPS mm of the other image; not a number where nothing is known */
    Vector3 map(Vector3 place);

    /** Whether a place is one. */
    static boolean isKnown(Vector3 place) {
        return Double.isFinite(place.norm());
    }
}
