package org.regstream.service.line;

import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The roots of this service's threads: what nobody caught ends there, aloud. An Error is a fact of health, since its thread's work may be half done; one of the virtual
 * machine itself (no memory left) ends the process, which loses nothing: frames that are not acknowledged come again. Thread-safe.
 */
public final class ThreadRoots implements Thread.UncaughtExceptionHandler {

    private static final Logger LOG = Logger.getLogger(ThreadRoots.class);

    private final Runnable exit;
    private volatile String failure;

    /** @param exit ends the process; called on the thread that failed */
    public ThreadRoots(Runnable exit) {
        this.exit = exit;
    }

    /** @return the work, which never throws; after an exception it can be done again */
    public Runnable guard(String name, Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                onFailure(name, e);
            }
        };
    }

    /** Of threads that have no root here, such as those of a library. */
    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        onFailure(thread.getName(), failure);
    }

    /** @return the first Error that reached the root of a thread, empty while all is well */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    private void onFailure(String name, Throwable what) {
        if (what instanceof Error error) {
            onError(name, error);
        } else {
            LOG.errorf(what, "%s failed", name);
        }
    }

    private void onError(String name, Error error) {
        if (failure == null) {
            failure = name + ": " + error.getClass().getSimpleName();
        }
        LOG.fatalf(error, "%s failed for good", name);
        if (error instanceof VirtualMachineError && !(error instanceof StackOverflowError)) {
            exit.run();
        }
    }
}
