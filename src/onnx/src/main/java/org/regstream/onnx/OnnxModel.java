package org.regstream.onnx;

import java.nio.file.Path;
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
import org.regstream.core.RegstreamException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Prediction;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.ShapeMismatchException;
import org.regstream.core.volume.Volume;

import ai.onnxruntime.OrtException;

/**
 * The student network of a package on ONNX Runtime. Ready once it is open: digests, shapes and the golden pair were
 * checked, and the check's run has warmed the provider. Safe for use from any thread; runs are serialised on one thread of
 * its own.
 */
public final class OnnxModel implements RegistrationModel {

    /** Opening on CUDA loads and compiles for many seconds on some machines. */
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    /** How far a voxel's label probabilities may sum from 1: well above float rounding of a trilinear warp. */
    private static final float SUM_TOLERANCE = 1e-3f;

    private final ModelManifest manifest;
    private final OnnxSettings settings;
    private final String provider;
    private final String providerReason;
    private final ExecutorService thread;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile OnnxSession session;

    private OnnxModel(ModelManifest manifest, OnnxSettings settings, String provider, String providerReason) {
        this.manifest = manifest;
        this.settings = settings;
        this.provider = provider;
        this.providerReason = providerReason;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread t = new Thread(task, "onnx-" + manifest.id());
            t.setDaemon(true);
            return t;
        });
    }

    /**
     * Opens a package and proves that it computes here what was exported.
     *
     * @param folder   {@code models/<id>}
     * @throws ModelException         if the package is wrong or the golden check fails
     * @throws ConfigurationException if CUDA is required and does not work, with the reason and the ways out
     */
    public static OnnxModel open(Path folder, OnnxSettings settings) {
        ModelPackage model = ModelPackage.open(folder);
        switch (settings.provider()) {
            case CPU :
                return start(model, settings, false, "asked for");
            case CUDA :
                return start(model, settings, true, "asked for");
            default :
                return startBest(model, settings);
        }
    }

    private static OnnxModel startBest(ModelPackage model, OnnxSettings settings) {
        try {
            return start(model, settings, true, "works and passed the golden check");
        } catch (RegstreamException e) {
            return start(model, settings, false, e.getMessage());
        }
    }

    private static OnnxModel start(ModelPackage model, OnnxSettings settings, boolean cuda, String reason) {
        OnnxModel started = new OnnxModel(model.manifest(), settings, cuda ? "cuda" : "cpu", reason);
        try {
            started.onThread(new Object(), START_LIMIT, () -> started.openSession(model, cuda));
            model.golden().check((fixed, moving, labels) -> started.predict(fixed, moving, labels, START_LIMIT));
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    /** @return the session, kept first, so that close() finds it even if nobody waits for it any more */
    private OnnxSession openSession(ModelPackage model, boolean cuda) {
        try {
            session = OnnxSession.open(model, cuda, settings.threads());
            return session;
        } catch (OrtException e) {
            if (cuda) {
                throw new ConfigurationException("provider cuda does not work here: " + firstLine(e)
                        + "; build with -Pcuda and install an NVIDIA driver, CUDA 12 and cuDNN 9, or choose provider cpu"
                        + " or auto", e);
            }
            throw new ModelException(model + " cannot be opened by ONNX Runtime: " + firstLine(e)
                    + "; export the package again", e);
        }
    }

    @Override
    public ModelManifest manifest() {
        return manifest;
    }

    @Override
    public String provider() {
        return provider;
    }

    /** One sentence: why this provider. */
    public String providerReason() {
        return providerReason;
    }

    @Override
    public Prediction predict(Volume fixed, Volume moving, LabelProbabilities movingLabels) {
        return predict(fixed, moving, movingLabels, settings.timeLimit());
    }

    private Prediction predict(Volume fixed, Volume moving, LabelProbabilities movingLabels, Duration limit) {
        requireWindow("fixed", fixed.grid());
        requireWindow("moving", moving.grid());
        requireWindow("movingLabels", movingLabels.grid());
        requireSame(fixed.grid(), moving.grid());
        requireSame(fixed.grid(), movingLabels.grid());
        if (movingLabels.channels() != manifest.channels()) {
            throw new ShapeMismatchException("movingLabels must have " + manifest.channels() + " channels for model "
                    + manifest.id() + ", got " + movingLabels.channels());
        }
        Object caller = new Object();
        return onThread(caller, limit, () -> run(caller, fixed, moving, movingLabels));
    }

    private Prediction run(Object caller, Volume fixed, Volume moving, LabelProbabilities movingLabels) {
        try {
            session.run(caller, fixed.values(), moving.values(), movingLabels.values());
        } catch (OrtException e) {
            throw new ModelException("model " + manifest.id() + " failed on " + provider + ": " + firstLine(e), e);
        }
        Grid grid = fixed.grid();
        return new Prediction(DisplacementField.takeOwnershipOf(grid, finite(OnnxSession.DISPLACEMENT)),
                Volume.takeOwnershipOf(grid, finite(OnnxSession.WARPED)), LabelProbabilities.takeOwnershipOf(grid,
                        manifest.channels(), probabilities(grid.size())));
    }

    private float[] finite(String output) {
        float[] values = session.output(output);
        for (int x = 0; x < values.length; x++) {
            if (!Float.isFinite(values[x])) {
                throw unusable(output, values[x] + " at offset " + x);
            }
        }
        return values;
    }

    private float[] probabilities(int voxels) {
        float[] values = finite(OnnxSession.LABEL_PROBABILITIES);
        for (int x = 0; x < voxels; x++) {
            float sum = 0;
            for (int at = x; at < values.length; at += voxels) {
                sum += values[at];
                if (values[at] < -SUM_TOLERANCE) {
                    throw unusable(OnnxSession.LABEL_PROBABILITIES, values[at] + " at offset " + at);
                }
            }
            if (Math.abs(sum - 1) > SUM_TOLERANCE) {
                throw unusable(OnnxSession.LABEL_PROBABILITIES, "a sum of " + sum + " at voxel " + x);
            }
        }
        return values;
    }

    private ModelException unusable(String output, String what) {
        return new ModelException("model " + manifest.id() + " returned " + what + " in " + output
                + ", which must not be shown; check the input image and the package");
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
            throw new ModelException("model " + manifest.id() + " gave no result within " + limit + " on " + provider
                    + "; allow more time, more threads or a GPU", e);
        } catch (InterruptedException e) {
            abandon(result, caller);
            Thread.currentThread().interrupt();
            throw new ModelException("waiting for model " + manifest.id() + " was interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known
                    ? known
                    : new ModelException("model " + manifest.id() + " failed on " + provider + ": " + e.getCause(), e);
        }
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
                throw new ModelException("model " + manifest.id() + " could not be stopped: " + firstLine(e), e);
            }
        }
    }

    private IllegalStateException closedException() {
        return new IllegalStateException("model " + manifest.id() + " is closed");
    }

    private void requireWindow(String what, Grid grid) {
        if (grid.depth() != manifest.grid().depth() || grid.height() != manifest.grid().height()
                || grid.width() != manifest.grid().width()) {
            throw new ShapeMismatchException(what + " must lie on the window of model " + manifest.id() + ", "
                    + manifest.grid() + ", got " + grid + "; resample it first");
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
                thread.awaitTermination(settings.timeLimit().toNanos(), TimeUnit.NANOSECONDS);
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
            throw new ModelException("model " + manifest.id() + " could not be closed: " + firstLine(e), e);
        }
    }
}
