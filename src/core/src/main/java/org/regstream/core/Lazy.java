package org.regstream.core;

import java.util.function.Supplier;

/** Made by the first who asks, and kept. Thread-safe: the others wait for it. */
public final class Lazy<T> {

    private Supplier<T> maker;
    private T value;

    /** @param maker called once, or again if it threw; let go of afterwards */
    public Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    public synchronized T get() {
        if (maker != null) {
            value = maker.get();
            maker = null;
        }
        return value;
    }
}
