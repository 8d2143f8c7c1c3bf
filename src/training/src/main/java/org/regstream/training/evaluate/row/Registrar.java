package org.regstream.training.evaluate.row;

import org.regstream.training.evaluate.Pairing;

/** Registers pairs, one at a time. */
@FunctionalInterface
public interface Registrar extends AutoCloseable {

    /** @throws RowUnavailableException if the method cannot do it, on this machine or with this pair */
    Outcome register(Pairing pair);

    @Override
    default void close() {}
}
