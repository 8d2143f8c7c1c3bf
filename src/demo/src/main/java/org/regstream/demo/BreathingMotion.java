package org.regstream.demo;

import java.util.Random;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.VelocityField;
import org.regstream.core.warp.Integrate;

/**
 * How the demo's patient moves: two smooth velocity patterns, one that comes and goes as breathing does and one that drifts,
 * integrated to a field that does not fold. No point moves further than the amplitude. Thread-safe; the same seed gives the
 * same motion.
 *
 * <p>{@code v(t) = amplitude (3/4 sin(2 pi t / 8) A + 1/4 cos(2 pi t / 29) B)}, where A and B are sums of plane waves whose
 * largest vector is 1 mm, and t counts volumes.
 */
final class BreathingMotion {

    private static final double BREATH_VOLUMES = 8;
    private static final double DRIFT_VOLUMES = 29;
    private static final double BREATH_SHARE = 0.75;
    private static final int WAVES = 6;
    /** Shorter waves than a structure is wide would tear it; much longer ones only shift the image. */
    private static final double SHORTEST_MM = 40;
    private static final double LONGEST_MM = 90;

    private final Grid grid;
    private final double amplitudeMm;
    private final float[] breath;
    private final float[] drift;

    /** @param amplitudeMm the furthest a point may move, mm, 0 to 20 */
    BreathingMotion(Grid grid, double amplitudeMm, long seed) {
        if (!(amplitudeMm >= 0 && amplitudeMm <= 20)) {
            throw new IllegalArgumentException("amplitude must lie in 0 to 20 mm, got " + amplitudeMm);
        }
        this.grid = grid;
        this.amplitudeMm = amplitudeMm;
        Random random = new Random(seed);
        this.breath = pattern(grid, random);
        this.drift = pattern(grid, random);
    }

    /**
     * @param volume counts from 1
     * @return where the live image takes its voxels from, [3, D, H, W], voxels: {@code live(x) = rest(x + u(x))}
     */
    DisplacementField at(int volume) {
        double a = amplitudeMm * BREATH_SHARE * Math.sin(2 * Math.PI * volume / BREATH_VOLUMES);
        double b = amplitudeMm * (1 - BREATH_SHARE) * Math.cos(2 * Math.PI * volume / DRIFT_VOLUMES);
        float[] v = new float[breath.length];
        for (int x = 0; x < v.length; x++) {
            v[x] = (float) (a * breath[x] + b * drift[x]);
        }
        return Integrate.of(VelocityField.takeOwnershipOf(grid, v));
    }

    /** @return [3, D, H, W], voxels per mm of amplitude: the longest vector is 1 mm */
    private static float[] pattern(Grid grid, Random random) {
        double[] mm = new double[3 * grid.size()];
        for (int wave = 0; wave < WAVES; wave++) {
            addWave(mm, grid, random);
        }
        double longest = longest(mm);
        double[] spacing = grid.affine().spacingMm();
        float[] voxels = new float[mm.length];
        for (int x = 0; x < mm.length; x++) {
            voxels[x] = (float) (mm[x] / longest / spacing[x / grid.size()]);
        }
        return voxels;
    }

    private static void addWave(double[] mm, Grid grid, Random random) {
        double[] spacing = grid.affine().spacingMm();
        double[] normal = direction(random);
        double[] polarisation = direction(random);
        double perMm = 2 * Math.PI / (SHORTEST_MM + (LONGEST_MM - SHORTEST_MM) * random.nextDouble());
        double phase = 2 * Math.PI * random.nextDouble();
        int n = grid.size();
        for (int k = 0, x = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++, x++) {
                    double along = normal[0] * k * spacing[0] + normal[1] * j * spacing[1]
                            + normal[2] * i * spacing[2];
                    double wave = Math.sin(perMm * along + phase);
                    mm[x] += polarisation[0] * wave;
                    mm[n + x] += polarisation[1] * wave;
                    mm[2 * n + x] += polarisation[2] * wave;
                }
            }
        }
    }

    /** Uniform on the sphere. */
    private static double[] direction(Random random) {
        double[] d = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        double norm = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
        return new double[]{d[0] / norm, d[1] / norm, d[2] / norm};
    }

    private static double longest(double[] mm) {
        int n = mm.length / 3;
        double longest = 0;
        for (int x = 0; x < n; x++) {
            longest = Math.max(longest,
                    Math.sqrt(mm[x] * mm[x] + mm[n + x] * mm[n + x] + mm[2 * n + x] * mm[2 * n + x]));
        }
        return longest;
    }
}
