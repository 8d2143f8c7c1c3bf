package org.regstream.onnx;

import static org.regstream.onnx.GraphTensors.DISPLACEMENT;
import static org.regstream.onnx.GraphTensors.DISPLACEMENT_SPREAD;
import static org.regstream.onnx.GraphTensors.LABEL_ENTROPY;
import static org.regstream.onnx.GraphTensors.LABEL_PROBABILITIES;
import static org.regstream.onnx.GraphTensors.MUTUAL_INFORMATION;
import static org.regstream.onnx.GraphTensors.PREDICTIVE_UNCERTAINTY;
import static org.regstream.onnx.GraphTensors.STRUCTURE_SUMMARY;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.regstream.core.ModelException;
import org.regstream.core.model.EnsemblePrediction;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.StructureSummary;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/**
 * What the exported ensemble must give for the input of the package's {@link GoldenPair}: {@code golden/ensemble.npz},
 * readable by numpy, at the same voxels.
 *
 * <pre>
 * displacement            f4 [3, d, h, w]   voxels of the window, (k, j, i)
 * label_probabilities     f4 [C, d, h, w]
 * label_entropy           f4 [1, d, h, w]   nats
 * mutual_information      f4 [1, d, h, w]   nats
 * displacement_spread     f4 [1, d, h, w]   voxels of the window
 * predictive_uncertainty  f4 [1, d, h, w]
 * structure_summary       f4 [S, 7]         as StructureSummary lists them
 * </pre>
 *
 * Displacements and their spread agree within {@link GoldenPair#DISPLACEMENT_TOLERANCE_VOXELS}, all else within
 * {@link GoldenPair#VALUE_TOLERANCE}.
 */
public final class GoldenEnsemble {

    /** Name inside the package folder, as the manifest lists it. */
    public static final String FILE = "golden/ensemble.npz";

    private final GoldenPair pair;
    /** Output name to its samples, in the order of the file. */
    private final Map<String, float[]> outputs;
    private final float[] summaries;

    private GoldenEnsemble(GoldenPair pair, Map<String, float[]> outputs, float[] summaries) {
        this.pair = pair;
        this.outputs = outputs;
        this.summaries = summaries;
    }

    /** Whatever computes the ensemble: training's own forward passes at export, the exported graph at start. */
    @FunctionalInterface
    public interface Network {
        EnsemblePrediction assess(Volume fixed, Volume moving, LabelProbabilities movingLabels);
    }

    /**
     * Runs an ensemble on the input of a golden pair and keeps what it returns.
     *
     * @param ensemble the reference whose outputs are right by definition
     */
    public static GoldenEnsemble record(GoldenPair pair, Network ensemble) {
        EnsemblePrediction p = pair.on(ensemble::assess);
        return new GoldenEnsemble(pair, sampled(p, pair.samples()), rows(p.structures()));
    }

    /** Writes {@link #FILE} into a package folder; the same outputs give the same bytes. */
    public void write(Path packageFolder) {
        Npz npz = new Npz();
        outputs.forEach((name, values) -> npz.putFloats(name, values,
                pair.samples().shape(channels(name, pair.channels()))));
        GoldenPair.write(
                npz.putFloats(STRUCTURE_SUMMARY, summaries, summaries.length / StructureSummary.SIZE,
                        StructureSummary.SIZE),
                packageFolder.resolve(FILE));
    }

    /** @param file for messages only */
    static GoldenEnsemble decode(byte[] bytes, Path file, ModelManifest manifest, GoldenPair pair) {
        try {
            Npz npz = Npz.decode(bytes, (int) GoldenPair.MAX_FILE_BYTES);
            Map<String, float[]> outputs = new LinkedHashMap<>();
            for (String name : GraphTensors.ofEnsemble(manifest).outputs().keySet()) {
                if (!name.equals(STRUCTURE_SUMMARY)) {
                    outputs.put(name, npz.floats(name, pair.samples().shape(channels(name, manifest.channels()))));
                }
            }
            return new GoldenEnsemble(pair, outputs,
                    npz.floats(STRUCTURE_SUMMARY, manifest.structures().size(), StructureSummary.SIZE));
        } catch (IOException e) {
            throw new ModelException(file + " is not the golden file of the ensemble of " + manifest.id() + ": "
                    + e.getMessage() + "; export the package again, or restore the file", e);
        }
    }

    /**
     * Runs an ensemble on the pair and compares all samples and the summaries.
     *
     * @throws ModelException with the largest difference, where it is and the tolerance, if one is exceeded
     */
    public void check(Network ensemble) {
        EnsemblePrediction p = pair.on(ensemble::assess);
        sampled(p, pair.samples())
                .forEach((name, got) -> pair.samples().compare(isPlace(name) ? name + " (voxels)" : name,
                        outputs.get(name), got, tolerance(name)));
        requireSummaries(rows(p.structures()));
    }

    private void requireSummaries(float[] got) {
        int worst = GoldenSamples.worst(summaries, got);
        if (GoldenSamples.difference(got[worst], summaries[worst]) > GoldenPair.VALUE_TOLERANCE) {
            throw GoldenSamples.failed(STRUCTURE_SUMMARY, "structure " + (worst / StructureSummary.SIZE + 1)
                    + ", figure " + worst % StructureSummary.SIZE, summaries[worst], got[worst],
                    GoldenPair.VALUE_TOLERANCE);
        }
    }

    private static boolean isPlace(String output) {
        return output.equals(DISPLACEMENT) || output.equals(DISPLACEMENT_SPREAD);
    }

    private static double tolerance(String output) {
        return isPlace(output) ? GoldenPair.DISPLACEMENT_TOLERANCE_VOXELS : GoldenPair.VALUE_TOLERANCE;
    }

    private static int channels(String output, int labelChannels) {
        switch (output) {
            case DISPLACEMENT :
                return 3;
            case LABEL_PROBABILITIES :
                return labelChannels;
            default :
                return 1;
        }
    }

    private static Map<String, float[]> sampled(EnsemblePrediction p, GoldenSamples at) {
        Map<String, float[]> outputs = new LinkedHashMap<>();
        outputs.put(DISPLACEMENT, at.of(p.displacement().components(), 3));
        outputs.put(LABEL_PROBABILITIES, at.of(p.labelProbabilities().values(), p.labelProbabilities().channels()));
        outputs.put(LABEL_ENTROPY, at.of(p.labelEntropy().values(), 1));
        outputs.put(MUTUAL_INFORMATION, at.of(p.mutualInformation().values(), 1));
        outputs.put(DISPLACEMENT_SPREAD, at.of(p.displacementSpread().values(), 1));
        outputs.put(PREDICTIVE_UNCERTAINTY, at.of(p.predictiveUncertainty().values(), 1));
        return outputs;
    }

    private static float[] rows(List<StructureSummary> structures) {
        float[] rows = new float[structures.size() * StructureSummary.SIZE];
        int to = 0;
        for (StructureSummary s : structures) {
            for (double figure : s.row()) {
                rows[to++] = (float) figure;
            }
        }
        return rows;
    }
}
