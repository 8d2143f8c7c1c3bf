package org.regstream.core.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Structure;
import org.regstream.core.uncertainty.LabelEntropy;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;

/**
 * The window's label probabilities brought to the live grid: sampled linearly, then the most probable label and the
 * entropy.
 *
 * @param box     the live voxels that the window can reach
 * @param labels  on the box; background outside the window
 * @param entropy on the box, nats; NaN outside the window
 */
record LiveGridLabels(WindowBox box, LabelMap labels, Volume entropy) {

    static LiveGridLabels of(LabelProbabilities window, Grid live) {
        WindowBox box = WindowBox.around(window.grid(), live);
        LabelProbabilities onBox = Resample.linear(window, box.part());
        return new LiveGridLabels(box, onBox.argMax(), withoutOutside(LabelEntropy.of(onBox), window.grid()));
    }

    /** Outside the window all is background by rule, not by knowledge: its entropy of 0 would read as certain. */
    private static Volume withoutOutside(Volume entropy, Grid window) {
        boolean[] inside = Resample.inside(window, entropy.grid());
        float[] values = entropy.values().clone();
        for (int x = 0; x < values.length; x++) {
            values[x] = inside[x] ? values[x] : Float.NaN;
        }
        return Volume.takeOwnershipOf(entropy.grid(), values);
    }

    /** @param referenceMm3 structures and their volumes in the pre-operative image, mm³, in the order of the result */
    List<StructureFigures> figures(Map<Structure, Double> referenceMm3) {
        double voxelMm3 = Math.abs(labels.grid().affine().determinant());
        int[] counts = labels.counts();
        List<StructureFigures> figures = new ArrayList<>();
        referenceMm3.forEach((s, mm3) -> figures.add(new StructureFigures(s, counts[s.label()] * voxelMm3, mm3,
                LabelEntropy.meanInside(entropy, labels, s.label()))));
        return figures;
    }
}
