package org.regstream.core.uncertainty;

import java.util.List;
import java.util.function.Function;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Shapes;
import org.regstream.core.volume.Volume;

/**
 * What N networks say together (P1, equations 7 and 9), map by map; they are kept apart, since they mean different things.
 * All arguments lie on one grid, and there is at least one.
 */
public final class EnsembleMaps {

    private EnsembleMaps() {}

    /** @return {@code mean_n phi_n}, voxels; new, unless there is one member alone: then its own */
    public static DisplacementField meanDisplacement(List<DisplacementField> members) {
        return DisplacementField.takeOwnershipOf(gridOf(members, DisplacementField::grid),
                meanOf(members.stream().map(DisplacementField::components).toList()));
    }

    /** @return {@code mean_n S_n}; new, unless there is one member alone: then its own */
    public static LabelProbabilities meanLabels(List<LabelProbabilities> members) {
        Grid grid = gridOf(members, LabelProbabilities::grid);
        int channels = members.get(0).channels();
        members.forEach(
                m -> Shapes.requireLength("label probabilities of each member", m.values().length, grid, channels));
        return LabelProbabilities.takeOwnershipOf(grid, channels,
                meanOf(members.stream().map(LabelProbabilities::values).toList()));
    }

    /**
     * What the members disagree about: the entropy of their mean less the mean of their entropies. Entropy is concave, so it
     * is never negative; rounding is cut off.
     *
     * @return new volume, [D, H, W], nats
     */
    public static Volume mutualInformation(List<LabelProbabilities> members) {
        return mutualInformation(LabelEntropy.of(meanLabels(members)), members);
    }

    /** The same for those who have the entropy of the members' mean. @param entropy nats. Not modified. */
    public static Volume mutualInformation(Volume entropy, List<LabelProbabilities> members) {
        float[] information = entropy.values().clone();
        float[] meanEntropy = meanOf(members.stream().map(m -> LabelEntropy.of(m).values()).toList());
        for (int x = 0; x < information.length; x++) {
            information[x] = Math.max(0, information[x] - meanEntropy[x]);
        }
        return Volume.takeOwnershipOf(members.get(0).grid(), information);
    }

    /** @return square root of the trace of the members' covariance, divided by N as in equation 7; new volume, [D, H, W], voxels */
    public static Volume displacementSpread(List<DisplacementField> members) {
        Grid grid = gridOf(members, DisplacementField::grid);
        if (members.size() == 1) {
            return Volume.takeOwnershipOf(grid, new float[grid.size()]);
        }
        List<float[]> fields = members.stream().map(DisplacementField::components).toList();
        float[] mean = meanOf(fields);
        float[] spread = new float[grid.size()];
        for (int x = 0; x < spread.length; x++) {
            double squares = 0;
            for (float[] field : fields) {
                for (int at = x; at < mean.length; at += spread.length) {
                    double off = (double) field[at] - mean[at];
                    squares += off * off;
                }
            }
            spread[x] = (float) Math.sqrt(squares / fields.size());
        }
        return Volume.takeOwnershipOf(grid, spread);
    }

    /** @return {@code mean_n v_n}; new, unless there is one member alone: then its own */
    public static Volume mean(List<Volume> members) {
        return Volume.takeOwnershipOf(gridOf(members, Volume::grid),
                meanOf(members.stream().map(Volume::values).toList()));
    }

    /** The predictive part of equation 9. @return {@code sqrt(mean_n u_n²)}, new volume, [D, H, W], unit of u */
    public static Volume rootMeanSquare(List<Volume> members) {
        Grid grid = gridOf(members, Volume::grid);
        float[] out = new float[grid.size()];
        for (int x = 0; x < out.length; x++) {
            double squares = 0;
            for (Volume u : members) {
                squares += (double) u.values()[x] * u.values()[x];
            }
            out[x] = (float) Math.sqrt(squares / members.size());
        }
        return Volume.takeOwnershipOf(grid, out);
    }

    /** Equation 9: {@code u = sqrt(spread² + predictive²)}, as the paper adds what has not the same unit. */
    public static Volume combined(Volume spread, Volume predictive) {
        float[] u = new float[gridOf(List.of(spread, predictive), Volume::grid).size()];
        for (int x = 0; x < u.length; x++) {
            u[x] = (float) Math.hypot(spread.values()[x], predictive.values()[x]);
        }
        return Volume.takeOwnershipOf(spread.grid(), u);
    }

    private static <T> Grid gridOf(List<T> members, Function<T, Grid> gridOf) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("an ensemble needs at least one member");
        }
        Grid grid = gridOf.apply(members.get(0));
        members.forEach(m -> Shapes.requireSameGrid("members", grid, gridOf.apply(m)));
        return grid;
    }

    private static float[] meanOf(List<float[]> arrays) {
        if (arrays.size() == 1) {
            return arrays.get(0);
        }
        float[] mean = new float[arrays.get(0).length];
        for (int x = 0; x < mean.length; x++) {
            double sum = 0;
            for (float[] array : arrays) {
                sum += array[x];
            }
            mean[x] = (float) (sum / arrays.size());
        }
        return mean;
    }
}
