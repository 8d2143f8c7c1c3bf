package org.regstream.service.wiring;

/**
 * Follows what displays say that they show, once started.
 *
 * @param onStart begins to read
 * @param onClose ends it
 */
public record ReceiptsReader(Runnable onStart, Runnable onClose) implements AutoCloseable {

    public void start() {
        onStart.run();
    }

    @Override
    public void close() {
        onClose.run();
    }
}
