package org.regstream.core.align;

import java.util.Arrays;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.Volume;

/**
 * Where a fixed image is looked at: some voxel centres of one level, more of them where the image has edges. Chosen once; the
 * same for the same image, and they move with it.
 */
final class Points {

    /** Weight of a voxel without any edge, as a share of the mean weight of edges: plain tissue and air count too. */
    private static final double PLAIN = 0.3;

    private final Vector3 centre;
    private final double reachMm;
    private final float[] at;
    private final float[] values;
    private final Tones tones;

    private Points(Vector3 centre, double reachMm, float[] at, float[] values, Tones tones) {
        this.centre = centre;
        this.reachMm = reachMm;
        this.at = at;
        this.values = values;
        this.tones = tones;
    }

    /**
     * @param level [D, H, W], any unit. Not modified.
     * @param count most points
     */
    static Points of(Volume level, int count) {
        int[] offsets = choose(edges(level), count);
        Grid g = level.grid();
        float[] values = new float[offsets.length];
        Vector3[] places = new Vector3[offsets.length];
        Vector3 sum = new Vector3(0, 0, 0);
        for (int n = 0; n < offsets.length; n++) {
            int x = offsets[n];
            values[n] = level.values()[x];
            places[n] = g.affine().toLps(x / (g.height() * g.width()), x / g.width() % g.height(), x % g.width());
            sum = sum.plus(places[n]);
        }
        return of(sum.times(1.0 / offsets.length), places, values, Tones.of(level.values()));
    }

    private static Points of(Vector3 centre, Vector3[] places, float[] values, Tones tones) {
        float[] at = new float[3 * places.length];
        double squares = 0;
        for (int n = 0; n < places.length; n++) {
            Vector3 d = places[n].minus(centre);
            at[3 * n] = (float) d.x();
            at[3 * n + 1] = (float) d.y();
            at[3 * n + 2] = (float) d.z();
            squares += d.dot(d);
        }
        return new Points(centre, Math.max(1, Math.sqrt(squares / places.length)), at, values, tones);
    }

    /** Every voxel that carries the running sum of weights over the next multiple of their mean share. */
    private static int[] choose(float[] edges, int count) {
        double mean = 0;
        for (float e : edges) {
            mean += e;
        }
        double plain = mean > 0 ? PLAIN * mean / edges.length : 1;
        double step = (mean + plain * edges.length) / Math.min(count, edges.length);
        int[] chosen = new int[Math.min(count, edges.length)];
        int found = 0;
        double sum = step / 2;
        for (int x = 0; x < edges.length && found < chosen.length; x++) {
            sum += edges[x] + plain;
            if (sum >= step) {
                sum = Math.min(sum - step, step);
                chosen[found++] = x;
            }
        }
        return Arrays.copyOf(chosen, found);
    }

    /** How much steeper a voxel is than the mean voxel, any unit per mm; 0 where it is flatter, which is mostly noise. */
    private static float[] edges(Volume level) {
        float[] steep = steepness(level);
        double mean = 0;
        for (float s : steep) {
            mean += s;
        }
        mean /= steep.length;
        for (int x = 0; x < steep.length; x++) {
            steep[x] = (float) Math.max(0, steep[x] - mean);
        }
        return steep;
    }

    private static float[] steepness(Volume level) {
        Grid g = level.grid();
        float[] v = level.values();
        float[] out = new float[v.length];
        int plane = g.height() * g.width();
        double[] s = g.affine().spacingMm();
        for (int k = 0, x = 0; k < g.depth(); k++) {
            for (int j = 0; j < g.height(); j++) {
                for (int i = 0; i < g.width(); i++, x++) {
                    double dk = difference(v, x, plane, k, g.depth()) / s[0];
                    double dj = difference(v, x, g.width(), j, g.height()) / s[1];
                    double di = difference(v, x, 1, i, g.width()) / s[2];
                    out[x] = (float) Math.sqrt(dk * dk + dj * dj + di * di);
                }
            }
        }
        return out;
    }

    private static double difference(float[] v, int x, int stride, int at, int length) {
        int up = at + 1 < length ? stride : 0;
        int down = at > 0 ? stride : 0;
        return up + down == 0 ? 0 : (v[x + up] - v[x - down]) * (double) stride / (up + down);
    }

    int size() {
        return values.length;
    }

    /** Their mean place, LPS mm. */
    Vector3 centre() {
        return centre;
    }

    /** Root mean square of their distances from the centre, mm, at least 1. */
    double reachMm() {
        return reachMm;
    }

    /** [size, 3], x, y, z from the centre, LPS mm. Not to be modified. */
    float[] at() {
        return at;
    }

    /** [size], the image's unit. Not to be modified. */
    float[] values() {
        return values;
    }

    /** @return the bin of each point's tone, [size], 0 to bins - 1, as a new array */
    int[] bins(int bins) {
        int[] out = new int[values.length];
        for (int n = 0; n < out.length; n++) {
            out[n] = Math.round(tones.place(values[n], bins));
        }
        return out;
    }

    Tones tones() {
        return tones;
    }
}
