package org.regstream.training.data.motion;

/**
 * Tissue flows towards a point: the closer, the more, nothing beyond a radius r. With distance d from the centre,
 *
 * <pre>
 * d -> d + a (d / r)(1 - d / r)² 27 / 4      a at most at d = r / 3
 * </pre>
 *
 * @param centre (k, j, i), voxels
 * @param radius r, voxels
 * @param most   a, how far tissue has come at most, voxels
 */
record Collapse(double[] centre, double radius, double most) implements Motion {

    @Override
    public void trace(double[] p) {
        double k = p[0] - centre[0];
        double j = p[1] - centre[1];
        double i = p[2] - centre[2];
        double d = Math.sqrt(k * k + j * j + i * i);
        if (d >= radius || d == 0) {
            return;
        }
        double share = d / radius;
        double by = most * share * (1 - share) * (1 - share) * 27 / 4 / d;
        p[0] += by * k;
        p[1] += by * j;
        p[2] += by * i;
    }
}
