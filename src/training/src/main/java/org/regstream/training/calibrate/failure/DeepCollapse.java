package org.regstream.training.calibrate.failure;

import java.util.random.RandomGenerator;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.DisplacementField;
import org.regstream.training.data.Middles;

/**
 * Tissue flows towards a point near the structures from farther and by more than a network learns: by {@value #LEAST_MM} to {@value #MOST_MM} mm
 * inside a ball of 2.5 times that radius. The labels move alike. With distance d from the centre and radius r,
 *
 * <pre>
 * d -> d + a (d / r)(1 - d / r)² 27 / 4      one to one for a below 0.44 r
 * </pre>
 */
public record DeepCollapse() implements Failure {

    private static final double LEAST_MM = 8;
    private static final double MOST_MM = 11;
    private static final double RADIUS = 2.5;
    private static final double NEAR_VOXELS = 8;

    @Override
    public String kind() {
        return "deep collapse";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        Vector3 off = Directions.any(random).times(NEAR_VOXELS * random.nextDouble());
        double[] centre = Middles.of(pair.fixed().labels());
        centre[0] += off.x();
        centre[1] += off.y();
        centre[2] += off.z();
        return Alteration.moved(pair,
                field(pair.fixed().image().grid(), centre, LEAST_MM + severity * (MOST_MM - LEAST_MM)));
    }

    /** @param most a, voxels */
    static DisplacementField field(Grid g, double[] centre, double most) {
        double radius = RADIUS * most;
        int n = g.size();
        float[] u = new float[3 * n];
        for (int k = 0, x = 0; k < g.depth(); k++) {
            for (int j = 0; j < g.height(); j++) {
                for (int i = 0; i < g.width(); i++, x++) {
                    double dk = k - centre[0];
                    double dj = j - centre[1];
                    double di = i - centre[2];
                    double d = Math.sqrt(dk * dk + dj * dj + di * di);
                    if (d > 0 && d < radius) {
                        double share = d / radius;
                        double by = most * share * (1 - share) * (1 - share) * 27 / 4 / d;
                        u[x] = (float) (by * dk);
                        u[n + x] = (float) (by * dj);
                        u[2 * n + x] = (float) (by * di);
                    }
                }
            }
        }
        return DisplacementField.takeOwnershipOf(g, u);
    }
}
