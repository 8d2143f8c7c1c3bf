package org.regstream.training.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.regstream.training.loss.Consistency;
import org.regstream.training.loss.DoubleUncertainty;
import org.regstream.training.loss.KullbackLeibler;
import org.regstream.training.loss.Mind;
import org.regstream.training.loss.Nlcc;
import org.regstream.training.loss.Smoothness;
import org.regstream.training.loss.SoftDice;
import org.regstream.training.loss.Uncertainty;
import org.regstream.training.network.Conditioning;
import org.regstream.training.network.Flow;
import org.regstream.training.network.Heads;
import org.regstream.training.network.NetworkDesign;
import org.regstream.training.network.NetworkDesign.Output;
import org.regstream.training.network.NetworkScript;
import org.regstream.training.network.Warp;
import org.regstream.training.torchscript.ScriptFunction;

/**
 * Network and {@link Objective} of one pair in one function. Voxels outside the fixed image count in no term; the similarity
 * also leaves out those that the field pulls from outside the moving image.
 *
 * <p>The teacher's passes are compared at the flow's resolution, where the network estimates: a warped image there is that of
 * the image averaged to it.
 */
final class RegistrationLoss implements AutoCloseable {

    /** The largest λ that a conditioned network is trained for; it is told λ as a share of this. */
    static final double LARGEST_SMOOTHNESS = 5;

    /** λ of {@link KullbackLeibler}'s prior: METHODS leaves it open. Chosen, not tuned. */
    private static final double PRIOR_PRECISION = 20;

    private static final String HELPERS = """
            def covered(mask: Tensor, passenger: Tensor) -> Tensor:
              return torch.mul(mask, torch.to(torch.gt(torch.detach(passenger), 0.5), 6, False, False, None))
            def shrunk(x: Tensor, n: int) -> Tensor:
              return torch.avg_pool3d(x, [n, n, n], [n, n, n], [0, 0, 0], False, True, None)
            """;

    private final NetworkDesign design;
    private final Objective objective;
    private final NetworkScript network;
    private final ScriptFunction loss;

    RegistrationLoss(TrainingSettings settings) {
        design = settings.network();
        objective = settings.objective();
        network = new NetworkScript(design, settings.precision(), 1);
        loss = ScriptFunction.compile("pair: Tensor, weights: Tensor, teacher: Tensor, drawn: Tensor) -> Tensor",
                inputs() + directions() + terms() + weights() + total(), network.text(), Warp.script(), Nlcc.script(),
                Mind.script(), SoftDice.script(), Smoothness.script(), Uncertainty.script(), Consistency.script(),
                KullbackLeibler.script(), DoubleUncertainty.script(), HELPERS);
    }

    /**
     * @param pair  of {@link PairSource}
     * @param drawn a number in [0, 1) for this step, of which a conditioned network's λ is made
     * @return the terms in the order of {@link Term}, of the pair's manager
     */
    NDArray of(NDManager scope, NDArray pair, TrainingState state, double drawn) {
        NDArray share = scope.create(new float[]{(float) drawn}, new Shape(1, 1, 1, 1, 1));
        return loss.call(pair, state.weights(), state.teacher(), share).singletonOrThrow();
    }

    /** The r-th result of the network. */
    private String result(Output output) {
        return "r[" + network.place(output) + "]";
    }

    private String inputs() {
        return """
                    zero = torch.zeros([], dtype=6, layout=None, device=ops.prim.device(pair), pin_memory=None)
                    both = torch.chunk(pair, 2, 0)
                    mask = torch.narrow(both[0], 1, 0, 1)
                    fixed = torch.narrow(both[0], 1, 1, 1)
                    fixed_labels = torch.narrow(both[0], 1, 2, %1$d)
                    moving_mask = torch.narrow(both[1], 1, 0, 1)
                    moving = torch.narrow(both[1], 1, 1, 1)
                    moving_labels = torch.narrow(both[1], 1, 2, %1$d)
                    r = __torch__.network(weights, fixed, moving, torch.cat([moving_labels, moving_mask], 1), drawn, True, 1)
                    warped = %2$s
                """
                .formatted(design.channels(), result(Output.WARPED));
    }

    private String directions() {
        String forward = """
                    similarity = %s
                    segmentation = %s
                """.formatted(similarity("fixed", "warped", "mask", result(Output.PASSENGERS)),
                segmentation(result(Output.WARPED_LABELS), "fixed_labels", "mask"));
        return objective.direction() == Direction.FORWARD
                ? forward
                : forward + """
                            back = __torch__.displacement_of(torch.neg(%s))
                            other = __torch__.warp(both[0], back)
                            similarity = torch.mul(torch.add(similarity, %s), 0.5)
                            segmentation = torch.mul(torch.add(segmentation, %s), 0.5)
                        """.formatted(result(Output.FLOW),
                        similarity("moving", "torch.narrow(other, 1, 1, 1)", "moving_mask",
                                "torch.narrow(other, 1, 0, 1)"),
                        segmentation("torch.narrow(other, 1, 2, " + design.channels() + ")", "moving_labels",
                                "moving_mask"));
    }

    private String similarity(String fixed, String warped, String mask, String passenger) {
        String counted = "__torch__.covered(" + mask + ", " + passenger + ")";
        return objective.similarity() == Similarity.MIND
                ? "torch.mul(__torch__.mind(" + fixed + ", " + warped + ", " + counted + "), "
                        + objective.similarity().weight() + ")"
                : "torch.neg(__torch__.nlcc(" + fixed + ", " + warped + ", " + counted + ", " + Nlcc.WINDOW + "))";
    }

    private String segmentation(String labels, String truth, String mask) {
        return objective.segmentation() == 0
                ? "zero"
                : "torch.rsub(__torch__.soft_dice(" + labels + ", " + truth + ", " + mask + "), 1., 1)";
    }

    private String terms() {
        boolean heads = design.heads() != Heads.NONE;
        boolean divergence = design.flow() == Flow.PROBABILISTIC_VELOCITY && objective.divergence() > 0;
        return """
                    refinement = %s
                    uncertainty = %s
                    smoothness = torch.mul(__torch__.smoothness(%s, mask), %s)
                    divergence = %s
                """.formatted(heads ? segmentation(result(Output.LABELS), "fixed_labels", "mask") : "zero",
                heads
                        ? "__torch__.label_uncertainty(%s, fixed_labels, %s, mask)".formatted(result(Output.LABELS),
                                result(Output.PREDICTIVE))
                        : "zero",
                result(Output.DISPLACEMENT), objective.similarity().smoothness(),
                divergence
                        ? "__torch__.kullback_leibler(%s, %s, %s, %s)".formatted(result(Output.FLOW),
                                result(Output.LOG_VARIANCE), shrunk("mask"), PRIOR_PRECISION)
                        : "zero");
    }

    /** At the flow's resolution. */
    private String shrunk(String x) {
        int n = design.preset().flowDivisor();
        return n == 1 ? x : "__torch__.shrunk(" + x + ", " + n + ")";
    }

    /** λφ, λc and the consistency. */
    private String weights() {
        if (design.conditioning() == Conditioning.SMOOTHNESS) {
            return fixedWeights("torch.mul(torch.squeeze(drawn), " + LARGEST_SMOOTHNESS + ")");
        }
        return objective.teacher() == MeanTeacher.NONE
                ? fixedWeights("torch.add(zero, " + objective.smoothness() + ")")
                : teacherWeights();
    }

    private static String fixedWeights(String smoothness) {
        return "    consistency = zero\n    lambda_c = zero\n    lambda_phi = " + smoothness + "\n";
    }

    private String teacherWeights() {
        return """
                    flows = __torch__.flow_of(teacher, fixed, moving, moving_labels, drawn, True, %1$d)
                    small = torch.expand(%2$s, [%1$d, -1, -1, -1, -1])
                    inside = torch.to(torch.gt(%3$s, 0.999), 6, False, False, None)
                    voxels = torch.mul(flows, %8$d)
                    shares = __torch__.double_uncertainty(voxels, __torch__.warp(small, flows), inside, %4$s, %5$s)
                    taught = __torch__.warp(moving, __torch__.displacement_of(torch.mean(flows, [0], True, dtype=None)))
                    consistency = __torch__.consistency(warped, taught, mask)
                    lambda_phi = %6$s
                    lambda_c = %7$s
                """.formatted(MeanTeacher.PASSES, shrunk("moving"), shrunk("mask"), MeanTeacher.TAU1, MeanTeacher.TAU2,
                objective.teacher().lambdaPhi("torch.select(shares, 0, 0)"),
                objective.teacher().lambdaC("torch.select(shares, 0, 1)"), design.preset().flowDivisor());
    }

    private String total() {
        return """
                    labelled = torch.mul(torch.add(segmentation, refinement), %s)
                    doubted = torch.add(torch.mul(uncertainty, %s), torch.mul(divergence, %s))
                    smooth = torch.add(torch.mul(smoothness, lambda_phi), torch.mul(consistency, lambda_c))
                    total = torch.add(torch.add(similarity, labelled), torch.add(doubted, smooth))
                    return torch.stack([total, similarity, segmentation, refinement, smoothness, uncertainty, divergence, consistency, lambda_phi, lambda_c, zero, zero], 0)
                """
                .formatted(objective.segmentation(), objective.uncertainty(), objective.divergence());
    }

    @Override
    public void close() {
        loss.close();
    }
}
