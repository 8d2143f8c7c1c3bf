package org.regstream.core.model;

import java.util.ArrayList;
import java.util.List;
import org.regstream.core.quality.Dice;
import org.regstream.core.quality.Morphology;
import org.regstream.core.uncertainty.EnsembleMaps;
import org.regstream.core.uncertainty.LabelEntropy;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/**
 * What members say together, by definition: the truth that an exported ensemble is tested against, and the ensemble of those
 * who have members and no graph. Inside a structure is where the members' mean labels have their highest probability in it. A
 * mean over no voxel is 0. Members that all lost a structure agree on nothing: agreement and variation of its volume are 0.
 */
public final class StructureSummaries {

    private StructureSummaries() {}

    /**
     * @param members at least one, on one grid; either all or none with predictive uncertainty (none counts as 0)
     * @return their mean, maps and summaries
     * @throws org.regstream.core.volume.ShapeMismatchException if grids or channels differ
     */
    public static EnsemblePrediction combine(List<Prediction> members) {
        List<DisplacementField> fields = members.stream().map(Prediction::displacement).toList();
        List<LabelProbabilities> labels = members.stream().map(Prediction::labelProbabilities).toList();
        LabelProbabilities mean = EnsembleMaps.meanLabels(labels);
        Volume entropy = LabelEntropy.of(mean);
        Volume information = EnsembleMaps.mutualInformation(entropy, labels);
        Volume spread = EnsembleMaps.displacementSpread(fields);
        Volume predictive = EnsembleMaps.rootMeanSquare(members.stream().map(StructureSummaries::predictive).toList());
        List<StructureSummary> summaries = of(labels, mean.argMax(),
                List.of(entropy, spread, predictive, information));
        return new EnsemblePrediction(EnsembleMaps.meanDisplacement(fields), mean, entropy, information, spread,
                predictive, summaries);
    }

    private static Volume predictive(Prediction member) {
        return member.predictiveUncertainty().map(PredictiveUncertainty::combined)
                .orElseGet(() -> Volume.takeOwnershipOf(member.displacement().grid(),
                        new float[member.displacement().grid().size()]));
    }

    /** @param labels of the members' mean
     *  @param maps   entropy, spread, predictive uncertainty, mutual information */
    private static List<StructureSummary> of(List<LabelProbabilities> members, LabelMap labels, List<Volume> maps) {
        List<LabelMap> hard = members.stream().map(LabelProbabilities::argMax).toList();
        int channels = members.get(0).channels();
        double[] agreement = agreement(hard, channels);
        List<StructureSummary> summaries = new ArrayList<>();
        for (int label = 1; label < channels; label++) {
            boolean[] inside = Morphology.mask(labels, label);
            double[] means = maps.stream().mapToDouble(map -> mean(map, inside)).toArray();
            double border = mean(maps.get(0), Morphology.border(inside, labels.grid()));
            summaries.add(new StructureSummary(means[0], border, agreement[label], variation(hard, label), means[1],
                    means[2], means[3]));
        }
        return summaries;
    }

    /** Mean Dice over all pairs of members, by label; 1 for a single member, 0 for a pair of which neither has the label. */
    private static double[] agreement(List<LabelMap> hard, int channels) {
        double[] sum = new double[channels];
        int pairs = 0;
        for (int a = 0; a < hard.size(); a++) {
            for (int b = hard.size() == 1 ? a : a + 1; b < hard.size(); b++) {
                add(Dice.perLabel(hard.get(a), hard.get(b), channels), sum);
                pairs++;
            }
        }
        for (int label = 0; label < channels; label++) {
            sum[label] /= pairs;
        }
        return sum;
    }

    private static void add(double[] dice, double[] sum) {
        for (int label = 0; label < dice.length; label++) {
            sum[label] += Double.isNaN(dice[label]) ? 0 : dice[label];
        }
    }

    /** Divided by N, as the spread of the displacements is. */
    private static double variation(List<LabelMap> hard, int label) {
        double[] volumes = hard.stream().mapToDouble(m -> m.count(label)).toArray();
        double sum = 0;
        for (double v : volumes) {
            sum += v;
        }
        double mean = sum / volumes.length;
        double squares = 0;
        for (double v : volumes) {
            squares += (v - mean) * (v - mean);
        }
        return sum == 0 ? 0 : Math.sqrt(squares / volumes.length) / mean;
    }

    private static double mean(Volume map, boolean[] where) {
        double sum = 0;
        int count = 0;
        for (int x = 0; x < where.length; x++) {
            if (where[x]) {
                sum += map.values()[x];
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }
}
