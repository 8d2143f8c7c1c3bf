package org.regstream.training.network;

import java.util.Arrays;
import java.util.Random;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/**
 * Finds the precision that is fastest on this processor, by trying both on a small window: where bfloat16 has no instructions
 * one pass takes about a second there, on a full window it would take a minute.
 */
public final class PrecisionProbe {

    private static final int SIDE = 32;

    /** The first passes compile the functions. */
    private static final int WARM_UP = 2;
    private static final int RUNS = 5;

    /** A pass this slow decides at once. */
    private static final long HOPELESS_NANOS = 500_000_000;

    private PrecisionProbe() {}

    public static Precision fastest() {
        long reference = nanos(Precision.FLOAT32);
        return nanos(Precision.BFLOAT16) < reference ? Precision.BFLOAT16 : Precision.FLOAT32;
    }

    /** Median time of a forward pass. */
    private static long nanos(Precision precision) {
        NetworkDesign design = NetworkDesign.plain(Preset.PAPER, 2);
        Grid grid = new Grid(SIDE, SIDE, SIDE, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));
        Volume image = Volume.takeOwnershipOf(grid, new float[grid.size()]);
        LabelProbabilities labels = LabelProbabilities
                .oneHot(LabelMap.takeOwnershipOf(grid, new byte[grid.size()]), 2);
        try (TrainedNetwork network = new TrainedNetwork(design, precision)) {
            network.setWeights(design.initialWeights(new Random(1)));
            long[] times = new long[RUNS];
            for (int run = -WARM_UP; run < RUNS; run++) {
                long start = System.nanoTime();
                network.estimate(image, image, labels, 0, false);
                long time = System.nanoTime() - start;
                if (time > HOPELESS_NANOS && run > -WARM_UP) {
                    return Long.MAX_VALUE;
                }
                times[Math.max(0, run)] = time;
            }
            Arrays.sort(times);
            return times[RUNS / 2];
        }
    }
}
