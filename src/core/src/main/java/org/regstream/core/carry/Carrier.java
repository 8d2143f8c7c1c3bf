package org.regstream.core.carry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.VoxelBox;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.GaussianSmoothing;
import org.regstream.core.warp.Origins;
import org.regstream.core.warp.Resample;

/**
 * One carrying: a survey of the target finds hard labels and where each label can be; soft labels are then made label by label,
 * each inside its box.
 */
final class Carrier {

    /** Standard deviations beyond a label's support up to which its blurred copies are followed. */
    private static final double MARGIN = 3;

    private final GivenMap given;
    private final CarryingFields fields;
    private final Grid target;
    private final Origins published;
    private final Origins around;
    private final int members;
    /** Whether the only member is the published field: then it is read once. */
    private final boolean isAlone;
    private final byte[] labels;
    private final boolean[] inside;
    private final int[] counts = new int[256];
    private final boolean[] isGiven = new boolean[256];
    private final int[][] first = new int[256][];
    private final int[][] last = new int[256][];
    private final Agreement agreement;
    private final Volume errorMm;
    private final double voxelMm;

    Carrier(LabelMap map, CarryingFields fields, Grid target) {
        this.given = new GivenMap(map);
        this.fields = fields;
        this.target = target;
        Grid window = fields.published().grid();
        published = new Origins(List.of(fields.published()), target, given.grid());
        members = fields.members().size();
        isAlone = members == 1 && fields.members().get(0) == fields.published();
        around = isAlone ? published : new Origins(fields.members(), target, given.grid());
        labels = new byte[target.size()];
        inside = new boolean[target.size()];
        agreement = new Agreement(members);
        voxelMm = Math.cbrt(Math.abs(window.affine().determinant()));
        errorMm = errorMm();
        int[] given256 = map.counts();
        for (int label = 1; label < 256; label++) {
            isGiven[label] = given256[label] > 0;
        }
        survey();
    }

    /** What is done with the soft labels of one structure, [d, h, w] of the part. */
    interface Sink {
        void accept(int label, Part part, float[] p);
    }

    Grid target() {
        return target;
    }

    /** Hard labels on the target; final once all labels were visited, owned by the caller. */
    byte[] labels() {
        return labels;
    }

    /** True where the target voxel lies on the window. */
    boolean[] inside() {
        return inside;
    }

    Volume expectedErrorMm() {
        return errorMm;
    }

    /** By each given label. */
    Map<Integer, MemberFigures> members() {
        return agreement.figures(isGiven);
    }

    private Volume errorMm() {
        float[] mm = Resample.linear(fields.expectedError(), target, Float.NaN).values().clone();
        for (int x = 0; x < mm.length; x++) {
            mm[x] *= (float) (fields.errorScale() * voxelMm);
        }
        return Volume.takeOwnershipOf(target, mm);
    }

    private void survey() {
        double[] at = new double[3];
        int[] neighbour = new int[8];
        float[] weight = new float[8];
        int[] seen = new int[members];
        for (int k = 0, x = 0; k < target.depth(); k++) {
            for (int j = 0; j < target.height(); j++) {
                for (int i = 0; i < target.width(); i++, x++) {
                    inside[x] = published.enter(k, j, i);
                    if (!inside[x] || !canBeLabelled(k, j, i)) {
                        continue;
                    }
                    published.of(0, at);
                    if (given.isNear(at)) {
                        int label = given.nearest(at);
                        labels[x] = (byte) label;
                        counts[label]++;
                    }
                    for (int m = 0; m < members; m++) {
                        if (!isAlone) {
                            around.of(m, at);
                        }
                        seen[m] = 0;
                        if (given.isNear(at)) {
                            seen[m] = given.nearest(at);
                            given.neighbours(at, neighbour, weight);
                            extend(neighbour, k, j, i);
                        }
                    }
                    agreement.add(seen);
                }
            }
        }
    }

    /** Whether any field can bring a label to the voxel that {@link #published} has entered. */
    private boolean canBeLabelled(int k, int j, int i) {
        return isAlone
                ? given.isWithinReachOf(published)
                : around.enter(k, j, i) && (given.isWithinReachOf(published) || given.isWithinReachOf(around));
    }

    private void extend(int[] found, int k, int j, int i) {
        for (int label : found) {
            if (label != 0) {
                if (first[label] == null) {
                    first[label] = new int[]{k, j, i};
                    last[label] = new int[]{k, j, i};
                }
                extend(first[label], last[label], 0, k);
                extend(first[label], last[label], 1, j);
                extend(first[label], last[label], 2, i);
            }
        }
    }

    private static void extend(int[] low, int[] high, int axis, int at) {
        low[axis] = Math.min(low[axis], at);
        high[axis] = Math.max(high[axis], at);
    }

    /** Soft labels from the lowest label on; the same blur for all of them, so that they sum to at most 1. */
    void forEachLabel(Sink sink) {
        List<double[]> sigmas = sigmas();
        int[] margin = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            margin[axis] = (int) Math.ceil(MARGIN * sigmas.get(sigmas.size() - 1)[axis]);
        }
        for (int label = 1; label < 256; label++) {
            if (first[label] != null) {
                Part part = part(label, margin);
                float[] sharp = meanOneHot(label, part);
                if (counts[label] == 0) {
                    keepOneVoxel(label, part, sharp);
                }
                sink.accept(label, part, blurred(sharp, part, sigmas));
            }
        }
    }

    /** Where a label can be, and around it. */
    private Part part(int label, int... margin) {
        return Part.of(target, VoxelBox.between(first[label], last[label]).grownBy(target, margin));
    }

    /** Standard deviations along (k, j, i) of the copies that any voxel near a label needs, voxels of the target. */
    private List<double[]> sigmas() {
        double most = 0;
        for (int label = 1; label < 256; label++) {
            if (first[label] != null) {
                double[] largest = {most};
                part(label, 2, 2, 2)
                        .forEach((from, x) -> largest[0] = Math.max(largest[0], variance(x)));
                most = largest[0];
            }
        }
        double[] spacing = target.affine().spacingMm();
        List<double[]> sigmas = new ArrayList<>();
        for (int level = 0; level == 0
                || level < CarriedLabels.VARIANCES.length && CarriedLabels.VARIANCES[level - 1] < most; level++) {
            double mm = Math.sqrt(CarriedLabels.VARIANCES[level]) * voxelMm;
            sigmas.add(new double[]{mm / spacing[0], mm / spacing[1], mm / spacing[2]});
        }
        return sigmas;
    }

    /** s(x), voxels² of the window; 0 outside the window. */
    private double variance(int x) {
        double b = errorMm.values()[x] / voxelMm;
        return b > 0 ? b * b / CarriedLabels.LENGTH_TO_VARIANCE : 0;
    }

    private float[] meanOneHot(int label, Part part) {
        float[] p = new float[part.grid().size()];
        double[] at = new double[3];
        int[] neighbour = new int[8];
        float[] weight = new float[8];
        int[] low = first[label];
        int[] high = last[label];
        for (int k = low[0]; k <= high[0]; k++) {
            for (int j = low[1]; j <= high[1]; j++) {
                int to = part.grid().offset(k - part.box().first(0), j - part.box().first(1),
                        low[2] - part.box().first(2));
                for (int i = low[2]; i <= high[2]; i++, to++) {
                    if (around.enter(k, j, i)) {
                        for (int m = 0; m < members; m++) {
                            around.of(m, at);
                            if (given.isNear(at)) {
                                given.neighbours(at, neighbour, weight);
                                p[to] += share(label, neighbour, weight) / members;
                            }
                        }
                    }
                }
            }
        }
        return p;
    }

    private static float share(int label, int[] neighbour, float[] weight) {
        float share = 0;
        for (int corner = 0; corner < 8; corner++) {
            share += neighbour[corner] == label ? weight[corner] : 0;
        }
        return share;
    }

    /** The voxel that holds most of a structure that lies between all voxel centres; never the last one of another. */
    private void keepOneVoxel(int label, Part part, float[] share) {
        float[] most = {0};
        int[] where = {-1};
        part.forEach((from, x) -> {
            if (share[from] > most[0] && (labels[x] == 0 || counts[labels[x] & 0xff] > 1)) {
                most[0] = share[from];
                where[0] = x;
            }
        });
        if (where[0] >= 0) {
            counts[labels[where[0]] & 0xff]--;
            labels[where[0]] = (byte) label;
            counts[label] = 1;
        }
    }

    /** Linear in s between the blurred copies; the last of them beyond. */
    private float[] blurred(float[] sharp, Part part, List<double[]> sigmas) {
        if (sigmas.size() == 1) {
            return sharp;
        }
        float[][] copies = new float[sigmas.size()][];
        copies[0] = sharp;
        for (int level = 1; level < copies.length; level++) {
            copies[level] = GaussianSmoothing.of(sharp, part.grid(), sigmas.get(level));
        }
        float[] out = new float[sharp.length];
        part.forEach((from, x) -> {
            if (inside[x]) {
                double s = variance(x);
                int upper = above(s, copies.length);
                double low = CarriedLabels.VARIANCES[upper - 1];
                float share = (float) Math.min(1, (s - low) / (CarriedLabels.VARIANCES[upper] - low));
                out[from] = copies[upper - 1][from] + share * (copies[upper][from] - copies[upper - 1][from]);
            }
        });
        return out;
    }

    /** The first copy whose variance is not below s, at least 1; the last if there is none. */
    private static int above(double s, int copies) {
        int upper = 1;
        while (upper < copies - 1 && CarriedLabels.VARIANCES[upper] < s) {
            upper++;
        }
        return upper;
    }
}
