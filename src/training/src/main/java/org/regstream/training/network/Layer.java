package org.regstream.training.network;

/**
 * One 3 x 3 x 3 convolution with bias, zero padding of one voxel.
 *
 * @param name   in the exported graph
 * @param inputs channels in
 * @param outputs channels out
 * @param stride 1, or 2 to halve each axis
 */
public record Layer(String name, int inputs, int outputs, int stride) {

    /** Taps of one kernel. */
    public static final int TAPS = 27;

    /** Elements of the kernel, [outputs, inputs, 3, 3, 3]. */
    public int kernelSize() {
        return outputs * inputs * TAPS;
    }
}
