package org.regstream.training.network;

/** How the weights of a layer begin: standard deviation of the normally distributed kernel, and the bias. */
public enum Start {
    /** Variance 2 / ((1 + leak²) fan-in) keeps the size of the signal (He 2015). */
    USUAL(Double.NaN, 0),
    /** Nearly nothing: the first displacement is almost zero, the first refinement changes almost nothing. */
    NOTHING(1e-5, 0),
    /** The first predictive uncertainty is softplus(-2) = 0.13. */
    CERTAIN(1e-5, -2),
    /** The first variance of a velocity is exp(-10), as in probabilistic VoxelMorph. */
    NARROW(1e-5, -10),
    /** No bias, ever: where nothing comes in, nothing comes out. */
    PROPORTIONAL(Double.NaN, Double.NaN),
    /** The same, and nearly nothing at first. */
    PROPORTIONAL_NOTHING(1e-5, Double.NaN);

    private final double scale;
    private final float bias;

    Start(double scale, double bias) {
        this.scale = scale;
        this.bias = (float) bias;
    }

    double scale(Layer layer) {
        return Double.isNaN(scale)
                ? Math.sqrt(2 / ((1 + Operations.LEAK * Operations.LEAK) * layer.inputs() * layer.taps()))
                : scale;
    }

    boolean proportional() {
        return Float.isNaN(bias);
    }

    float bias() {
        return bias;
    }
}
