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
 * With {@link Heads#CORRECTOR}, x also has the moving structures' labels, and what the refiner says of the fixed image moves
 * the flow once more (decision 0019):
 *
 * <pre>
 * p  = refiner(S'∘u)
 * flow' = flow + correction(f, p, S'∘u)
 * </pre>
 *
 * A block is a convolution of side 3 and LeakyReLU 0.2. The exponential of a velocity v is scaling and squaring: v / 2^7, then
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

    /** Each side of the window must be a multiple of this: four strides of 2. */
    public static final int MULTIPLE = 16;

    /** METHODS: scaling and squaring. */
    private static final int SQUARINGS = 7;

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
        /** The best labels: Ŝ where there is a refiner, else the warped ones. */
        LABELS,
        /** Uncertainty u, one channel a label; where there are heads. */
        PREDICTIVE,
        /** What was warped beside the labels; in training only. */
        PASSENGERS
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
            for (int x = 0; x < layer.outputs(); x++) {
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
        String labels = o.input("moving_labels", channels + passengers, 1);
        Features features = features(o, outputs);
        String u = displacement(o, field(o, outputs, features));
        outputs.put(Output.DISPLACEMENT, u);
        String warped = o.pull(o.copies(o.concat("moving", labels)), u);
        outputs.put(Output.WARPED, o.channels(warped, 0, 1));
        String warpedLabels = o.channels(warped, 1, 1 + channels);
        outputs.put(Output.WARPED_LABELS, warpedLabels);
        outputs.putIfAbsent(Output.LABELS, warpedLabels);
        if (passengers > 0) {
            outputs.put(Output.PASSENGERS, o.channels(warped, 1 + channels, 1 + channels + passengers));
        }
        if (heads != Heads.NONE) {
            outputs.put(Output.PREDICTIVE, predictive(o, features.flow()));
        }
        if (heads == Heads.PREDICTIVE_AND_REFINER) {
            outputs.put(Output.LABELS, refined(o, features, warpedLabels));
        }
        return outputs;
    }

    /** Writes only what leads to the flow; its layers are the first ones of the whole network.
     *  @return name of the flow */
    String buildFlow(Operations o) {
        Map<Output, String> outputs = new EnumMap<>(Output.class);
        o.input("moving_labels", channels, 1);
        correct(o, outputs, features(o, outputs));
        return outputs.get(Output.FLOW);
    }

    /** What the displacement is made of: the flow, corrected or drawn. */
    private String field(Operations o, Map<Output, String> outputs, Features features) {
        correct(o, outputs, features);
        return flow == Flow.PROBABILISTIC_VELOCITY
                ? o.sample(outputs.get(Output.FLOW), outputs.get(Output.LOG_VARIANCE))
                : outputs.get(Output.FLOW);
    }

    /** Replaces the flow and writes the refined labels, if there is a corrector. */
    private void correct(Operations o, Map<Output, String> outputs, Features features) {
        if (heads != Heads.CORRECTOR) {
            return;
        }
        String first = outputs.get(Output.FLOW);
        String labels = o.channels("moving_labels", 0, channels);
        String warped = o.pull(o.copies(labels), displacement(o, first));
        String refined = refined(o, features, warped);
        outputs.put(Output.LABELS, refined);
        String seen = o.concat(structures(o, refined), structures(o, warped));
        outputs.put(Output.FLOW, o.add(first, Corrector.flow(o, preset, features.flow(), seen)));
    }

    /** All labels but the background. */
    private String structures(Operations o, String labels) {
        return o.channels(labels, 1, channels);
    }

    /** Writes the displacement that a flow means: exp(v) where it is a velocity, at the window's resolution. */
    String displacement(Operations o, String field) {
        String u = preset.toFull(o, flow == Flow.DISPLACEMENT ? field : exponential(o, field));
        return preset.flowDivisor() == 1 ? u : o.times(u, preset.flowDivisor());
    }

    /** @param pair both images as the network takes them
     *  @param flow what the flow was made of */
    private record Features(String pair, String flow) {}

    /** The network up to its flow. */
    private Features features(Operations o, Map<Output, String> outputs) {
        String pair = o.enter(o.concat(o.input("fixed", 1, 1), o.input("moving", 1, 1)));
        String input = heads == Heads.CORRECTOR ? o.concat(pair, o.enter(structures(o, "moving_labels"))) : pair;
        String features = dropout.afterDecoder(o, o.copies(preset.flowFeatures(o, decoder(o, input), pair)));
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
    private static String exponential(Operations o, String velocity) {
        String u = o.times(velocity, Math.pow(2, -SQUARINGS));
        for (int n = 0; n < SQUARINGS; n++) {
            u = o.add(u, o.pull(u, u));
        }
        return u;
    }

    private String predictive(Operations o, String features) {
        String u = o.real(o.convolution("predictive", features, channels, 3, 1, Start.CERTAIN));
        return o.plus(o.softplus(preset.toFull(o, u)), SMALLEST_UNCERTAINTY);
    }

    /** Ŝ = softmax(log(S'∘φ + 1e-4) + block([f, S'∘φ])); beside a corrector, which builds on Ŝ, the block is one layer deeper. */
    private String refined(Operations o, Features features, String warpedLabels) {
        String head = preset.headFeatures(o, features.flow(), features.pair());
        String joined = o.concat(head, o.enter(warpedLabels));
        String hidden = o.block("refiner1", joined, REFINER_CHANNELS, 1);
        if (heads == Heads.CORRECTOR) {
            String detail = o.convolution("refiner_detail", hidden, REFINER_CHANNELS, 3, 1, Start.NOTHING);
            hidden = o.add(hidden, o.leaky(detail));
        }
        String change = o.real(o.convolution("refiner2", hidden, channels, 3, 1, Start.NOTHING));
        return o.softmax(o.add(o.logarithm(o.plus(warpedLabels, SMALLEST_PROBABILITY)), change));
    }
}
