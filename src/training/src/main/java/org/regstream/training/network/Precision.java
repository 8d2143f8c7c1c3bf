package org.regstream.training.network;

/**
 * In which type the convolutions compute, channels last; weights, displacement, losses and the optimiser are float32
 * always. bfloat16 is twice as fast where the processor has instructions for it, and hundreds of times slower where it has
 * not.
 */
public enum Precision {
    FLOAT32(6), BFLOAT16(15);

    private final int scalarType;

    Precision(int scalarType) {
        this.scalarType = scalarType;
    }

    /** The type's number in TorchScript. */
    int scalarType() {
        return scalarType;
    }
}
