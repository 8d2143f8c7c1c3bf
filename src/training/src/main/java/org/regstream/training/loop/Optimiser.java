package org.regstream.training.loop;

/** How a gradient becomes a change of the weights. */
public enum Optimiser {
    /**
     * Bias-corrected, 0.9, 0.999, 1e-8:
     *
     * <pre>
     * m = 0.9 m + 0.1 g                 v = 0.999 v + 0.001 g²
     * w = w - rate (m / (1 - 0.9^t)) / (sqrt(v / (1 - 0.999^t)) + 1e-8)
     * </pre>
     */
    ADAM("""
                m = torch.add_(torch.mul_(mean, 0.9), gradient, alpha=0.1)
                v = torch.addcmul_(torch.mul_(variance, 0.999), gradient, gradient, value=0.001)
                c1 = torch.rsub(torch.pow(0.9, t), 1., 1)
                c2 = torch.rsub(torch.pow(0.999, t), 1., 1)
                root = torch.add(torch.sqrt(torch.div(v, c2)), 1e-8)
                w = torch.sub_(weights, torch.div(torch.mul(torch.div(m, c1), rate), root))
            """),
    /**
     * Stochastic gradient descent; a gradient longer than 1 is shortened to 1, since P1's rate of 0.1 makes the first steps of
     * a network with heads run away:
     *
     * <pre>
     * w = w - rate g / max(1, |g|)
     * </pre>
     */
    SGD("""
                length = torch.sqrt(torch.sum(torch.mul(gradient, gradient)))
                share = torch.div(rate, torch.clamp_min(length, 1.))
                w = torch.sub_(weights, torch.mul(gradient, share))
            """);

    private final String update;

    Optimiser(String update) {
        this.update = update;
    }

    /** TorchScript that changes {@code weights} in place; knows gradient, mean, variance, t and rate. */
    String update() {
        return update;
    }
}
