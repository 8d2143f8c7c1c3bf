package org.regstream.training.network;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Weights of a network that goes on where one of another design stopped: a layer of the same name, side and outputs keeps its
 * weights, inputs that it has gained begin at 0 and so change nothing, other layers begin as usual.
 */
public final class Inheritance {

    private record Weights(Layer layer, int at) {}

    private Inheritance() {}

    /**
     * @param from    design of the weights
     * @param weights of {@code from}. Not modified.
     * @param random  for what is new
     * @return new vector of {@code heir.size()} weights
     */
    public static float[] of(NetworkDesign heir, NetworkDesign from, float[] weights, Random random) {
        Map<String, Weights> known = new HashMap<>();
        int at = 0;
        for (Layer layer : from.layers()) {
            known.put(layer.name(), new Weights(layer, at));
            at += layer.size();
        }
        float[] inherited = heir.initialWeights(random);
        at = 0;
        for (Layer layer : heir.layers()) {
            Weights old = known.get(layer.name());
            if (old != null && fits(layer, old.layer())) {
                copy(weights, old, inherited, new Weights(layer, at));
            }
            at += layer.size();
        }
        return inherited;
    }

    private static boolean fits(Layer heir, Layer old) {
        return heir.outputs() == old.outputs() && heir.side() == old.side()
                && heir.biases() == old.biases() && heir.inputs() >= old.inputs();
    }

    private static void copy(float[] from, Weights old, float[] to, Weights heir) {
        Layer layer = heir.layer();
        int row = layer.inputs() * layer.taps();
        int oldRow = old.layer().inputs() * layer.taps();
        for (int output = 0; output < layer.outputs(); output++) {
            int start = heir.at() + output * row;
            Arrays.fill(to, start, start + row, 0);
            System.arraycopy(from, old.at() + output * oldRow, to, start, oldRow);
        }
        System.arraycopy(from, old.at() + old.layer().kernelSize(), to, heir.at() + layer.kernelSize(),
                layer.biases());
    }
}
