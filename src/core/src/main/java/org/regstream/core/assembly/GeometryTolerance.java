package org.regstream.core.assembly;

/**
 * How far slices may stray from a regular stack and still be one. Scanners write positions as decimal strings, some with
 * one decimal only, so exact equality would refuse good series.
 *
 * @param positionMm  largest distance of a slice from its place in the regular stack, mm; along the normal and across
 * @param slices      the same along the normal as a share of the slice distance, so that thin slices are held tighter
 * @param radians     largest angle between the axes of two slices
 * @param pixelShare  largest relative difference of pixel spacings
 */
public record GeometryTolerance(double positionMm, double slices, double radians, double pixelShare) {

    /**
     * 0.1 mm: positions rounded to one decimal stray by 0.05 mm. A tenth of a slice: a missing slice strays by 0.5 or
     * more. 1e-3 rad moves the edge of a 500 mm image by 0.25 mm. 1e-3 of the pixel spacing changes 500 mm by 0.5 mm.
     */
    public static final GeometryTolerance DEFAULT = new GeometryTolerance(0.1, 0.1, 1e-3, 1e-3);

    public GeometryTolerance {
        requireSmall("positionMm", positionMm, 1);
        requireSmall("slices", slices, 0.25);
        requireSmall("radians", radians, 0.1);
        requireSmall("pixelShare", pixelShare, 0.1);
    }

    private static void requireSmall(String what, double value, double max) {
        if (!(value > 0 && value <= max)) {
            throw new IllegalArgumentException(what + " must lie in (0, " + max + "], got " + value);
        }
    }
}
