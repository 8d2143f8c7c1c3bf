package org.regstream.training.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.regstream.training.loss.Nlcc;
import org.regstream.training.loss.Smoothness;
import org.regstream.training.loss.SoftDice;
import org.regstream.training.network.NetworkDesign;
import org.regstream.training.network.NetworkDesign.Output;
import org.regstream.training.network.NetworkScript;
import org.regstream.training.network.Warp;
import org.regstream.training.torchscript.ScriptFunction;

/**
 * What a {@link org.regstream.training.network.Heads#TWIN} network makes small, of one patient (item 0, whose true
 * displacement φ* is known where {@code known} holds) and of two people (item 1):
 *
 * <pre>
 * L = w |φ - φ*| (0) + a (1 - Dice(S'∘φ, S)) (0, 1) - 0.3 NLCC (1) + λ |grad φ|² (0 a twentieth, 1)
 *   + outlines (0, 1; fixed and moving): 1 - Dice + cross-entropy, padding included
 *   + c (|φ - φ*| / b + log b (0) + cross-entropy of S'∘φ blurred by b (0, 1))
 * </pre>
 *
 * All but the outlines is at the flow's resolution, half of the window's: images and labels averaged to it. |φ - φ*| is the
 * length of the difference in voxels of the window; near structures it counts four times. b is
 * what the network says the length of its error is (METHODS, One patient); labels are blurred by the Gaussian that has that
 * mean length, so that b also learns from people whose true displacement nobody knows. Beyond four times b the first part
 * grows with the logarithm, so that one voxel which is far off does not drive a step. No gradient of the last line reaches the
 * field.
 */
final class TwinLoss implements AutoCloseable {

    /** w: the error falls from some voxels to a few tenths, the other terms from 1 to some tenths. */
    private static final double FLOW = 0.6;

    /** Enough to lay over one another what no label tells of; more makes the field between two people rough. */
    private static final double SIMILARITY = 0.3;

    /** A moved patient's field is rougher than what lies between two people, and its truth is told. */
    private static final double KNOWN_SMOOTHNESS = 0.05;

    /** Mean length of a normally distributed vector over the standard deviation of a component, squared: 8 / π. */
    private static final double LENGTH_SQUARE = 2.546;

    static final String HELPERS = """
            def one_hot(labels: Tensor, channels: int) -> Tensor:
              all = torch.view(torch.arange(channels, dtype=1, layout=None, device=None, pin_memory=False), [1, -1, 1, 1, 1])
              return torch.to(torch.eq(torch.to(labels, 1, False, False, None), all), 6, False, False, None)
            def pooled(x: Tensor) -> Tensor:
              return torch.avg_pool3d(x, [2, 2, 2], [2, 2, 2], [0, 0, 0], False, True, None)
            def spread_out(x: Tensor) -> Tensor:
              return torch.avg_pool3d(x, [3, 3, 3], [1, 1, 1], [1, 1, 1], False, False, None)
            def mean_over(x: Tensor, weight: Tensor) -> Tensor:
              return torch.div(torch.sum(torch.mul(x, weight)), torch.clamp_min(torch.sum(weight), 1.))
            def surprise(ratio: Tensor) -> Tensor:
              beyond = torch.clamp_min(ratio, 4.)
              return torch.add(torch.clamp_max(ratio, 4.), torch.mul(torch.log(torch.mul(beyond, 0.25)), 4.))
            def length(e: Tensor) -> Tensor:
              return torch.sqrt(torch.add(torch.sum(torch.mul(e, e), [1], True, dtype=None), 0.0001))
            def toward(x: Tensor, y: Tensor, variance: Tensor, low: float, high: float) -> Tensor:
              share = torch.clamp(torch.mul(torch.sub(variance, low), 1. / (high - low)), 0., 1.)
              return torch.add(x, torch.mul(torch.sub(y, x), share))
            def blurred(p: Tensor, variance: Tensor) -> Tensor:
              q1 = __torch__.spread_out(p)
              q3 = __torch__.spread_out(__torch__.spread_out(q1))
              q6 = __torch__.spread_out(__torch__.spread_out(__torch__.spread_out(q3)))
              q12 = __torch__.spread_out(__torch__.spread_out(__torch__.spread_out(__torch__.spread_out(__torch__.spread_out(__torch__.spread_out(q6))))))
              x = __torch__.toward(p, q1, variance, 0., 0.667)
              y = __torch__.toward(x, q3, variance, 0.667, 2.)
              z = __torch__.toward(y, q6, variance, 2., 4.)
              return __torch__.toward(z, q12, variance, 4., 8.)
            def cross_entropy(p: Tensor, s: Tensor, weight: Tensor) -> Tensor:
              surprise = torch.neg(torch.sum(torch.mul(s, torch.log(torch.add(p, 0.0001))), [1], True, dtype=None))
              return __torch__.mean_over(surprise, weight)
            """;

    private final NetworkDesign design;
    private final NetworkScript network;
    private final ScriptFunction loss;

    TwinLoss(TrainingSettings settings) {
        design = settings.network();
        network = new NetworkScript(design, settings.precision(), 0);
        Objective o = settings.objective();
        loss = ScriptFunction.compile(
                "images: Tensor, labels: Tensor, masks: Tensor, truth: Tensor, known: Tensor, weights: Tensor) -> Tensor",
                inputs() + field() + outlines() + error() + total(o), network.text(), Warp.script(), Nlcc.script(),
                SoftDice.script(), Smoothness.script(), HELPERS);
    }

    /**
     * @param pairs images [4,1,D,H,W] in the order fixed 0, fixed 1, moving 0, moving 1; labels and masks likewise, uint8; φ*
     *              [1,3,D,H,W], voxels; known [1,1,D,H,W], uint8
     * @return the terms in the order of {@link Term}
     */
    NDArray of(NDList pairs, TrainingState state) {
        return loss.call(pairs.get(0), pairs.get(1), pairs.get(2), pairs.get(3), pairs.get(4), state.weights())
                .singletonOrThrow();
    }

    private String result(Output output) {
        return "r[" + network.placeInLook(output) + "]";
    }

    private String inputs() {
        return """
                    zero = torch.zeros([], dtype=6, layout=None, device=ops.prim.device(images), pin_memory=None)
                    image = torch.chunk(images, 2, 0)
                    fixed = image[0]
                    moving = image[1]
                    seen = torch.to(masks, 6, False, False, None)
                    side = torch.chunk(seen, 2, 0)
                    all_labels = __torch__.one_hot(labels, %1$d)
                    label = torch.chunk(all_labels, 2, 0)
                    defined = torch.to(known, 6, False, False, None)
                    fixed_seen = torch.cat([defined, torch.narrow(side[0], 0, 1, 1)], 0)
                    r = __torch__.look(weights, fixed, moving)
                    u = __torch__.pooled(%2$s)
                    inside = torch.to(torch.gt(__torch__.pooled(fixed_seen), 0.99), 6, False, False, None)
                    before = __torch__.pooled(torch.cat([moving, label[1], side[1]], 1))
                    pulled = __torch__.warp(before, torch.mul(u, 0.5))
                    carried = torch.narrow(pulled, 1, 1, %1$d)
                    covered = torch.to(torch.gt(torch.detach(torch.narrow(pulled, 1, %3$d, 1)), 0.5), 6, False, False, None)
                    counted = torch.mul(inside, covered)
                    there = __torch__.pooled(label[0])
                    structure = torch.rsub(torch.narrow(there, 1, 0, 1), 1., 1)
                    near = torch.to(torch.gt(torch.max_pool3d(structure, [5, 5, 5], [1, 1, 1], [2, 2, 2], [1, 1, 1], False), 0.1), 6, False, False, None)
                """
                .formatted(design.channels(), result(Output.DISPLACEMENT), 1 + design.channels());
    }

    private String field() {
        return """
                    off = __torch__.length(torch.sub(torch.narrow(u, 0, 0, 1), __torch__.pooled(truth)))
                    weight = torch.mul(torch.narrow(inside, 0, 0, 1), torch.add(torch.mul(torch.narrow(near, 0, 0, 1), 3.), 1.))
                    flow_error = __torch__.mean_over(off, weight)
                    segmentation = torch.rsub(__torch__.soft_dice(carried, there, counted), 1., 1)
                    similarity = torch.neg(__torch__.nlcc(__torch__.pooled(torch.narrow(fixed, 0, 1, 1)), torch.narrow(torch.narrow(pulled, 1, 0, 1), 0, 1, 1), torch.narrow(counted, 0, 1, 1), %1$d))
                    rough = __torch__.smoothness(torch.narrow(u, 0, 0, 1), torch.narrow(inside, 0, 0, 1))
                    calm = __torch__.smoothness(torch.narrow(u, 0, 1, 1), torch.narrow(inside, 0, 1, 1))
                    smoothness = torch.mul(torch.add(torch.mul(rough, %2$s), calm), 0.25)
                """
                .formatted(Nlcc.WINDOW, KNOWN_SMOOTHNESS);
    }

    private String outlines() {
        return """
                    outline = torch.cat([%s, %s], 0)
                    everywhere = torch.ones_like(seen, dtype=6)
                    outline = torch.add(torch.rsub(__torch__.soft_dice(outline, all_labels, everywhere), 1., 1), __torch__.cross_entropy(outline, all_labels, everywhere))
                """
                .formatted(result(Output.OUTLINE), result(Output.MOVING_OUTLINE));
    }

    private String error() {
        return """
                    b = __torch__.pooled(%1$s)
                    doubt = torch.narrow(b, 0, 0, 1)
                    told = __torch__.mean_over(torch.add(__torch__.surprise(torch.div(torch.detach(off), doubt)), torch.log(doubt)), weight)
                    variance = torch.mul(torch.mul(b, b), %2$s)
                    soft = __torch__.blurred(torch.detach(carried), variance)
                    guessed = __torch__.cross_entropy(soft, there, torch.mul(near, inside))
                    uncertainty = torch.add(told, guessed)
                """
                .formatted(result(Output.EXPECTED_ERROR), 1 / LENGTH_SQUARE / 4);
    }

    private static String total(Objective o) {
        return """
                    labelled = torch.mul(segmentation, %s)
                    doubted = torch.mul(uncertainty, %s)
                    shape = torch.add(torch.mul(smoothness, %s), torch.mul(flow_error, %s))
                    total = torch.add(torch.add(torch.add(torch.mul(similarity, %s), labelled), torch.add(doubted, shape)), outline)
                    return torch.stack([total, similarity, segmentation, zero, smoothness, uncertainty, zero, zero, zero, zero, flow_error, outline], 0)
                """
                .formatted(o.segmentation(), o.uncertainty(), o.smoothness(), FLOW, SIMILARITY);
    }

    @Override
    public void close() {
        loss.close();
    }
}
