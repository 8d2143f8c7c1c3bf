package org.regstream.core.optimise;

/** A term that feels the displacement of a voxel through what is pulled there alone, so that its curvature is one of voxels. */
interface PointwiseTerm extends Term {

    @Override
    default double evaluate(float[] u, double weight, float[] gradient) {
        return evaluate(u, weight, gradient, null);
    }

    /**
     * As {@link #evaluate(float[], double, float[])}, and how fast the derivative changes.
     *
     * @param curvature [6, D, H, W], 1 / voxel²: {@code weight} times the second derivative, as Gauss and Newton approximate it, is
     *                  added to it, components (kk, kj, ki, jj, ji, ii), positive semidefinite; null where it is not asked for
     */
    double evaluate(float[] u, double weight, float[] gradient, float[] curvature);

    /** Adds factor * (a, b, c) (a, b, c)ᵀ at voxel x. */
    static void addOuter(float[] curvature, int x, int size, float factor, float a, float b, float c) {
        curvature[x] += factor * a * a;
        curvature[size + x] += factor * a * b;
        curvature[2 * size + x] += factor * a * c;
        curvature[3 * size + x] += factor * b * b;
        curvature[4 * size + x] += factor * b * c;
        curvature[5 * size + x] += factor * c * c;
    }
}
