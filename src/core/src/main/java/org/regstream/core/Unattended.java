package org.regstream.core;

/**
 * Work that nobody waits for, such as what an executor does at intervals: an executor keeps to itself what that throws, and does not do it again.
 */
public final class Unattended {

    private Unattended() {}

    /** @return the work, whose failures go to the thread's handler of what nobody caught; it never throws, and can be done again */
    public static Runnable of(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        };
    }
}
