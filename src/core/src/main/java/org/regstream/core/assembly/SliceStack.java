package org.regstream.core.assembly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.Volume;

/**
 * Slices of one orientation, matrix and pixel spacing, sorted along their normal n = i x j (so that i, j, k is
 * right-handed). Regular if slice m lies at first + m d n, d the mean distance, within tolerance; or at first + m (d n + s),
 * s the mean shift sideways, as slices of a tilted gantry do: then k is no right angle to i and j, and every voxel is where its
 * slice says.
 */
final class SliceStack {

    /** Two slices nearer than this share of the usual distance are meant to be at one place. */
    static final double SAME_PLACE = 0.25;

    /** However coarse positions are: a missing slice strays by nearly half a distance or more. */
    private static final double ROUNDED_SLICES = 0.4;

    /** Gantries tilt by 30 degrees at most; beyond 45 no slice lies over most of the next but one. */
    private static final double MOST_SIDEWAYS = 1;

    /** Which slice says how all of them lie is no matter of what it is called. */
    private static final Comparator<Vector3> BY_PLACE = Comparator.comparingDouble(Vector3::z)
            .thenComparingDouble(Vector3::y).thenComparingDouble(Vector3::x);

    private final Vector3 normal;
    private final List<Slice> slices;

    private SliceStack(Vector3 normal, List<Slice> slices) {
        this.normal = normal;
        this.slices = slices;
    }

    /** @param frames at least one, that agree by {@link SliceAgreement}; any order gives the same stack */
    static SliceStack of(Collection<Frame> frames) {
        Affine plane = frames.stream().map(frame -> frame.slices().get(0).grid().affine())
                .min(Comparator.comparing(Affine::origin, BY_PLACE)).orElseThrow();
        Vector3 normal = plane.stepI().cross(plane.stepJ()).normalized();
        List<Slice> slices = new ArrayList<>();
        for (Frame frame : frames) {
            for (Volume pixels : frame.slices()) {
                slices.add(Slice.of(frame.sopInstanceUid(), pixels, normal));
            }
        }
        slices.sort(Slice.ALONG_NORMAL);
        return new SliceStack(normal, slices);
    }

    /** @return SOP Instance UID of each slice in the order of k */
    List<String> instanceUids() {
        return slices.stream().map(Slice::sopInstanceUid).toList();
    }

    /** @return how the stack is not regular; empty if it is */
    Optional<Violation> check(GeometryTolerance tolerance) {
        if (slices.size() < 2) {
            return violation(AssemblyRule.TOO_FEW_SLICES, "1 slice, at least 2 expected");
        }
        return checkSideways(tolerance).or(() -> checkDistances(tolerance));
    }

    private Optional<Violation> checkSideways(GeometryTolerance tolerance) {
        double allowed = sidewaysMm(tolerance);
        Vector3 step = stepSideways(tolerance);
        double sideways = largestSidewaysMm(step);
        if (sideways > allowed) {
            return violation(AssemblyRule.SHEARED, String.format(Locale.ROOT,
                    "slices shifted sideways by up to %.3g mm, at most %.3g allowed", sideways, allowed));
        }
        double tilt = stepMm() > 0 ? step.norm() / stepMm() : 0;
        return tilt <= MOST_SIDEWAYS
                ? Optional.empty()
                : violation(AssemblyRule.SHEARED, String.format(Locale.ROOT,
                        "each slice shifted sideways by %.3g times the slice distance, at most %.3g allowed", tilt,
                        MOST_SIDEWAYS));
    }

    private double sidewaysMm(GeometryTolerance tolerance) {
        return Math.max(tolerance.positionMm(), roundingMm());
    }

    private Optional<Violation> checkDistances(GeometryTolerance tolerance) {
        double limit = Math.max(Math.min(tolerance.positionMm(), tolerance.slices() * stepMm()),
                Math.min(roundingMm(), ROUNDED_SLICES * stepMm()));
        int closest = closestPair();
        double smallest = distanceMm(closest);
        if (smallest <= Math.max(limit, SAME_PLACE * medianDistanceMm())) {
            return violation(AssemblyRule.DUPLICATE_POSITION, String.format(Locale.ROOT,
                    "two different slices %.3g mm apart at %.5g mm along the normal", smallest,
                    slices.get(closest).alongMm()));
        }
        if (largestStrayMm() <= limit) {
            return Optional.empty();
        }
        return missingSlices(smallest, limit).or(() -> violation(AssemblyRule.IRREGULAR_SPACING, String.format(
                Locale.ROOT, "a slice strays by %.3g mm from even spacing of %.4g mm, at most %.3g allowed",
                largestStrayMm(), stepMm(), limit)));
    }

    /** A gap rather than disorder: every distance is a whole multiple of the smallest. */
    private Optional<Violation> missingSlices(double smallest, double limit) {
        int missing = 0;
        int widest = 0;
        for (int m = 0; m + 1 < slices.size(); m++) {
            double multiple = distanceMm(m) / smallest;
            if (Math.abs(multiple - Math.rint(multiple)) * smallest > 2 * limit) {
                return Optional.empty();
            }
            missing += (int) Math.rint(multiple) - 1;
            widest = distanceMm(m) > distanceMm(widest) ? m : widest;
        }
        return missing == 0
                ? Optional.empty()
                : violation(AssemblyRule.GAP, String.format(Locale.ROOT,
                        "%d of %d slices missing, the widest gap of %.4g mm after slice %d; slices lie %.4g mm apart",
                        missing,
                        missing + slices.size(), distanceMm(widest), widest + 1, smallest));
    }

    /** @param tolerance that {@link #check} found nothing with
     *  @return the volume, [D, H, W] */
    Volume toVolume(GeometryTolerance tolerance) {
        Grid plane = slices.get(0).pixels().grid();
        Affine a = plane.affine();
        Grid grid = new Grid(slices.size(), plane.height(), plane.width(),
                new Affine(a.origin(), normal.times(stepMm()).plus(stepSideways(tolerance)), a.stepJ(), a.stepI()));
        float[] values = new float[grid.size()];
        for (int k = 0; k < slices.size(); k++) {
            System.arraycopy(slices.get(k).pixels().values(), 0, values, k * plane.size(), plane.size());
        }
        return Volume.takeOwnershipOf(grid, values);
    }

    private double stepMm() {
        return (slices.get(slices.size() - 1).alongMm() - slices.get(0).alongMm()) / (slices.size() - 1);
    }

    /**
     * How far rounding alone may move slices against each other: half of the last decimal that all positions are told in, in
     * each coordinate of both; 0 if they are told in more than three.
     */
    private double roundingMm() {
        for (double unit : new double[]{0.1, 0.01, 0.001}) {
            if (slices.stream().allMatch(slice -> isIn(unit, slice.origin()))) {
                return unit * Math.sqrt(3);
            }
        }
        return 0;
    }

    private static boolean isIn(double unit, Vector3 p) {
        return isIn(unit, p.x()) && isIn(unit, p.y()) && isIn(unit, p.z());
    }

    private static boolean isIn(double unit, double value) {
        return Math.abs(value / unit - Math.rint(value / unit)) < 1e-6;
    }

    private double distanceMm(int m) {
        return slices.get(m + 1).alongMm() - slices.get(m).alongMm();
    }

    private double medianDistanceMm() {
        double[] distances = new double[slices.size() - 1];
        Arrays.setAll(distances, this::distanceMm);
        Arrays.sort(distances);
        return distances[distances.length / 2];
    }

    private int closestPair() {
        int closest = 0;
        for (int m = 1; m + 1 < slices.size(); m++) {
            closest = distanceMm(m) < distanceMm(closest) ? m : closest;
        }
        return closest;
    }

    /** @return how far each slice lies beside the one before, LPS mm; nothing where that is within tolerance for all of them, or the
     *          slices are at one place */
    private Vector3 stepSideways(GeometryTolerance tolerance) {
        Vector3 none = new Vector3(0, 0, 0);
        boolean isStraight = largestSidewaysMm(none) <= sidewaysMm(tolerance);
        return isStraight || !(stepMm() > 0)
                ? none
                : sideways(slices.get(slices.size() - 1)).times(1.0 / (slices.size() - 1));
    }

    /** From the first slice, without what is along the normal. */
    private Vector3 sideways(Slice slice) {
        Vector3 d = slice.origin().minus(slices.get(0).origin());
        return d.minus(normal.times(d.dot(normal)));
    }

    /** @param step that is expected from slice to slice */
    private double largestSidewaysMm(Vector3 step) {
        double largest = 0;
        for (Slice slice : slices) {
            double steps = stepMm() > 0 ? (slice.alongMm() - slices.get(0).alongMm()) / stepMm() : 0;
            largest = Math.max(largest, sideways(slice).minus(step.times(steps)).norm());
        }
        return largest;
    }

    private double largestStrayMm() {
        double step = stepMm();
        double largest = 0;
        for (int m = 0; m < slices.size(); m++) {
            largest = Math.max(largest, Math.abs(slices.get(m).alongMm() - slices.get(0).alongMm() - m * step));
        }
        return largest;
    }

    private static Optional<Violation> violation(AssemblyRule rule, String explanation) {
        return Optional.of(new Violation(rule, explanation));
    }
}
