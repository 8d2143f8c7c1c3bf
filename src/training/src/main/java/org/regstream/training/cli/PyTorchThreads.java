package org.regstream.training.cli;

/** How many threads PyTorch computes with; read once, when DJL starts it. */
final class PyTorchThreads {

    private static final String PROPERTY = "ai.djl.pytorch.num_threads";

    private PyTorchThreads() {}

    /** @param threads 0 leaves it to PyTorch */
    static void limitTo(int threads) {
        if (threads > 0) {
            System.setProperty(PROPERTY, Integer.toString(threads));
        }
    }
}
