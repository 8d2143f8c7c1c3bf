package org.regstream.training.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What networks are made of. A network is written once, as calls of these operations on named values, and rendered as
 * TorchScript for training and as ONNX for the service; both agree because they come from the same calls. This class knows
 * how many channels each value has and at which resolution it lies, and keeps the layers in the order of their use: that
 * is the order of the weights.
 */
public abstract class Operations {

    /** Slope of LeakyReLU below 0. */
    public static final double LEAK = 0.2;

    /**
     * @param channels of each item
     * @param divisor  1 at full resolution, 2 at half; 0 for a single value without place
     * @param items    1, or 2 where two values of a pair are stacked
     */
    public record Extent(int channels, int divisor, int items) {}

    private final Map<String, Extent> extents = new HashMap<>();
    private final List<Layer> layers = new ArrayList<>();

    /** In the order of their use. */
    public final List<Layer> layers() {
        return List.copyOf(layers);
    }

    public final Extent extent(String value) {
        return extents.get(value);
    }

    /** Declares an input. @return its name */
    public final String input(String name, int channels, int divisor) {
        extents.put(name, new Extent(channels, divisor, 1));
        return name;
    }

    public final String convolution(String name, String x, int outputs, int stride) {
        return convolution(name, x, outputs, 3, stride, Start.USUAL);
    }

    public final String convolution(String name, String x, int outputs, int side, int stride, Start start) {
        Extent from = extent(x);
        Layer layer = new Layer(name, from.channels(), outputs, side, stride, start);
        layers.add(layer);
        return keep(emitConvolution(layer, x), outputs, from.divisor() * stride, from.items());
    }

    /** Convolution of side 3 and LeakyReLU. */
    public final String block(String name, String x, int outputs, int stride) {
        return leaky(convolution(name, x, outputs, stride));
    }

    public final String leaky(String x) {
        return same(emitLeaky(x), x);
    }

    /** Twice the size, nearest neighbour. */
    public final String up(String x) {
        return keep(emitUp(x), extent(x).channels(), extent(x).divisor() / 2, extent(x).items());
    }

    /** Twice the size, trilinear; a voxel's middle stays where it is (half-pixel rule), the border's value goes on. */
    public final String upLinear(String x) {
        return keep(emitUpLinear(x), extent(x).channels(), extent(x).divisor() / 2, extent(x).items());
    }

    /**
     * Twice the size, each voxel's eight parts told by channels: channel {@code 8 c + 4 dk + 2 dj + di} becomes channel c at
     * {@code (2k + dk, 2j + dj, 2i + di)}.
     */
    public final String parts(String x) {
        return keep(emitParts(x), extent(x).channels() / 8, extent(x).divisor() / 2, extent(x).items());
    }

    /**
     * One damped Gauss-Newton step of matching b to a in the neighbourhood of each voxel (Lucas and Kanade 1981, on features
     * instead of intensities, with the gradient of both):
     *
     * <pre>
     * g = grad (a + b) / 2,  A = mean over 3 x 3 x 3 of Σ over channels g g^T,  h = that of Σ g (a - b)
     * d = (A + damping I)^-1 h,  step = d / sqrt(1 + |d|² / 4)
     * </pre>
     *
     * Exactly 0 where a = b.
     *
     * @param damping positive, 1 channel
     * @return 3 channels (k, j, i), voxels of this resolution, shorter than 2
     */
    public final String step(String a, String b, String damping) {
        return keep(emitStep(a, b, damping), 3, extent(a).divisor(), extent(a).items());
    }

    /** Mean of 3 x 3 x 3 voxels, of those that exist. */
    public final String spread(String x) {
        return same(emitSpread(x), x);
    }

    public final String concat(String... parts) {
        int channels = 0;
        for (String part : parts) {
            channels += extent(part).channels();
        }
        return keep(emitConcat(List.of(parts)), channels, extent(parts[0]).divisor(), extent(parts[0]).items());
    }

    /** Two values of one extent behind one another, so that both pass through the same layers. */
    public final String stack(String first, String second) {
        Extent e = extent(first);
        return keep(emitStack(first, second), e.channels(), e.divisor(), 2);
    }

    /** What {@link #stack} took first. */
    public final String first(String stacked) {
        return item(stacked, 0);
    }

    /** What {@link #stack} took second. */
    public final String second(String stacked) {
        return item(stacked, 1);
    }

    private String item(String stacked, int which) {
        Extent e = extent(stacked);
        return keep(emitItem(stacked, which), e.channels(), e.divisor(), 1);
    }

    /** The same value; in training no gradient flows back through it. */
    public final String detached(String x) {
        return same(emitDetached(x), x);
    }

    /** Channels from (inclusive) to (exclusive). */
    public final String channels(String x, int from, int to) {
        return keep(emitChannels(x, from, to), to - from, extent(x).divisor(), extent(x).items());
    }

    public final String add(String a, String b) {
        return same(emitAdd(a, b), a);
    }

    /** Element by element. */
    public final String multiply(String a, String b) {
        return same(emitMultiply(a, b), a);
    }

    public final String sigmoid(String x) {
        return same(emitSigmoid(x), x);
    }

    public final String times(String x, double factor) {
        return same(emitTimes(x, factor), x);
    }

    public final String plus(String x, double summand) {
        return same(emitPlus(x, summand), x);
    }

    public final String softplus(String x) {
        return same(emitSoftplus(x), x);
    }

    public final String logarithm(String x) {
        return same(emitLogarithm(x), x);
    }

    /** Over the channels. */
    public final String softmax(String x) {
        return same(emitSoftmax(x), x);
    }

    /** {@code image(x + u(x))}, see {@link Warp}. */
    public final String pull(String image, String u) {
        return same(emitPull(image, u), image);
    }

    /**
     * Instance normalisation, then a scale and a shift a channel.
     *
     * @param affine [1, 2 channels of x, 1, 1, 1]: scales less 1, then shifts
     */
    public final String normalise(String x, String affine) {
        return same(emitNormalise(x, affine), x);
    }

    /** Into the type and layout that convolutions compute in. */
    public final String enter(String x) {
        return same(emitEnter(x), x);
    }

    /** Back to float32. */
    public final String real(String x) {
        return same(emitReal(x), x);
    }

    /** Training may set elements to 0 with this probability and scale up the others; an exported network never does. */
    public final String dropout(String x, double probability) {
        return same(emitDropout(x, probability), x);
    }

    /** Training may go on with several copies of one value, to pass them through dropout together. */
    public final String copies(String x) {
        return same(emitCopies(x), x);
    }

    /** Training draws from the normal distribution of this mean and log-variance; an exported network takes the mean. */
    public final String sample(String mean, String logVariance) {
        return same(emitSample(mean, logVariance), mean);
    }

    private String keep(String result, int channels, int divisor, int items) {
        extents.put(result, new Extent(channels, divisor, items));
        return result;
    }

    private String same(String result, String as) {
        extents.put(result, extent(as));
        return result;
    }

    protected abstract String emitConvolution(Layer layer, String x);

    protected abstract String emitLeaky(String x);

    protected abstract String emitUp(String x);

    protected abstract String emitUpLinear(String x);

    protected abstract String emitParts(String x);

    protected abstract String emitStep(String a, String b, String damping);

    protected abstract String emitSpread(String x);

    protected abstract String emitConcat(List<String> parts);

    protected abstract String emitChannels(String x, int from, int to);

    protected abstract String emitStack(String first, String second);

    protected abstract String emitItem(String stacked, int which);

    protected abstract String emitDetached(String x);

    protected abstract String emitAdd(String a, String b);

    protected abstract String emitMultiply(String a, String b);

    protected abstract String emitSigmoid(String x);

    protected abstract String emitTimes(String x, double factor);

    protected abstract String emitPlus(String x, double summand);

    protected abstract String emitSoftplus(String x);

    protected abstract String emitLogarithm(String x);

    protected abstract String emitSoftmax(String x);

    protected abstract String emitPull(String image, String u);

    protected abstract String emitNormalise(String x, String affine);

    protected abstract String emitEnter(String x);

    protected abstract String emitReal(String x);

    protected abstract String emitDropout(String x, double probability);

    protected abstract String emitCopies(String x);

    protected abstract String emitSample(String mean, String logVariance);
}
