package org.regstream.training.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.regstream.training.torchscript.ScriptFunction;

/**
 * Adam with bias correction (0.9, 0.999, 1e-8), and a running average of the weights, which is what gets exported: it takes
 * the noise of the last steps out, so that no decay of the rate has to be planned and a run can end at any time.
 *
 * <pre>
 * m = 0.9 m + 0.1 g                 v = 0.999 v + 0.001 g²
 * w = w - rate (m / (1 - 0.9^t)) / (sqrt(v / (1 - 0.999^t)) + 1e-8)
 * a = a + max(0.001, 9 / (t + 10)) (w - a)
 * </pre>
 */
final class Adam implements AutoCloseable {
    private final ScriptFunction update;

    Adam(double rate) {
        update = ScriptFunction.compile(
                "t: Tensor, gradient: Tensor, weights: Tensor, mean: Tensor, variance: Tensor, average: Tensor) -> Tensor",
                """
                            m = torch.add_(torch.mul_(mean, 0.9), gradient, alpha=0.1)
                            v = torch.addcmul_(torch.mul_(variance, 0.999), gradient, gradient, value=0.001)
                            c1 = torch.rsub(torch.pow(0.9, t), 1., 1)
                            c2 = torch.rsub(torch.pow(0.999, t), 1., 1)
                            root = torch.add(torch.sqrt(torch.div(v, c2)), 1e-8)
                            w = torch.sub_(weights, torch.div(torch.mul(torch.div(m, c1), %s), root))
                            share = torch.clamp_min(torch.mul(torch.reciprocal(torch.add(t, 10.)), 9.), 0.001)
                            a = torch.add_(average, torch.mul(torch.sub(w, average), share))
                            z = torch.zero_(gradient)
                            return t
                        """
                        .formatted(rate));
    }

    /** Changes the state's weights, moments and average in place, and sets the gradient to zero, since gradients add up.
     *  @param step counted from 1 */
    void update(NDManager scope, TrainingState state, NDArray gradient, long step) {
        NDArray t = scope.create((float) step);
        NDList done = update.call(t, gradient, state.weights(), state.mean(), state.variance(), state.average());
        done.close();
    }

    @Override
    public void close() {
        update.close();
    }
}
