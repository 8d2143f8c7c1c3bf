package org.regstream.onnx;

import java.util.Arrays;
import java.util.Locale;

import org.regstream.core.ConfigurationException;
import org.regstream.core.RegstreamException;

/** Which execution provider is asked for; never silently another one. */
public enum ProviderChoice {
    /** The processor. Always there. */
    CPU,
    /** An NVIDIA GPU; if it does not work, the start is refused with the reason. */
    CUDA,
    /** CUDA if a session on it opens and passes the golden check, else the processor; says which and why. */
    AUTO;

    /**
     * @param text {@code cpu}, {@code cuda} or {@code auto}, any case
     * @throws ConfigurationException for anything else
     */
    public static ProviderChoice parse(String text) {
        return Arrays.stream(values()).filter(p -> p.name().equalsIgnoreCase(text.strip())).findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        "provider must be cpu, cuda or auto, got " + text + "; auto works everywhere"));
    }

    /** Starts a network on a provider. */
    @FunctionalInterface
    interface Starter<M> {
        /** @param reason one sentence: why this provider */
        M start(boolean cuda, String reason);
    }

    /** Starts on the provider of this choice: {@link #AUTO} tries CUDA first. */
    <M> M start(Starter<M> starter) {
        if (this != AUTO) {
            return starter.start(this == CUDA, "asked for");
        }
        try {
            return starter.start(true, "works and passed the golden check");
        } catch (RegstreamException e) {
            return starter.start(false, e.getMessage());
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
