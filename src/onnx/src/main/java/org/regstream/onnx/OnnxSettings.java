package org.regstream.onnx;

import java.time.Duration;

import org.regstream.core.ConfigurationException;

/**
 * How a network is run.
 *
 * @param provider  which execution provider
 * @param threads   threads of one run on the processor; 0 leaves it to ONNX Runtime: one a physical core
 * @param timeLimit how long a caller waits for its result, the queue included
 */
public record OnnxSettings(ProviderChoice provider, int threads, Duration timeLimit) {

    /** The processor with ONNX Runtime's own number of threads; a minute is far above the slowest network on it. */
    public static final OnnxSettings DEFAULT = new OnnxSettings(ProviderChoice.CPU, 0, Duration.ofMinutes(1));

    public OnnxSettings {
        if (threads < 0 || threads > 1024) {
            throw new ConfigurationException("threads must be 0 (automatic) to 1024, got " + threads);
        }
        if (timeLimit.isNegative() || timeLimit.isZero()) {
            throw new ConfigurationException("timeLimit must be positive, got " + timeLimit);
        }
    }

    public OnnxSettings withProvider(ProviderChoice other) {
        return new OnnxSettings(other, threads, timeLimit);
    }

    public OnnxSettings withThreads(int other) {
        return new OnnxSettings(provider, other, timeLimit);
    }
}
