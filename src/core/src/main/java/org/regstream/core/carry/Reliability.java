package org.regstream.core.carry;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.VoxelBox;
import org.regstream.core.model.Look;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.quality.Dice;
import org.regstream.core.quality.Morphology;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;

/**
 * Measures what was carried on the window by all that is known without the true labels, of one pair of images.
 *
 * @param look   what the networks say of the pair
 * @param pulled along the field that labels were carried along
 * @param inside true where the voxel belongs to the fixed image, [D, H, W]; null counts all. Not modified.
 */
public record Reliability(Look look, PulledPair pulled, boolean[] inside) {

    /**
     * @param carried   on the window
     * @param given     what was carried, on any grid in the window's patient space. Not modified.
     * @param channels  label to the channel in which the networks outline it; without those that they do not know
     * @return features by given label; without the labels that have no voxel after carrying
     */
    public Map<Integer, ReliabilityFeatures> of(Carried carried, LabelMap given, Map<Integer, Integer> channels) {
        Measures m = new Measures(carried, given, channels);
        Map<Integer, ReliabilityFeatures> features = new TreeMap<>();
        for (int label : carried.members().keySet()) {
            if (m.after[label] > 0) {
                features.put(label, m.of(label));
            }
        }
        return features;
    }

    /** Of one carrying; what does not depend on the label is made once. */
    private final class Measures {
        private final Carried carried;
        private final Map<Integer, Integer> channels;
        private final Grid window = look.grid();
        private final int[] before;
        private final int[] after;
        private final double givenVoxels;
        private final double voxelMm;
        private final LabelMap onWindow;
        private final LabelMap outline;
        private final LabelMap movingOutline;
        private final OptionalDouble outlinesAgree;

        Measures(Carried carried, LabelMap given, Map<Integer, Integer> channels) {
            this.carried = carried;
            this.channels = channels;
            before = given.counts();
            after = carried.labels().counts();
            double windowMm3 = Math.abs(window.affine().determinant());
            givenVoxels = Math.abs(given.grid().affine().determinant()) / windowMm3;
            voxelMm = Math.cbrt(windowMm3);
            onWindow = Resample.nearest(given, window);
            outline = look.outline().argMax();
            movingOutline = look.movingOutline().argMax();
            double agree = Dice.meanForeground(pulled.outline().argMax(), outline, look.channels());
            outlinesAgree = look.channels() == 1
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Double.isNaN(agree) ? 0 : agree);
        }

        ReliabilityFeatures of(int label) {
            byte[] labels = carried.labels().labels();
            Part part = Part.of(window, VoxelBox.around(window, x -> (labels[x] & 0xff) == label).orElseThrow()
                    .grownBy(window, 1, 1, 1));
            boolean[] structure = Morphology.mask(carried.labels().cutTo(part.box()), label);
            boolean[] dilated = Morphology.dilate(structure, part.grid());
            boolean[] border = Morphology.minus(dilated, Morphology.erode(structure, part.grid()));
            MemberFigures members = carried.members().get(label);
            return new ReliabilityFeatures(mean(carried.entropy(), part, structure),
                    mean(carried.entropy(), part, border), mean(carried.expectedErrorMm(), part, border),
                    members.agreement(), members.volumeVariation(),
                    voxelMm * mean(look.displacementSpread(), part, structure),
                    Math.abs(Math.log(after[label] / (before[label] * givenVoxels))),
                    mean(pulled.similarity(), part, imageIn(part, dilated)), outlinesAgree,
                    dice(carried.labels(), label, outline), dice(onWindow, label, movingOutline));
        }

        private boolean[] imageIn(Part part, boolean[] where) {
            boolean[] image = where.clone();
            if (inside != null) {
                part.forEach((from, x) -> image[from] &= inside[x]);
            }
            return image;
        }

        private OptionalDouble dice(LabelMap map, int label, LabelMap outlines) {
            return channels.containsKey(label)
                    ? OptionalDouble.of(overlap(map.labels(), label, outlines.labels(), channels.get(label)))
                    : OptionalDouble.empty();
        }
    }

    /** Of one label of a map with another label of another map; 0 if neither is there. */
    private static double overlap(byte[] a, int labelA, byte[] b, int labelB) {
        long sizes = 0;
        long shared = 0;
        for (int x = 0; x < a.length; x++) {
            boolean inA = (a[x] & 0xff) == labelA;
            boolean inB = (b[x] & 0xff) == labelB;
            sizes += (inA ? 1 : 0) + (inB ? 1 : 0);
            shared += inA && inB ? 1 : 0;
        }
        return sizes == 0 ? 0 : 2.0 * shared / sizes;
    }

    /** Over the voxels of a mask of the part; 0 if there is none. */
    private static double mean(Volume map, Part part, boolean[] where) {
        double[] sum = new double[1];
        int[] count = new int[1];
        part.forEach((from, x) -> {
            if (where[from]) {
                sum[0] += map.values()[x];
                count[0]++;
            }
        });
        return count[0] == 0 ? 0 : sum[0] / count[0];
    }
}
