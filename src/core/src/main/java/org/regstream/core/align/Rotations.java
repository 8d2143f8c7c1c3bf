package org.regstream.core.align;

import java.util.ArrayList;
import java.util.List;
import org.regstream.core.geometry.Vector3;

/** Rotations that cover all of SO(3) evenly: super-Fibonacci spirals (Alexa 2022). The same ones each time. */
final class Rotations {

    /** The spiral's two irrational ratios: the square root of 2, and the positive root of x⁴ = x + 4. */
    private static final double PHI = Math.sqrt(2);
    private static final double PSI = 1.533751168755204288118041;

    private Rotations() {}

    /** @param count at least 1; 600 lie about 30 degrees apart. @return the identity first, then the cover */
    static List<Pose> cover(int count) {
        List<Pose> rotations = new ArrayList<>();
        rotations.add(Pose.IDENTITY);
        for (int n = 0; n < count; n++) {
            double s = n + 0.5;
            double r = Math.sqrt(s / count);
            double rest = Math.sqrt(1 - s / count);
            double alpha = 2 * Math.PI * s / PHI;
            double beta = 2 * Math.PI * s / PSI;
            rotations.add(ofQuaternion(r * Math.sin(alpha), r * Math.cos(alpha), rest * Math.sin(beta),
                    rest * Math.cos(beta)));
        }
        return rotations;
    }

    private static Pose ofQuaternion(double x, double y, double z, double w) {
        return new Pose(new Vector3(1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)),
                new Vector3(2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)),
                new Vector3(2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)),
                new Vector3(0, 0, 0));
    }
}
