package org.regstream.training.network;

/**
 * One convolution, with a bias unless its start is proportional; zero padding keeps the size.
 *
 * @param name    in the exported graph
 * @param inputs  channels in
 * @param outputs channels out
 * @param side    taps along each axis, 1 or 3
 * @param stride  1, or 2 to halve each axis
 * @param start   how its weights begin
 */
public record Layer(String name, int inputs, int outputs, int side, int stride, Start start) {

    /** Elements of the kernel, [outputs, inputs, side, side, side]. */
    public int kernelSize() {
        return outputs * inputs * taps();
    }

    /** Elements of the kernel and of the bias. */
    public int size() {
        return kernelSize() + biases();
    }

    /** One an output, or none. */
    public int biases() {
        return start.proportional() ? 0 : outputs;
    }

    int taps() {
        return side * side * side;
    }
}
