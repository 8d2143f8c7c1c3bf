package org.regstream.core.optimise;

/** Adam (Kingma and Ba 2015) with its usual constants, on one vector of unknowns. */
final class Adam {
    private static final double MEAN_DECAY = 0.9;
    private static final double SQUARE_DECAY = 0.999;
    private static final double STABILISER = 1e-8;

    private final double rate;
    private final float[] mean;
    private final float[] square;
    private int steps;

    /** @param rate about the length of a step, unit of the unknowns */
    Adam(double rate, int unknowns) {
        this.rate = rate;
        mean = new float[unknowns];
        square = new float[unknowns];
    }

    /** @param unknowns are moved. @param gradient not modified. */
    void step(float[] unknowns, float[] gradient) {
        steps++;
        double length = rate / (1 - Math.pow(MEAN_DECAY, steps));
        double unbias = 1 / (1 - Math.pow(SQUARE_DECAY, steps));
        for (int x = 0; x < unknowns.length; x++) {
            mean[x] += (float) ((1 - MEAN_DECAY) * (gradient[x] - mean[x]));
            square[x] += (float) ((1 - SQUARE_DECAY) * (gradient[x] * gradient[x] - square[x]));
            unknowns[x] -= (float) (length * mean[x] / (Math.sqrt(unbias * square[x]) + STABILISER));
        }
    }
}
