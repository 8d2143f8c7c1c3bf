package org.regstream.onnx;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.regstream.core.ConfigurationException;
import org.regstream.core.ModelException;
import org.regstream.core.model.EnsembleModel;
import org.regstream.core.model.EnsemblePrediction;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.StructureSummary;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/**
 * The ensemble of a package on ONNX Runtime, on a session and a thread of its own, so that the student need not wait for it.
 * Ready once it is open, as {@link OnnxModel} is. Safe for use from any thread; runs are serialised.
 */
public final class OnnxEnsemble implements EnsembleModel {

    private final ModelManifest manifest;
    private final GraphRunner graph;
    private final Duration timeLimit;

    private OnnxEnsemble(ModelManifest manifest, GraphRunner graph, Duration timeLimit) {
        this.manifest = manifest;
        this.graph = graph;
        this.timeLimit = timeLimit;
    }

    /**
     * Opens the ensemble of a package and proves that it computes here what was exported.
     *
     * @param folder   {@code models/<id>}
     * @return empty if the package has none
     * @throws ModelException         if the package is wrong or the golden check fails
     * @throws ConfigurationException if CUDA is required and does not work, with the reason and the ways out
     */
    public static Optional<OnnxEnsemble> openIfPresent(Path folder, OnnxSettings settings) {
        return openIfPresent(ModelPackage.open(folder), settings);
    }

    /** As {@link #openIfPresent(Path, OnnxSettings)}, of a package that is open already. */
    public static Optional<OnnxEnsemble> openIfPresent(ModelPackage model, OnnxSettings settings) {
        return model.manifest().ensemble()
                .map(spec -> settings.provider().start((cuda, reason) -> start(model, settings, cuda)));
    }

    private static OnnxEnsemble start(ModelPackage model, OnnxSettings settings, boolean cuda) {
        ModelManifest manifest = model.manifest();
        GraphRunner graph = GraphRunner.open(model, GraphTensors.ofEnsemble(manifest), settings, cuda);
        OnnxEnsemble started = new OnnxEnsemble(manifest, graph, settings.timeLimit());
        try {
            model.goldenEnsemble().check((fixed, moving, labels) -> started.assess(fixed, moving, labels,
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

    @Override
    public EnsemblePrediction assess(Volume fixed, Volume moving, LabelProbabilities movingLabels) {
        return assess(fixed, moving, movingLabels, timeLimit);
    }

    private EnsemblePrediction assess(Volume fixed, Volume moving, LabelProbabilities movingLabels, Duration limit) {
        return graph.run(fixed, moving, movingLabels, limit, out -> new EnsemblePrediction(out.displacement(),
                out.labelProbabilities(), out.map(GraphTensors.LABEL_ENTROPY), out.map(GraphTensors.MUTUAL_INFORMATION),
                out.map(GraphTensors.DISPLACEMENT_SPREAD), out.map(GraphTensors.PREDICTIVE_UNCERTAINTY),
                summaries(out.nonNegative(GraphTensors.STRUCTURE_SUMMARY))));
    }

    private static List<StructureSummary> summaries(float[] rows) {
        List<StructureSummary> summaries = new ArrayList<>();
        for (int from = 0; from < rows.length; from += StructureSummary.SIZE) {
            double[] row = new double[StructureSummary.SIZE];
            for (int figure = 0; figure < row.length; figure++) {
                row[figure] = rows[from + figure];
            }
            summaries.add(StructureSummary.of(row));
        }
        return summaries;
    }

    /** Waits for the run in progress and frees native memory. Further calls do nothing. */
    @Override
    public void close() {
        graph.close();
    }
}
