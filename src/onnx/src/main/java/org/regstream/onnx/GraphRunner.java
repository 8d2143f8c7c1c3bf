package org.regstream.onnx;

import ai.onnxruntime.OrtException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.regstream.core.ConfigurationException;
import org.regstream.core.ModelException;
import org.regstream.core.Spans;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Look;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.volume.ShapeMismatchException;
import org.regstream.core.volume.Volume;

/**
 * Runs one graph of a package on a session and a thread of its own: callers from any thread wait their turn, none longer
 * than its time limit, and get checked outputs. Two graphs of a package do not wait for each other.
 */
final class GraphRunner implements AutoCloseable {

    /** Opening on CUDA loads and compiles for many seconds on some machines. */
    static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final ModelManifest manifest;
    private final String name;
    private final String provider;
    private final int members;
    private final Duration closeLimit;
    private final ExecutorService thread;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile OnnxSession session;

    private GraphRunner(ModelManifest manifest, GraphTensors tensors, String provider, Duration closeLimit) {
        this.manifest = manifest;
        this.name = "model " + manifest.id() + " (" + tensors.spec().file() + ")";
        this.provider = provider;
        this.members = tensors.members();
        this.closeLimit = closeLimit;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread t = new Thread(task, "onnx-" + manifest.id() + "-" + tensors.spec().file());
            t.setDaemon(true);
            return t;
        });
    }

    /**
     * @param cuda whether every node must run on CUDA; otherwise all run on the processor
     * @throws ModelException if the graph is not the manifest's
     * @throws ConfigurationException if CUDA is wanted and does not work, with the reason and the ways out
     */
    static GraphRunner open(ModelPackage model, GraphTensors tensors, OnnxSettings settings, boolean cuda) {
        GraphRunner opened = new GraphRunner(model.manifest(), tensors, cuda ? "cuda" : "cpu", settings.timeLimit());
        try {
            opened.onThread(new Object(), START_LIMIT,
                    () -> opened.openSession(model, tensors, settings.threads(), cuda));
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** @return the session, kept first, so that close() finds it even if nobody waits for it any more */
    private OnnxSession openSession(ModelPackage model, GraphTensors tensors, int threads, boolean cuda) {
        try {
            session = OnnxSession.open(model.graph(tensors.spec()), tensors, cuda, threads);
            return session;
        } catch (OrtException e) {
            if (cuda) {
                throw new ConfigurationException("provider cuda does not work here: " + firstLine(e)
                        + "; build with -Pcuda and install an NVIDIA driver, CUDA 12 and cuDNN 9, or choose provider cpu"
                        + " or auto", e);
            }
            throw new ModelException(model + ": " + tensors.spec().file() + " cannot be opened by ONNX Runtime: "
                    + firstLine(e) + "; export the package again", e);
        }
    }

    String provider() {
        return provider;
    }

    int members() {
        return members;
    }

    /**
     * @param limit how long to wait for the result, the queue included
     * @return on the grid of {@code fixed}
     * @throws ShapeMismatchException if a grid is not the manifest's shape or the grids differ
     * @throws ModelException if the graph fails, gives no result in time or one that must not be shown
     */
    Look run(Volume fixed, Volume moving, Duration limit) {
        requireWindow("fixed", fixed.grid());
        requireWindow("moving", moving.grid());
        requireSame(fixed.grid(), moving.grid());
        Object caller = new Object();
        return onThread(caller, limit, () -> {
            session.run(caller, fixed.values(), moving.values());
            return new GraphOutputs(session, name, fixed.grid(), members, manifest.channels()).look();
        });
    }

    /** Waits for the session's thread, at most the limit, and then ends the caller's run. */
    private <T> T onThread(Object caller, Duration limit, Callable<T> task) {
        if (closed.get()) {
            throw closedException();
        }
        Future<T> result = submit(task);
        try {
            return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            abandon(result, caller);
            throw new ModelException(name + " gave no result within " + Spans.inWords(limit) + " on " + provider
                    + "; allow more time, more threads or a GPU", e);
        } catch (InterruptedException e) {
            abandon(result, caller);
            Thread.currentThread().interrupt();
            throw new ModelException("waiting for " + name + " was interrupted", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private RuntimeException failure(Throwable cause) {
        if (cause instanceof RuntimeException known) {
            return known;
        }
        String reason = cause instanceof OrtException ort ? firstLine(ort) : cause.toString();
        return new ModelException(name + " failed on " + provider + ": " + reason, cause);
    }

    private <T> Future<T> submit(Callable<T> task) {
        try {
            return thread.submit(task);
        } catch (RejectedExecutionException e) {
            throw closedException();
        }
    }

    /** Takes a waiting run out of the queue, or asks the running one to end; its result is dropped. */
    private void abandon(Future<?> result, Object caller) {
        result.cancel(false);
        OnnxSession open = session;
        if (open != null) {
            try {
                open.terminate(caller);
            } catch (OrtException e) {
                throw new ModelException(name + " could not be stopped: " + firstLine(e), e);
            }
        }
    }

    private IllegalStateException closedException() {
        return new IllegalStateException(name + " is closed");
    }

    private void requireWindow(String what, Grid grid) {
        if (grid.depth() != manifest.grid().depth() || grid.height() != manifest.grid().height()
                || grid.width() != manifest.grid().width()) {
            throw new ShapeMismatchException(what + " must lie on the window of " + name + ", " + manifest.grid()
                    + ", got " + grid + "; resample it first");
        }
    }

    private static void requireSame(Grid fixed, Grid other) {
        if (!fixed.isSameAs(other)) {
            throw new ShapeMismatchException("fixed and moving must share a grid: " + fixed + " vs " + other
                    + " at another place in space; lay the moving image over the fixed one first");
        }
    }

    private static String firstLine(OrtException e) {
        return e.getMessage().lines().findFirst().orElse("no reason given");
    }

    /** Waits for the run in progress and frees native memory. Further calls do nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            thread.execute(this::closeSession);
            thread.shutdown();
            try {
                thread.awaitTermination(closeLimit.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeSession() {
        try {
            if (session != null) {
                session.close();
            }
        } catch (OrtException e) {
            throw new ModelException(name + " could not be closed: " + firstLine(e), e);
        }
    }
}
