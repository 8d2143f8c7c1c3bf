package org.regstream.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.regstream.core.ModelException;
import org.regstream.core.model.GraphSpec;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.StructureSummary;

/**
 * The tensors that a graph of a package must take and return, by the package's manifest. All are 32-bit floats.
 *
 * @param spec    the graph
 * @param inputs  shapes in the order of the graph's inputs
 * @param outputs name to shape of what is read
 */
public record GraphTensors(GraphSpec spec, List<long[]> inputs, Map<String, long[]> outputs) {

    public static final String DISPLACEMENT = "displacement";
    public static final String WARPED = "warped";
    public static final String LABEL_PROBABILITIES = "label_probabilities";
    public static final String PREDICTIVE_UNCERTAINTY = "predictive_uncertainty";
    public static final String LABEL_ENTROPY = "label_entropy";
    public static final String MUTUAL_INFORMATION = "mutual_information";
    public static final String DISPLACEMENT_SPREAD = "displacement_spread";
    public static final String STRUCTURE_SUMMARY = "structure_summary";

    /** Predictive uncertainty is read where the graph has it. */
    static GraphTensors ofStudent(ModelManifest manifest) {
        Map<String, long[]> outputs = new LinkedHashMap<>();
        outputs.put(DISPLACEMENT, shape(manifest, 3));
        outputs.put(WARPED, shape(manifest, 1));
        outputs.put(LABEL_PROBABILITIES, shape(manifest, manifest.channels()));
        if (hasPredictiveUncertainty(manifest)) {
            outputs.put(PREDICTIVE_UNCERTAINTY, shape(manifest, manifest.channels()));
        }
        return new GraphTensors(manifest.student(), inputs(manifest), outputs);
    }

    static boolean hasPredictiveUncertainty(ModelManifest manifest) {
        return manifest.student().outputs().contains(PREDICTIVE_UNCERTAINTY);
    }

    static GraphTensors ofEnsemble(ModelManifest manifest) {
        Map<String, long[]> outputs = new LinkedHashMap<>();
        outputs.put(DISPLACEMENT, shape(manifest, 3));
        outputs.put(LABEL_PROBABILITIES, shape(manifest, manifest.channels()));
        for (String map : List.of(LABEL_ENTROPY, MUTUAL_INFORMATION, DISPLACEMENT_SPREAD, PREDICTIVE_UNCERTAINTY)) {
            outputs.put(map, shape(manifest, 1));
        }
        outputs.put(STRUCTURE_SUMMARY, new long[]{1, manifest.structures().size(), StructureSummary.SIZE});
        GraphSpec graph = manifest.ensemble()
                .orElseThrow(() -> new ModelException("model " + manifest.id() + " has no ensemble")).graph();
        return new GraphTensors(graph, inputs(manifest), outputs);
    }

    private static List<long[]> inputs(ModelManifest manifest) {
        return List.of(shape(manifest, 1), shape(manifest, 1), shape(manifest, manifest.channels()));
    }

    private static long[] shape(ModelManifest manifest, int channels) {
        ModelGrid g = manifest.grid();
        return new long[]{1, channels, g.depth(), g.height(), g.width()};
    }
}
