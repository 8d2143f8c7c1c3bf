package org.regstream.training.network;

import java.util.Map;
import org.regstream.training.network.NetworkDesign.Output;

/**
 * A network that sees both images alike and no labels: one encoder for both, so that what it knows of the anatomy, the
 * outlines, is known of either image, and a flow that is found coarse to fine by Gauss-Newton steps on the features of that
 * encoder (decisions 0021, 0022).
 *
 * <pre>
 * x  = fixed and moving image, stacked                       through the same layers
 * e1, e2, e3                                                 at 1/2, 1/4, 1/8
 * t3 = blocks(e3), t2 = blocks([up(t3), e2]), t1 = blocks([up(t2), e1])
 * at 1/8, 1/4, 1/2 and for each of two iterations there, from v = 0 or 2 up(v):
 *   f = convolution(t of fixed),  m = convolution(t of moving) pulled along exp(v)
 *   s = block([f, m])
 *   d = Gauss-Newton step from m to f, damped by softplus(convolution(s))
 *   v = v + mean of 3 x 3 x 3 (d) + layers without bias of [d, v], gated by s
 * u  = exp(v)
 * b  = softplus(up(blocks([f, m, (f - m)²])))                expected length of u's error
 * outline = softmax(convolution(t1))                         of either image, eight parts of each voxel at once
 * </pre>
 *
 * What adds to v is 0 where d and v are: <b>between an image and itself the displacement is 0</b> but for rounding, whatever the
 * weights are. The field that features are pulled along passes no gradient on: velocities learn by what is added to them.
 */
final class Twin {

    /** Each side of the window must be a multiple of this: three strides of 2. */
    static final int MULTIPLE = 8;

    /** The flow is estimated at half resolution at last. */
    private static final int FLOW_DIVISOR = 2;

    private static final int[] ENCODER = {24, 48, 64};
    private static final int CONTEXT = 80;
    private static final int NARROW = 16;
    private static final int FEATURES = 32;
    private static final int MATCHED = 12;
    private static final int HIDDEN = 16;
    private static final int ITERATIONS = 2;

    /** Of a field that only lays features over one another; the last one has all of METHODS' steps. */
    private static final int COARSE_SQUARINGS = 4;

    private static final double SMALLEST_DAMPING = 0.01;

    /** Nothing is known better than to this part of a voxel. */
    private static final double SMALLEST_ERROR = 0.05;

    private Twin() {}

    static void build(Operations o, int channels, Map<Output, String> outputs) {
        String images = o.enter(o.stack(o.input("fixed", 1, 1), o.input("moving", 1, 1)));
        String e1 = o.block("encoder1", images, ENCODER[0], 2);
        String e2 = o.block("encoder2", e1, ENCODER[1], 2);
        String e3 = o.block("encoder3", e2, ENCODER[2], 2);
        String t3 = o.block("context2", o.block("context1", e3, CONTEXT, 1), ENCODER[2], 1);
        String t2 = o.block("decoder2b", o.block("decoder2a", o.concat(o.up(t3), e2), ENCODER[1], 1), ENCODER[1], 1);
        String few = o.leaky(o.convolution("narrow", t2, NARROW, 1, 1, Start.USUAL));
        String t1 = o.block("decoder1b", o.block("decoder1a", o.concat(o.up(few), e1), FEATURES, 1), FEATURES, 1);

        Level eighth = new Level(o, "eighth", t3, 32);
        Level quarter = new Level(o, "quarter", t2, 32);
        Level half = new Level(o, "half", t1, 24);
        String velocity = half.found(finer(o, quarter.found(finer(o, eighth.found(null)))));
        outputs.put(Output.FLOW, velocity);
        outputs.put(Output.DISPLACEMENT, displacement(o, velocity));
        outputs.put(Output.EXPECTED_ERROR, expectedError(o, half.left(velocity)));
        String outlines = outlines(o, t1, channels);
        outputs.put(Output.OUTLINE, o.first(outlines));
        outputs.put(Output.MOVING_OUTLINE, o.second(outlines));
    }

    /** Pull displacement of a velocity at the flow's resolution: voxels of the window. */
    private static String displacement(Operations o, String velocity) {
        return o.times(o.upLinear(NetworkDesign.exponential(o, velocity, NetworkDesign.SQUARINGS)), FLOW_DIVISOR);
    }

    private static String finer(Operations o, String velocity) {
        return o.times(o.upLinear(velocity), 2);
    }

    /** The search at one resolution. Velocities in its voxels. */
    private static final class Level {
        private final Operations o;
        private final String name;
        private final String fixed;
        private final String moving;
        private final int wide;

        /** @param context features of both images, stacked */
        Level(Operations o, String name, String context, int wide) {
            this.o = o;
            this.name = name;
            this.wide = wide;
            String matched = o.real(o.convolution(name + "_matched", context, MATCHED, 1, 1, Start.USUAL));
            fixed = o.first(matched);
            moving = o.second(matched);
        }

        /** @param start velocity; null for none */
        String found(String start) {
            String v = start;
            for (int n = 1; n <= ITERATIONS; n++) {
                v = nearer(name + n, v);
            }
            return v;
        }

        private String nearer(String step, String v) {
            String pulled = v == null ? moving : pulled(v);
            String seen = o.block(step + "_seen", o.enter(o.concat(fixed, pulled)), wide, 1);
            String damping = o.softplus(o.real(o.convolution(step + "_damping", seen, 1, 1, 1, Start.USUAL)));
            String d = o.step(fixed, pulled, o.plus(damping, SMALLEST_DAMPING));
            String known = o.enter(v == null ? d : o.concat(d, v));
            String gate = o.sigmoid(o.convolution(step + "_gate", seen, HIDDEN, 1, 1, Start.USUAL));
            String first = o.convolution(step + "_change1", known, HIDDEN, 3, 1, Start.PROPORTIONAL);
            String second = o.convolution(step + "_change2", o.leaky(o.multiply(first, gate)), HIDDEN, 3, 1,
                    Start.PROPORTIONAL);
            String change = o.real(o.convolution(step + "_change3", o.leaky(second), 3, 3, 1,
                    Start.PROPORTIONAL_NOTHING));
            String added = o.add(o.spread(d), change);
            return v == null ? added : o.add(v, added);
        }

        private String pulled(String v) {
            return o.pull(moving, o.detached(NetworkDesign.exponential(o, v, COARSE_SQUARINGS)));
        }

        /** What is left between both images tells how far off the velocity is. @return 1 channel */
        String left(String v) {
            String pulled = pulled(v);
            String off = o.add(fixed, o.times(pulled, -1));
            String seen = o.enter(o.concat(fixed, pulled, o.multiply(off, off)));
            String left = o.block(name + "_left2", o.block(name + "_left1", seen, wide, 1), HIDDEN, 1);
            return o.real(o.convolution(name + "_error", left, 1, 1, 1, Start.USUAL));
        }
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
