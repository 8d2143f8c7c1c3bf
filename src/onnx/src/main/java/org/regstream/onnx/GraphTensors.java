package org.regstream.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.regstream.core.ModelException;
import org.regstream.core.model.EnsembleSpec;
import org.regstream.core.model.GraphSpec;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.ModelManifest;

/**
 * The tensors that a graph of a package must take and return, by the package's manifest. All are 32-bit floats; outputs have
 * the members as their first axis.
 *
 * @param spec    the graph
 * @param members N, at least 1
 * @param inputs  shapes in the order of the graph's inputs
 * @param outputs name to shape of what is read
 */
public record GraphTensors(GraphSpec spec, int members, List<long[]> inputs, Map<String, long[]> outputs) {

    /** [N, 3, D, H, W], voxels of the window, (k, j, i). */
    public static final String DISPLACEMENT = "displacement";
    /** [N, 1, D, H, W], voxels of the window, positive. */
    public static final String EXPECTED_ERROR = "expected_error";
    /** [N, C, D, H, W], of the fixed image. */
    public static final String OUTLINE = "outline";
    /** [N, C, D, H, W], of the moving image. */
    public static final String MOVING_OUTLINE = "moving_outline";

    static GraphTensors ofStudent(ModelManifest manifest) {
        return of(manifest, manifest.student(), 1);
    }

    static GraphTensors ofEnsemble(ModelManifest manifest) {
        EnsembleSpec ensemble = manifest.ensemble()
                .orElseThrow(() -> new ModelException("model " + manifest.id() + " has no ensemble"));
        return of(manifest, ensemble.graph(), ensemble.members());
    }

    private static GraphTensors of(ModelManifest manifest, GraphSpec graph, int members) {
        Map<String, long[]> outputs = new LinkedHashMap<>();
        channels(manifest.channels())
                .forEach((name, channels) -> outputs.put(name, shape(manifest.grid(), members, channels)));
        long[] image = shape(manifest.grid(), 1, 1);
        return new GraphTensors(graph, members, List.of(image, image), outputs);
    }

    /** Output name to the channels of one member, in the order of golden files. @param labels channels of an outline */
    static Map<String, Integer> channels(int labels) {
        Map<String, Integer> channels = new LinkedHashMap<>();
        channels.put(DISPLACEMENT, 3);
        channels.put(EXPECTED_ERROR, 1);
        channels.put(OUTLINE, labels);
        channels.put(MOVING_OUTLINE, labels);
        return channels;
    }

    private static long[] shape(ModelGrid g, int members, int channels) {
        return new long[]{members, channels, g.depth(), g.height(), g.width()};
    }
}
