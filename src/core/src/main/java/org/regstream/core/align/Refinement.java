package org.regstream.core.align;

import org.regstream.core.geometry.Vector3;

/**
 * Refines a pose at one level by Gauss-Newton steps. The fixed image is taken as the moving one seen through a curve of tones
 * and a smooth gain,
 *
 * <pre>
 * fixed(x) = curve(moving(pose(x))) * (1 + gain(x)) + noise
 * </pre>
 *
 * with the curve, the gain and the pose unknown together: a curve can fall, so contrast may be inverted, and the gain takes up
 * a receive coil's. Points that fit badly weigh less (Cauchy), so resected tissue and instruments do not pull.
 */
final class Refinement {

    /** Nodes of the curve of tones, straight between them. */
    private static final int NODES = 16;

    /** A residual of so many mean residuals has half a weight. */
    private static final double HALF_WEIGHT = 3;

    /** What draws the curve straight and the gain to none, as a share of a point's weight. */
    private static final double STRAIGHT = 0.01;
    private static final double LEVEL_GAIN = 0.01;

    /** A step turns by at most this angle, radians, and shifts by this share of the points' reach. */
    private static final double MAX_TURN = 0.25;

    /** A step that moves points by less than this share of a voxel is the last. */
    private static final double AT_REST = 0.01;

    private final Level level;
    private final int unknowns;
    private final double[] curve = new double[NODES];
    private final double[] gain;
    private Pose pose;
    private double residual;

    private Refinement(Level level, Pose start) {
        this.level = level;
        pose = start;
        gain = new double[level.gainTerms()];
        unknowns = NODES + gain.length + 6;
        residual = (level.fixed().tones().high() - level.fixed().tones().low()) / 4;
    }

    /** @param steps most steps; fewer where the pose comes to rest */
    static Pose refine(Level level, Pose start, int steps) {
        Refinement r = new Refinement(level, start);
        r.step(false);
        double moved = Double.MAX_VALUE;
        for (int n = 0; n < steps && moved > AT_REST * level.spacingMm(); n++) {
            moved = r.step(true);
        }
        return r.pose;
    }

    /** @return how far points moved, root mean square, mm */
    private double step(boolean withPose) {
        NormalEquations equations = new NormalEquations(unknowns);
        collect(equations, withPose);
        straighten(equations);
        double[] d = equations.solve();
        for (int n = 0; n < NODES; n++) {
            curve[n] += d[n];
        }
        for (int n = 0; n < gain.length; n++) {
            gain[n] += d[NODES + n];
        }
        return withPose ? move(d) : 0;
    }

    private void collect(NormalEquations equations, boolean withPose) {
        Seen seen = level.seen(pose);
        Points points = level.fixed();
        float[] at = points.at();
        Tones tones = level.tones();
        float scale = (NODES - 1) / (tones.high() - tones.low());
        double[] row = new double[unknowns];
        double half = 1 / (HALF_WEIGHT * HALF_WEIGHT * residual * residual);
        double sum = 0;
        int count = 0;
        for (int n = 0; n < points.size(); n++) {
            float x = at[3 * n];
            float y = at[3 * n + 1];
            float z = at[3 * n + 2];
            if (!seen.look(x, y, z)) {
                continue;
            }
            float raw = (seen.value - tones.low()) * scale;
            float place = Math.max(0, Math.min(NODES - 1.001f, raw));
            int node = (int) place;
            double share = place - node;
            double toned = curve[node] + share * (curve[node + 1] - curve[node]);
            double g = gainRow(row, toned, x, y, z);
            row[node] = (1 - share) * g;
            row[node + 1] = share * g;
            if (withPose) {
                double slope = raw == place ? (curve[node + 1] - curve[node]) * scale * g : 0;
                poseRow(row, slope * seen.alongX(), slope * seen.alongY(), slope * seen.alongZ(), x, y, z);
            }
            double r = points.values()[n] - toned * g;
            equations.add(row, r, 1 / (1 + r * r * half));
            row[node] = 0;
            row[node + 1] = 0;
            sum += Math.abs(r);
            count++;
        }
        if (count > 0) {
            residual = Math.max(1e-6 * (points.tones().high() - points.tones().low()), sum / count);
        }
    }

    /** @return the gain at a point */
    private double gainRow(double[] row, double toned, float x, float y, float z) {
        if (gain.length == 0) {
            return 1;
        }
        double per = 1 / level.fixed().reachMm();
        double[] t = row;
        int at = NODES;
        double u = x * per;
        double v = y * per;
        double w = z * per;
        t[at] = u;
        t[at + 1] = v;
        t[at + 2] = w;
        if (gain.length == 9) {
            t[at + 3] = u * u;
            t[at + 4] = v * v;
            t[at + 5] = w * w;
            t[at + 6] = u * v;
            t[at + 7] = v * w;
            t[at + 8] = w * u;
        }
        double g = 1;
        for (int n = 0; n < gain.length; n++) {
            g += gain[n] * t[at + n];
            t[at + n] *= toned;
        }
        return g;
    }

    /** A turn w about the points' centre and a shift t move a point by w x p + t. */
    private void poseRow(double[] row, double gx, double gy, double gz, float x, float y, float z) {
        double per = 1 / level.fixed().reachMm();
        int at = NODES + gain.length;
        row[at] = (y * gz - z * gy) * per;
        row[at + 1] = (z * gx - x * gz) * per;
        row[at + 2] = (x * gy - y * gx) * per;
        row[at + 3] = gx;
        row[at + 4] = gy;
        row[at + 5] = gz;
    }

    private void straighten(NormalEquations equations) {
        double[] row = new double[unknowns];
        double weight = STRAIGHT * level.fixed().size();
        for (int n = 1; n + 1 < NODES; n++) {
            row[n - 1] = 1;
            row[n] = -2;
            row[n + 1] = 1;
            equations.add(row, -(curve[n - 1] - 2 * curve[n] + curve[n + 1]), weight / NODES);
            row[n - 1] = 0;
            row[n] = 0;
            row[n + 1] = 0;
        }
        double tone = level.fixed().tones().high() - level.fixed().tones().low();
        for (int n = 0; n < gain.length; n++) {
            row[NODES + n] = tone;
            equations.add(row, -gain[n] * tone, LEVEL_GAIN * level.fixed().size());
            row[NODES + n] = 0;
        }
    }

    private double move(double[] d) {
        int at = NODES + gain.length;
        double per = 1 / level.fixed().reachMm();
        Vector3 turn = new Vector3(d[at], d[at + 1], d[at + 2]).times(per);
        Vector3 shift = new Vector3(d[at + 3], d[at + 4], d[at + 5]);
        double reach = level.fixed().reachMm();
        double far = Math.max(turn.norm() / MAX_TURN, shift.norm() / (MAX_TURN * reach));
        if (far > 1) {
            turn = turn.times(1 / far);
            shift = shift.times(1 / far);
        }
        Vector3 c = level.fixed().centre();
        pose = pose.after(Pose.rotation(turn).taking(c, c.plus(shift)));
        return Math.sqrt(turn.dot(turn) * reach * reach * 2 / 3 + shift.dot(shift));
    }
}
