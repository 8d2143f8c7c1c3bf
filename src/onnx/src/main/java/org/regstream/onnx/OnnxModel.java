package org.regstream.onnx;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.regstream.core.ConfigurationException;
import org.regstream.core.ModelException;
import org.regstream.core.model.Look;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.volume.Volume;

/**
 * A graph of a package on ONNX Runtime: the student, or the ensemble beside it, on a session and a thread of its own, so that
 * neither waits for the other. Ready once it is open: digests, shapes and the golden outputs were checked, and the check's run
 * has warmed the provider. Safe for use from any thread; runs are serialised.
 */
public final class OnnxModel implements RegistrationModel {

    private final ModelManifest manifest;
    private final GraphRunner graph;
    private final Duration timeLimit;
    private final String providerReason;

    private OnnxModel(ModelManifest manifest, GraphRunner graph, Duration timeLimit, String providerReason) {
        this.manifest = manifest;
        this.graph = graph;
        this.timeLimit = timeLimit;
        this.providerReason = providerReason;
    }

    /**
     * Opens the student of a package and proves that it computes here what was exported.
     *
     * @param folder   {@code models/<id>}
     * @throws ModelException         if the package is wrong or the golden check fails
     * @throws ConfigurationException if CUDA is required and does not work, with the reason and the ways out
     */
    public static OnnxModel openStudent(Path folder, OnnxSettings settings) {
        return openStudent(ModelPackage.open(folder), settings);
    }

    /** As {@link #openStudent(Path, OnnxSettings)}, of a package that is open already. */
    public static OnnxModel openStudent(ModelPackage model, OnnxSettings settings) {
        return open(model, GraphTensors.ofStudent(model.manifest()), model.golden()::check, settings);
    }

    /**
     * Opens the ensemble of a package, likewise.
     *
     * @return empty if the package has none
     */
    public static Optional<OnnxModel> openEnsemble(Path folder, OnnxSettings settings) {
        return openEnsemble(ModelPackage.open(folder), settings);
    }

    /** As {@link #openEnsemble(Path, OnnxSettings)}, of a package that is open already. */
    public static Optional<OnnxModel> openEnsemble(ModelPackage model, OnnxSettings settings) {
        return model.manifest().ensemble().map(spec -> open(model, GraphTensors.ofEnsemble(model.manifest()),
                model.goldenEnsemble()::check, settings));
    }

    /** Compares what a network says with what was exported. */
    private interface GoldenCheck {
        void check(GoldenPair.Network network);
    }

    private static OnnxModel open(ModelPackage model, GraphTensors tensors, GoldenCheck golden,
            OnnxSettings settings) {
        return settings.provider().start((cuda, reason) -> {
            GraphRunner graph = GraphRunner.open(model, tensors, settings, cuda);
            OnnxModel started = new OnnxModel(model.manifest(), graph, settings.timeLimit(), reason);
            try {
                golden.check((fixed, moving) -> graph.run(fixed, moving, GraphRunner.START_LIMIT));
                return started;
            } catch (RuntimeException e) {
                started.close();
                throw e;
            }
        });
    }

    @Override
    public ModelManifest manifest() {
        return manifest;
    }

    @Override
    public String provider() {
        return graph.provider();
    }

    /** One sentence: why this provider. */
    public String providerReason() {
        return providerReason;
    }

    @Override
    public int members() {
        return graph.members();
    }

    @Override
    public Look look(Volume fixed, Volume moving) {
        return graph.run(fixed, moving, timeLimit);
    }

    /** Waits for the run in progress and frees native memory. Further calls do nothing. */
    @Override
    public void close() {
        graph.close();
    }
}
