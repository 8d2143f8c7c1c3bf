package org.regstream.navigation.server;

import java.util.function.Supplier;

/** Makes a value when it is first asked for, and keeps it; a maker that fails is asked again. Thread-safe. */
final class Once<T> implements Supplier<T> {

    private Supplier<T> maker;
    private T made;

    /** @param maker gives no null; let go when it has made the value */
    Once(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public synchronized T get() {
        if (made == null) {
            made = maker.get();
            maker = null;
        }
        return made;
    }
}
