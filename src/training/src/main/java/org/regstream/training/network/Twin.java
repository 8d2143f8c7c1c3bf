package org.regstream.training.network;

import java.util.Map;
import org.regstream.training.network.NetworkDesign.Output;

/**
 * A network that sees both images alike and no labels: one encoder for both, so that what it knows of the anatomy, the
 * outlines, is known of either image, and a flow that is found coarse to fine (decision 0021).
 *
 * <pre>
 * x  = fixed and moving image, stacked                       through the same layers
 * e1, e2, e3                                                 at 1/2, 1/4, 1/8
 * t3 = blocks(e3), t2 = block([up(t3), e2]), t1 = block([up(t2), e1])
 * m(f, g) = [correlation(f, g), f, g]
 * v3 = estimate(m(t3 of fixed, t3 of moving))                velocities, in voxels of their level
 * v2 = 2 up(v3) + estimate([m(t2 of fixed, t2 of moving pulled along exp(2 up(v3))), 2 up(v3)])
 * v1 likewise, without the correlation;  u = exp(v1)
 * b  = softplus(up(the fourth channel of estimate at 1/2))   expected length of u's error
 * outline = softmax(convolution(t1))                         of either image, eight parts of each voxel at once
 * </pre>
 *
 * The field that features are pulled along passes no gradient on: velocities learn by what is added to them.
 */
final class Twin {

    /** Each side of the window must be a multiple of this: three strides of 2. */
    static final int MULTIPLE = 8;

    /** The flow is estimated at half resolution at last. */
    static final int FLOW_DIVISOR = 2;

    private static final int[] ENCODER = {16, 32, 48};
    private static final int CONTEXT = 64;
    private static final int NARROW = 16;
    private static final int FEATURES = 24;

    /** Of a field that only lays features over one another; the last one has all of METHODS' steps. */
    private static final int COARSE_SQUARINGS = 4;

    /** Nothing is known better than to this part of a voxel. */
    private static final double SMALLEST_ERROR = 0.05;

    private Twin() {}

    static void build(Operations o, int channels, Map<Output, String> outputs) {
        String images = o.enter(o.stack(o.input("fixed", 1, 1), o.input("moving", 1, 1)));
        String e1 = o.block("encoder1", images, ENCODER[0], 2);
        String e2 = o.block("encoder2", e1, ENCODER[1], 2);
        String e3 = o.block("encoder3", e2, ENCODER[2], 2);
        String t3 = o.block("context3", o.block("context2", o.block("context1", e3, CONTEXT, 1), CONTEXT, 1),
                ENCODER[2], 1);
        String t2 = o.block("decoder2", o.concat(o.up(t3), e2), ENCODER[1], 1);
        String few = o.leaky(o.convolution("narrow", t2, NARROW, 1, 1, Start.USUAL));
        String t1 = o.block("decoder1", o.concat(o.up(few), e1), FEATURES, 1);

        Level eighth = level(o, "eighth", matched(o, o.first(t3), o.second(t3)), null, CONTEXT, ENCODER[2]);
        String overQuarter = pulled(o, t2, eighth);
        Level quarter = finer(o, "quarter", matched(o, o.first(t2), overQuarter), eighth, ENCODER[2], ENCODER[1]);
        String overHalf = o.concat(o.first(t1), pulled(o, t1, quarter));
        Level half = finer(o, "half", overHalf, quarter, 32, FEATURES);
        outputs.put(Output.FLOW, half.velocity());
        outputs.put(Output.DISPLACEMENT, displacement(o, half.velocity()));
        outputs.put(Output.EXPECTED_ERROR, expectedError(o, half.doubt()));
        String outlines = outlines(o, t1, channels);
        outputs.put(Output.OUTLINE, o.first(outlines));
        outputs.put(Output.MOVING_OUTLINE, o.second(outlines));
    }

    /** Pull displacement of a velocity at the flow's resolution: voxels of the window. */
    static String displacement(Operations o, String velocity) {
        return o.times(o.upLinear(NetworkDesign.exponential(o, velocity, NetworkDesign.SQUARINGS)), FLOW_DIVISOR);
    }

    /** @param velocity in voxels of its level
     *  @param doubt    what its expected error is made of */
    private record Level(String velocity, String doubt) {}

    /** The moving image's features along what is known of the field. */
    private static String pulled(Operations o, String features, Level coarser) {
        String u = o.detached(NetworkDesign.exponential(o, up(o, coarser), COARSE_SQUARINGS));
        return o.enter(o.pull(o.real(o.second(features)), u));
    }

    private static String up(Operations o, Level coarser) {
        return o.times(o.upLinear(coarser.velocity()), 2);
    }

    private static Level finer(Operations o, String name, String seen, Level coarser, int wide, int narrow) {
        String up = up(o, coarser);
        return level(o, name, o.concat(seen, o.enter(up)), up, wide, narrow);
    }

    /** What of the moving image fits where, and what is there. */
    private static String matched(Operations o, String fixed, String moving) {
        return o.concat(o.correlation(fixed, moving), fixed, moving);
    }

    private static Level level(Operations o, String name, String seen, String start, int wide, int narrow) {
        String features = o.real(o.block(name + "2", o.block(name + "1", seen, wide, 1), narrow, 1));
        String found = o.convolution(name + "_flow", features, 4, 3, 1, Start.NOTHING);
        String flow = o.channels(found, 0, 3);
        return new Level(start == null ? flow : o.add(start, flow), o.channels(found, 3, 4));
    }

    /** @param b of a layer, at the flow's resolution */
    private static String expectedError(Operations o, String b) {
        return o.plus(o.softplus(o.upLinear(b)), SMALLEST_ERROR);
    }

    private static String outlines(Operations o, String features, int channels) {
        String parts = o.convolution("outline", features, 8 * channels, 1, 1, Start.USUAL);
        return o.softmax(o.real(o.parts(parts)));
    }
}
