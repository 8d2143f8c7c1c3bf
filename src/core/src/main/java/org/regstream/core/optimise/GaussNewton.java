package org.regstream.core.optimise;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.regstream.core.optimise.OptimisedField.Fit;

/**
 * Gauss and Newton on the control points c of one level. Each step solves
 *
 * <pre>
 * Eᵀ H E d = -Eᵀ grad       E expands control points to voxels, H is the objective's curvature, smoothness included
 * </pre>
 *
 * by a few rounds of conjugate gradients, each unknown scaled by how strongly it is held, cuts every element of d to what linearised
 * images hold for, and halves it until the objective falls. It ends when that gains next to nothing.
 */
final class GaussNewton {

    /** Trilinear slopes hold for about a voxel. */
    private static final float LONGEST_STEP = 1.5f;

    /** Few: after a step the images are looked at again, and then it is another problem. */
    private static final int ROUNDS = 3;

    /** Share of the right side that may be left. */
    private static final double SOLVED = 0.1;

    /** Keeps what nothing holds at 0. */
    private static final float LEAST = Float.MIN_NORMAL;

    private static final int HALVINGS = 3;

    /** Of dissimilarities that lie in about [-1, 1]. */
    private static final double STALLED = 1e-4;

    private final Objective objective;
    private final ControlLattice lattice;
    private final boolean[] free;
    private final float[] base;
    private final float[] u;
    private final float[] control;
    private final float[] tried;
    private final float[] slope;
    private final float[] step;
    private final float[] rest;
    private final float[] direction;
    private final float[] bent;
    private final float[] held;
    private final float[] scaled;
    private final int stride;
    private final float[] change;
    private final float[] force;

    /**
     * @param base where this level starts, [3, d, h, w], voxels of the objective's part; referenced
     */
    GaussNewton(Objective objective, int stride, float[] base) {
        this.objective = objective;
        this.base = base;
        lattice = new ControlLattice(objective.part().grid(), stride);
        free = lattice.free(objective.part());
        u = base.clone();
        change = new float[base.length];
        force = new float[base.length];
        int unknowns = lattice.size();
        control = new float[unknowns];
        tried = new float[unknowns];
        slope = new float[unknowns];
        step = new float[unknowns];
        rest = new float[unknowns];
        direction = new float[unknowns];
        bent = new float[unknowns];
        held = new float[unknowns];
        scaled = new float[unknowns];
        this.stride = stride;
    }

    /**
     * @param isOver asked before each step
     * @param heard  told of the objective before each step
     * @return control points, voxels of the part; referenced
     */
    float[] minimise(int iterations, BooleanSupplier isOver, DoubleConsumer heard) {
        Fit now = evaluate(control);
        for (int iteration = 0; iteration < iterations && !isOver.getAsBoolean(); iteration++) {
            heard.accept(now.objective());
            lattice.gather(objective.gradient(), slope);
            solve();
            Fit next = descend(now.objective());
            if (next == null) {
                break;
            }
            boolean stalled = now.objective() - next.objective() < STALLED;
            now = next;
            if (stalled) {
                break;
            }
        }
        return control;
    }

    private Fit evaluate(float[] at) {
        lattice.expand(at, u);
        for (int y = 0; y < u.length; y++) {
            u[y] += base[y];
        }
        return objective.of(u);
    }

    /** @return null if no part of the step lowers the objective */
    private Fit descend(double before) {
        float share = 1;
        for (int halving = 0; halving <= HALVINGS; halving++, share /= 2) {
            for (int x = 0; x < control.length; x++) {
                tried[x] = control[x] + share * Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, step[x]));
            }
            Fit fit = evaluate(tried);
            if (fit.objective() < before) {
                System.arraycopy(tried, 0, control, 0, control.length);
                return fit;
            }
        }
        return null;
    }

    /** Conjugate gradients for {@link #step}, each unknown scaled by how strongly it is held. */
    private void solve() {
        objective.stiffness(stride, change);
        lattice.gather(change, held);
        Arrays.fill(step, 0);
        for (int x = 0; x < rest.length; x++) {
            rest[x] = free[x] ? -slope[x] : 0;
            scaled[x] = rest[x] / (held[x] + LEAST);
            direction[x] = scaled[x];
        }
        double squares = dot(rest, scaled);
        double enough = SOLVED * SOLVED * squares;
        for (int round = 0; round < ROUNDS && squares > enough; round++) {
            bend();
            double along = dot(direction, bent);
            if (!(along > 0)) {
                return;
            }
            float length = (float) (squares / along);
            for (int x = 0; x < step.length; x++) {
                step[x] += length * direction[x];
                rest[x] -= free[x] ? length * bent[x] : 0;
                scaled[x] = rest[x] / (held[x] + LEAST);
            }
            double left = dot(rest, scaled);
            float keep = (float) (left / squares);
            for (int x = 0; x < step.length; x++) {
                direction[x] = scaled[x] + keep * direction[x];
            }
            squares = left;
        }
    }

    private void bend() {
        lattice.expand(direction, change);
        objective.bend(change, force);
        lattice.gather(force, bent);
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int x = 0; x < a.length; x++) {
            sum += (double) a[x] * b[x];
        }
        return sum;
    }
}
