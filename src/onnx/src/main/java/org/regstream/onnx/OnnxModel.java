package org.regstream.onnx;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.regstream.core.ConfigurationException;
import org.regstream.core.ModelException;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Prediction;
import org.regstream.core.model.PredictiveUncertainty;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/**
 * The student network of a package on ONNX Runtime. Ready once it is open: digests, shapes and the golden pair were
 * checked, and the check's run has warmed the provider. Safe for use from any thread; runs are serialised on one thread of
 * its own.
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
     * Opens a package and proves that it computes here what was exported.
     *
     * @param folder   {@code models/<id>}
     * @throws ModelException         if the package is wrong or the golden check fails
     * @throws ConfigurationException if CUDA is required and does not work, with the reason and the ways out
     */
    public static OnnxModel open(Path folder, OnnxSettings settings) {
        return open(ModelPackage.open(folder), settings);
    }

    /** As {@link #open(Path, OnnxSettings)}, of a package that is open already. */
    public static OnnxModel open(ModelPackage model, OnnxSettings settings) {
        return settings.provider().start((cuda, reason) -> start(model, settings, cuda, reason));
    }

    private static OnnxModel start(ModelPackage model, OnnxSettings settings, boolean cuda, String reason) {
        ModelManifest manifest = model.manifest();
        GraphRunner graph = GraphRunner.open(model, GraphTensors.ofStudent(manifest), settings, cuda);
        OnnxModel started = new OnnxModel(manifest, graph, settings.timeLimit(), reason);
        try {
            model.golden().check((fixed, moving, labels) -> started.predict(fixed, moving, labels,
                    GraphRunner.START_LIMIT));
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
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
    public Prediction predict(Volume fixed, Volume moving, LabelProbabilities movingLabels) {
        return predict(fixed, moving, movingLabels, timeLimit);
    }

    private Prediction predict(Volume fixed, Volume moving, LabelProbabilities movingLabels, Duration limit) {
        return graph.run(fixed, moving, movingLabels, limit, out -> new Prediction(out.displacement(), out.warped(),
                out.labelProbabilities(), predictiveUncertainty(out)));
    }

    private Optional<PredictiveUncertainty> predictiveUncertainty(GraphOutputs out) {
        return GraphTensors.hasPredictiveUncertainty(manifest)
                ? Optional.of(PredictiveUncertainty.takeOwnershipOf(out.grid(), manifest.channels(),
                        out.nonNegative(GraphTensors.PREDICTIVE_UNCERTAINTY)))
                : Optional.empty();
    }

    /** Waits for the run in progress and frees native memory. Further calls do nothing. */
    @Override
    public void close() {
        graph.close();
    }
}
