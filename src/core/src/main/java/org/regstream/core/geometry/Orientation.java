package org.regstream.core.geometry;

import java.util.Locale;

/**
 * Which way the array axes run, to the nearest patient axis, in the field's three-letter form: the letters name the
 * positive directions of i, j, k in this order. {@code RAS} means columns run to the patient's right, rows to the front
 * (anterior), slices to the head (superior).
 *
 * @param code a letter of each pair L/R, A/P, I/S, in the order i, j, k
 */
public record Orientation(String code) {

    private static final String LETTERS = "LRPASI";

    public Orientation {
        String seen = "";
        if (code.length() == 3) {
            for (char c : code.toCharArray()) {
                int at = LETTERS.indexOf(c);
                seen += at < 0 ? "?" : String.valueOf(at / 2);
            }
        }
        if (seen.length() != 3 || seen.contains("?") || seen.charAt(0) == seen.charAt(1)
                || seen.charAt(0) == seen.charAt(2) || seen.charAt(1) == seen.charAt(2)) {
            throw new IllegalArgumentException(
                    "orientation must hold one letter of each pair L/R, A/P, I/S, such as RAS, got " + code);
        }
    }

    /** @return the orientation of a grid: each axis by its nearest patient axis, no patient axis used twice */
    public static Orientation of(Grid grid) {
        int[] axes = patientAxes(grid.affine());
        StringBuilder code = new StringBuilder();
        for (int axis = 2; axis >= 0; axis--) {
            double along = component(grid.affine().step(axis), axes[axis]);
            code.append(LETTERS.charAt(2 * axes[axis] + (along > 0 ? 0 : 1)));
        }
        return new Orientation(code.toString());
    }

    /**
     * The same voxels of space with the axes permuted and flipped so that they run as this orientation says. Oblique
     * grids stay oblique.
     */
    public Grid reorient(Grid grid) {
        Affine a = grid.affine();
        int[] axes = patientAxes(a);
        int[] shape = grid.shape();
        int[] newShape = new int[3];
        Vector3[] steps = new Vector3[3];
        Vector3 origin = a.origin();
        for (int axis = 0; axis < 3; axis++) {
            int letter = LETTERS.indexOf(code.charAt(2 - axis));
            int source = axes[0] == letter / 2 ? 0 : axes[1] == letter / 2 ? 1 : 2;
            Vector3 step = a.step(source);
            newShape[axis] = shape[source];
            if (component(step, letter / 2) > 0 == (letter % 2 == 0)) {
                steps[axis] = step;
            } else {
                origin = origin.plus(step.times(shape[source] - 1));
                steps[axis] = step.times(-1);
            }
        }
        return new Grid(newShape[0], newShape[1], newShape[2], new Affine(origin, steps[0], steps[1], steps[2]));
    }

    /** For each array axis (k, j, i) the patient axis (0 x, 1 y, 2 z) such that the sum of |cosines| is largest. */
    private static int[] patientAxes(Affine a) {
        int[][] permutations = {{2, 1, 0}, {2, 0, 1}, {1, 2, 0}, {1, 0, 2}, {0, 2, 1}, {0, 1, 2}};
        int[] best = permutations[0];
        double bestSum = -1;
        for (int[] p : permutations) {
            double sum = 0;
            for (int axis = 0; axis < 3; axis++) {
                sum += Math.abs(component(a.step(axis).normalized(), p[axis]));
            }
            if (sum > bestSum + 1e-9) {
                bestSum = sum;
                best = p;
            }
        }
        return best;
    }

    private static double component(Vector3 v, int axis) {
        return axis == 0 ? v.x() : axis == 1 ? v.y() : v.z();
    }

    @Override
    public String toString() {
        return code.toUpperCase(Locale.ROOT);
    }
}
