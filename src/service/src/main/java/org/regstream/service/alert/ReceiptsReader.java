package org.regstream.service.alert;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Follows what displays say that they show, once started.
 *
 * @param onStart begins to read
 * @param failure why it has ended by itself, empty while all is well
 * @param onClose ends it
 */
public record ReceiptsReader(Runnable onStart, Supplier<Optional<String>> failure, Runnable onClose)
        implements
            AutoCloseable {

    public void start() {
        onStart.run();
    }

    @Override
    public void close() {
        onClose.run();
    }
}
