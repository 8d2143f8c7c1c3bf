package org.regstream.training.calibrate.failure;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.LabelMap;
import org.regstream.training.data.Sample;

/**
 * Tissue was taken out: a dark ball of {@value #MIN_VOXELS} to {@value #MAX_VOXELS} voxels radius about a voxel of a structure.
 * What lay there belongs to no structure any more.
 */
public record Cavity() implements Failure {

    private static final double MIN_VOXELS = 2;
    private static final double MAX_VOXELS = 12;

    /** Fluid is dark, not black. */
    private static final float INTENSITY = 0.05f;

    @Override
    public String kind() {
        return "cavity";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        Sample fixed = pair.fixed();
        Grid g = fixed.image().grid();
        float[] values = fixed.image().values().clone();
        byte[] labels = fixed.labels().labels().clone();
        boolean[] known = pair.known().clone();
        int middle = anyLabelled(labels, random);
        double radius = MIN_VOXELS + severity * (MAX_VOXELS - MIN_VOXELS);
        for (int x = 0; x < labels.length; x++) {
            if (squareDistance(g, x, middle) <= radius * radius) {
                values[x] = INTENSITY;
                labels[x] = 0;
                known[x] = fixed.inside()[x];
            }
        }
        return Alteration.altered(pair, Alteration.inside(fixed, values), LabelMap.takeOwnershipOf(g, labels), known);
    }

    private static int anyLabelled(byte[] labels, RandomGenerator random) {
        int[] labelled = IntStream.range(0, labels.length).filter(x -> labels[x] != 0).toArray();
        return labelled.length == 0 ? labels.length / 2 : labelled[random.nextInt(labelled.length)];
    }

    private static double squareDistance(Grid g, int a, int b) {
        int plane = g.height() * g.width();
        double k = a / plane - b / plane;
        double j = a / g.width() % g.height() - b / g.width() % g.height();
        double i = a % g.width() - b % g.width();
        return k * k + j * j + i * i;
    }
}
