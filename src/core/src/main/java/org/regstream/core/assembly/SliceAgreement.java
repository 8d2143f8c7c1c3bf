package org.regstream.core.assembly;

import java.util.Locale;
import java.util.Optional;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.Volume;

/** What every two frames of one volume must share; checked as they come, so that a mix is refused at its first frame. */
final class SliceAgreement {

    private SliceAgreement() {}

    /** @return how {@code next} disagrees with {@code first}, or with its own first slice; empty if it does not */
    static Optional<Violation> check(Frame first, Frame next, GeometryTolerance tolerance) {
        if (!first.studyInstanceUid().equals(next.studyInstanceUid())) {
            return violation(AssemblyRule.MIXED_STUDY, "two studies in one series");
        }
        if (!first.frameOfReferenceUid().equals(next.frameOfReferenceUid())) {
            return violation(AssemblyRule.MIXED_FRAME_OF_REFERENCE, "two frames of reference in one volume");
        }
        Grid expected = first.slices().get(0).grid();
        for (Volume slice : next.slices()) {
            Optional<Violation> found = check(expected, slice.grid(), tolerance);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** @return how two slices could not be of one stack, wherever along it they lie */
    static Optional<Violation> check(Grid expected, Grid got, GeometryTolerance tolerance) {
        if (expected.height() != got.height() || expected.width() != got.width()) {
            return violation(AssemblyRule.MIXED_MATRIX, String.format(Locale.ROOT,
                    "a slice of %d x %d pixels among slices of %d x %d", got.height(), got.width(), expected.height(),
                    expected.width()));
        }
        Affine a = expected.affine();
        Affine b = got.affine();
        double angle = Math.max(angle(a.stepJ(), b.stepJ()), angle(a.stepI(), b.stepI()));
        if (angle > tolerance.radians()) {
            return violation(AssemblyRule.MIXED_ORIENTATION, String.format(Locale.ROOT,
                    "a slice turned by %.3g degrees against the first, at most %.3g allowed", Math.toDegrees(angle),
                    Math.toDegrees(tolerance.radians())));
        }
        if (differ(a.stepJ(), b.stepJ(), tolerance) || differ(a.stepI(), b.stepI(), tolerance)) {
            return violation(AssemblyRule.MIXED_PIXEL_SPACING, String.format(Locale.ROOT,
                    "a slice with pixels of %.4g x %.4g mm among slices with %.4g x %.4g mm", b.stepJ().norm(),
                    b.stepI().norm(), a.stepJ().norm(), a.stepI().norm()));
        }
        return Optional.empty();
    }

    /** Radians in [0, pi]; by atan2, which is exact for small angles where the arc cosine is not. */
    private static double angle(Vector3 u, Vector3 v) {
        return Math.atan2(u.cross(v).norm(), u.dot(v));
    }

    private static boolean differ(Vector3 u, Vector3 v, GeometryTolerance tolerance) {
        return Math.abs(v.norm() / u.norm() - 1) > tolerance.pixelShare();
    }

    private static Optional<Violation> violation(AssemblyRule rule, String explanation) {
        return Optional.of(new Violation(rule, explanation));
    }
}
