package org.regstream.training.network;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A registration network: everything from a pair of images and the moving labels to the displacement, the warped image and
 * the labels (METHODS, Networks).
 *
 * <pre>
 * x  = [fixed, moving]                      2 channels at full resolution
 * e1 = block(x, stride 2) ... e4            at 1/2, 1/4, 1/8, 1/16
 * d  = block(e4), block([up(d), e3]), ...   at 1/16 to 1/2
 * f  = features of the preset
 * u  = convolution(f), or exp(convolution(f)), up-sampled where f lies at half resolution
 * </pre>
 *
 * With {@link Heads#TWIN} it is another network, which shares only the window and the exponential: {@link Twin}.
 *
 * <p>A block is a convolution of side 3 and LeakyReLU 0.2. The exponential of a velocity v is scaling and squaring: v / 2^7, then
 * seven times {@code u = u + u(x + u)}.
 *
 * @param preset       size
 * @param flow         what the last convolution means
 * @param heads        what else is said
 * @param dropout      where elements are dropped: of e4, or of f
 * @param conditioning whether λ is an input
 * @param channels     label channels C, background included
 */
public record NetworkDesign(Preset preset, Flow flow, Heads heads, Dropout dropout, Conditioning conditioning,
        int channels) {

    /** METHODS: scaling and squaring. */
    static final int SQUARINGS = 7;

    /** Four strides of 2. */
    private static final int MULTIPLE = 16;

    private static final int REFINER_CHANNELS = 16;
    private static final int MAPPING_CHANNELS = 32;

    /** Keeps the logarithm of a label's probability finite (METHODS, refiner R). */
    private static final double SMALLEST_PROBABILITY = 1e-4;

    /** The predictive uncertainty is at least this (METHODS, predictive head). */
    private static final double SMALLEST_UNCERTAINTY = 1e-3;

    /** The plain network of a preset. */
    public static NetworkDesign plain(Preset preset, int channels) {
        return new NetworkDesign(preset, Flow.DISPLACEMENT, Heads.NONE, Dropout.NONE, Conditioning.NONE, channels);
    }

    public NetworkDesign with(Flow other) {
        return new NetworkDesign(preset, other, heads, dropout, conditioning, channels);
    }

    public NetworkDesign with(Heads other) {
        return new NetworkDesign(preset, flow, other, dropout, conditioning, channels);
    }

    public NetworkDesign with(Dropout other) {
        return new NetworkDesign(preset, flow, heads, other, conditioning, channels);
    }

    public NetworkDesign with(Conditioning other) {
        return new NetworkDesign(preset, flow, heads, dropout, other, channels);
    }

    /** What a network returns; [1, channels, D, H, W] each. */
    public enum Output {
        /** Displacement, or velocity, at the preset's resolution and in its voxels, components (k, j, i). */
        FLOW,
        /** Log-variance of the velocity; {@link Flow#PROBABILISTIC_VELOCITY} only. */
        LOG_VARIANCE,
        /** Pull displacement, voxels of the window, components (k, j, i). */
        DISPLACEMENT,
        /** Moving image, warped. */
        WARPED,
        /** Moving labels, warped linearly: S'∘φ. */
        WARPED_LABELS,
        /** What the network says the labels are: Ŝ, or the outline; where it says nothing, the warped ones. */
        LABELS,
        /** Uncertainty u, one channel a label; {@link Heads#PREDICTIVE_AND_REFINER} only. */
        PREDICTIVE,
        /** Expected length of the displacement's error, voxels of the window, 1 channel; {@link Heads#TWIN} only. */
        EXPECTED_ERROR,
        /** Label probabilities of the fixed image, seen without labels; {@link Heads#TWIN} only. */
        OUTLINE,
        /** The same of the moving image. */
        MOVING_OUTLINE,
        /** What was warped beside the labels; in training only. */
        PASSENGERS
    }

    /** Each side of the window must be a multiple of this. */
    public int multiple() {
        return heads == Heads.TWIN ? Twin.MULTIPLE : MULTIPLE;
    }

    /** Which outputs this network has, in their order. */
    public List<Output> outputs() {
        return List.copyOf(build(new ScriptOperations(Precision.FLOAT32)).keySet());
    }

    /** In the order of the weights. */
    public List<Layer> layers() {
        Operations list = new ScriptOperations(Precision.FLOAT32);
        build(list);
        return list.layers();
    }

    /** Number of weights: each layer's kernel [outputs, inputs, side, side, side] followed by its bias. */
    public int size() {
        return layers().stream().mapToInt(Layer::size).sum();
    }

    /** @return new vector of {@link #size()} weights */
    public float[] initialWeights(Random random) {
        float[] weights = new float[size()];
        int at = 0;
        for (Layer layer : layers()) {
            double scale = layer.start().scale(layer);
            for (int x = 0; x < layer.kernelSize(); x++) {
                weights[at++] = (float) (scale * random.nextGaussian());
            }
            for (int x = 0; x < layer.biases(); x++) {
                weights[at++] = layer.start().bias();
            }
        }
        return weights;
    }

    /**
     * Writes the network as operations on the inputs {@code fixed}, {@code moving}, {@code moving_labels} and, if it is
     * conditioned, {@code smoothness} (λ) [1,1,1,1,1].
     *
     * @return name of each output, in the order of {@link Output}
     */
    public Map<Output, String> build(Operations o) {
        return build(o, 0);
    }

    /** @param passengers channels of {@code moving_labels} after the labels, which are warped as well */
    Map<Output, String> build(Operations o, int passengers) {
        Map<Output, String> outputs = new EnumMap<>(Output.class);
        Features features = null;
        if (heads == Heads.TWIN) {
            Twin.build(o, channels, outputs);
        } else {
            features = features(o, outputs);
            outputs.put(Output.DISPLACEMENT, displacement(o, field(o, outputs)));
        }
        pull(o, outputs, passengers);
        if (heads == Heads.PREDICTIVE_AND_REFINER) {
            outputs.put(Output.PREDICTIVE, predictive(o, features.flow()));
            outputs.put(Output.LABELS, refined(o, features, outputs.get(Output.WARPED_LABELS)));
        }
        return outputs;
    }

    /** Writes what the images alone lead to: displacement, its expected error and outlines, in the order of {@link Output}.
     *  {@link Heads#TWIN} only. */
    public Map<Output, String> buildLook(Operations o) {
        Map<Output, String> outputs = new EnumMap<>(Output.class);
        Twin.build(o, channels, outputs);
        outputs.remove(Output.FLOW);
        return outputs;
    }

    /** The moving image and its labels along the displacement. */
    private void pull(Operations o, Map<Output, String> outputs, int passengers) {
        String labels = o.input("moving_labels", channels + passengers, 1);
        String u = outputs.get(Output.DISPLACEMENT);
        String both = o.concat("moving", labels);
        String warped = o.pull(heads == Heads.TWIN ? both : o.copies(both), u);
        outputs.put(Output.WARPED, o.channels(warped, 0, 1));
        String warpedLabels = o.channels(warped, 1, 1 + channels);
        outputs.put(Output.WARPED_LABELS, warpedLabels);
        outputs.put(Output.LABELS, heads == Heads.TWIN ? outputs.get(Output.OUTLINE) : warpedLabels);
        if (passengers > 0) {
            outputs.put(Output.PASSENGERS, o.channels(warped, 1 + channels, 1 + channels + passengers));
        }
    }

    /** Writes only what leads to the flow; its layers are the first ones of the whole network. Not {@link Heads#TWIN}.
     *  @return name of the flow */
    String buildFlow(Operations o) {
        Map<Output, String> outputs = new EnumMap<>(Output.class);
        features(o, outputs);
        return outputs.get(Output.FLOW);
    }

    /** What the displacement is made of: the flow, or drawn from it. */
    private String field(Operations o, Map<Output, String> outputs) {
        return flow == Flow.PROBABILISTIC_VELOCITY
                ? o.sample(outputs.get(Output.FLOW), outputs.get(Output.LOG_VARIANCE))
                : outputs.get(Output.FLOW);
    }

    /** Writes the displacement that a flow means: exp(v) where it is a velocity, at the window's resolution.
     *  Not {@link Heads#TWIN}. */
    String displacement(Operations o, String field) {
        String u = preset.toFull(o, flow == Flow.DISPLACEMENT ? field : exponential(o, field, SQUARINGS));
        return preset.flowDivisor() == 1 ? u : o.times(u, preset.flowDivisor());
    }

    /** @param pair both images as the network takes them
     *  @param flow what the flow was made of */
    private record Features(String pair, String flow) {}

    /** The network up to its flow. */
    private Features features(Operations o, Map<Output, String> outputs) {
        String pair = o.enter(o.concat(o.input("fixed", 1, 1), o.input("moving", 1, 1)));
        String features = dropout.afterDecoder(o, o.copies(preset.flowFeatures(o, decoder(o, pair), pair)));
        String exact = o.real(features);
        outputs.put(Output.FLOW, o.convolution("flow", exact, 3, 3, 1, Start.NOTHING));
        if (flow == Flow.PROBABILISTIC_VELOCITY) {
            outputs.put(Output.LOG_VARIANCE, o.convolution("log_variance", exact, 3, 3, 1, Start.NARROW));
        }
        return new Features(pair, features);
    }

    private String decoder(Operations o, String pair) {
        String e1 = o.block("encoder1", pair, preset.encoder(0), 2);
        String e2 = o.block("encoder2", e1, preset.encoder(1), 2);
        String e3 = o.block("encoder3", e2, preset.encoder(2), 2);
        String e4 = o.block("encoder4", e3, preset.encoder(3), 2);
        String latent = conditioning == Conditioning.NONE ? null : latent(o);
        String top = dropout.afterEncoder(o, e4);
        String d = normalised(o, 0, o.convolution(decoder(0), top, preset.decoder(0), 1), latent);
        d = normalised(o, 1, joined(o, 1, d, e3), latent);
        d = normalised(o, 2, joined(o, 2, d, e2), latent);
        return normalised(o, 3, joined(o, 3, d, e1), latent);
    }

    /** Name of a level's layer. */
    private static String decoder(int level) {
        return "decoder" + (level + 1);
    }

    private String joined(Operations o, int level, String deeper, String skip) {
        return o.convolution(decoder(level), o.concat(o.up(deeper), skip), preset.decoder(level), 1);
    }

    /** What follows each convolution of the decoder. */
    private String normalised(Operations o, int level, String x, String latent) {
        String y = x;
        if (latent != null) {
            String affine = o.convolution(decoder(level) + "_affine", latent, 2 * preset.decoder(level), 1, 1,
                    Start.NOTHING);
            y = o.normalise(x, affine);
        }
        return o.leaky(y);
    }

    /** The mapping network: λ to what drives the normalisations. */
    private static String latent(Operations o) {
        String lambda = o.enter(o.input("smoothness", 1, 0));
        String hidden = o.leaky(o.convolution("mapping1", lambda, MAPPING_CHANNELS, 1, 1, Start.USUAL));
        return o.leaky(o.convolution("mapping2", hidden, MAPPING_CHANNELS, 1, 1, Start.USUAL));
    }

    /** exp(v) by scaling and squaring. */
    static String exponential(Operations o, String velocity, int squarings) {
        String u = o.times(velocity, Math.pow(2, -squarings));
        for (int n = 0; n < squarings; n++) {
            u = o.add(u, o.pull(u, u));
        }
        return u;
    }

    private String predictive(Operations o, String features) {
        String u = o.real(o.convolution("predictive", features, channels, 3, 1, Start.CERTAIN));
        return o.plus(o.softplus(preset.toFull(o, u)), SMALLEST_UNCERTAINTY);
    }

    /** Ŝ = softmax(log(S'∘φ + 1e-4) + block([f, S'∘φ])). */
    private String refined(Operations o, Features features, String warpedLabels) {
        String head = preset.headFeatures(o, features.flow(), features.pair());
        String joined = o.concat(head, o.enter(warpedLabels));
        String hidden = o.block("refiner1", joined, REFINER_CHANNELS, 1);
        String change = o.real(o.convolution("refiner2", hidden, channels, 3, 1, Start.NOTHING));
        return o.softmax(o.add(o.logarithm(o.plus(warpedLabels, SMALLEST_PROBABILITY)), change));
    }
}
