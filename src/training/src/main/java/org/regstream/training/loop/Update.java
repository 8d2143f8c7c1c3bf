package org.regstream.training.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.regstream.training.torchscript.ScriptFunction;

/**
 * Changes the weights by a gradient, and lets the teacher follow (P2, Eq. 2):
 *
 * <pre>
 * teacher = α teacher + (1 - α) w,   α = min(0.99, t / (t + 9))
 * </pre>
 *
 * The smaller α of the first steps lets the teacher forget the random start, as usual for such averages.
 */
final class Update implements AutoCloseable {
    private final ScriptFunction update;

    Update(Optimiser optimiser) {
        update = ScriptFunction.compile(
                "t: Tensor, rate: Tensor, gradient: Tensor, weights: Tensor, mean: Tensor, variance: Tensor,"
                        + " teacher: Tensor) -> Tensor",
                optimiser.update() + """
                            share = torch.clamp_min(torch.mul(torch.reciprocal(torch.add(t, 9.)), 9.), %s)
                            a = torch.add_(teacher, torch.mul(torch.sub(w, teacher), share))
                            z = torch.zero_(gradient)
                            return t
                        """.formatted(1 - MeanTeacher.DECAY));
    }

    /** Changes the state's vectors in place, and sets the gradient to zero, since gradients add up.
     *  @param step counted from 1 */
    void apply(NDManager scope, TrainingState state, NDArray gradient, long step, double rate) {
        NDList done = update.call(scope.create((float) step), scope.create((float) rate), gradient, state.weights(),
                state.mean(), state.variance(), state.teacher());
        done.close();
    }

    @Override
    public void close() {
        update.close();
    }
}
