package org.regstream.service.line;

import java.util.concurrent.Executor;

/**
 * The few threads that work through the mailboxes of all lines. More than one, so that a line whose broker makes it wait for half a second does not keep the others.
 */
public final class LineThreads implements Executor, AutoCloseable {

    private static final int THREADS = 4;

    private final RegistrationPool pool;

    public LineThreads(ThreadRoots roots) {
        pool = new RegistrationPool("line", THREADS, roots);
    }

    /** After {@link #close} nothing happens any more. */
    @Override
    public void execute(Runnable work) {
        pool.execute(work);
    }

    @Override
    public void close() {
        pool.close();
    }
}
