package org.regstream.training.export;

import java.util.List;
import java.util.Locale;
import org.regstream.core.ModelException;
import org.regstream.core.model.Look;
import org.regstream.core.model.Prediction;
import org.regstream.core.volume.Volume;
import org.regstream.onnx.GoldenPair;
import org.regstream.training.evaluate.Pairing;

/**
 * Largest differences between two forward passes, each as a share of the output's range.
 *
 * @param displacement of the largest component, voxels over voxels; at least one voxel counts as the range
 * @param error        of the largest expected error, likewise
 * @param outlines     of [0, 1]
 */
public record Parity(double displacement, double error, double outlines) {

    /** float32 sums of up to 3321 products in another order differ by about 1e-6; ten layers of them stay below this. */
    public static final double TOLERANCE = 1e-4;

    /** Outlines pass a softmax, whose logits may be tens. */
    public static final double OUTLINE_TOLERANCE = 1e-3;

    /** Compares over pairs and members and keeps the largest differences. */
    static Parity between(GoldenPair.Network reference, GoldenPair.Network other, List<Pairing> pairs) {
        Parity worst = new Parity(0, 0, 0);
        for (Pairing pair : pairs) {
            Volume fixed = pair.fixed().image();
            Volume moving = pair.movingImage();
            Look a = reference.look(fixed, moving);
            Look b = other.look(fixed, moving);
            for (int member = 0; member < a.size(); member++) {
                worst = worst.max(of(a.members().get(member), b.members().get(member)));
            }
        }
        return worst;
    }

    private static Parity of(Prediction a, Prediction b) {
        return new Parity(relative(a.displacement().components(), b.displacement().components()),
                relative(a.expectedError().values(), b.expectedError().values()),
                Math.max(difference(a.outline().values(), b.outline().values()),
                        difference(a.movingOutline().values(), b.movingOutline().values())));
    }

    private static double relative(float[] a, float[] b) {
        return difference(a, b) / Math.max(1, difference(a, new float[a.length]));
    }

    private static double difference(float[] a, float[] b) {
        double max = 0;
        for (int x = 0; x < a.length; x++) {
            double d = Math.abs(a[x] - b[x]);
            max = Double.isNaN(d) ? Double.POSITIVE_INFINITY : Math.max(max, d);
        }
        return max;
    }

    private Parity max(Parity o) {
        return new Parity(Math.max(displacement, o.displacement), Math.max(error, o.error),
                Math.max(outlines, o.outlines));
    }

    /** The largest of the three, each as a share of what is allowed; at most 1 is good. */
    double worst() {
        return Math.max(Math.max(displacement, error) / TOLERANCE, outlines / OUTLINE_TOLERANCE);
    }

    /** @throws ModelException if a difference exceeds what is allowed */
    void require() {
        if (!(worst() <= 1)) {
            throw new ModelException(String.format(Locale.ROOT,
                    "DJL and ONNX Runtime differ: displacement %.2g, expected error %.2g (allowed %.2g), outlines %.2g"
                            + " (allowed %.2g) of their ranges; nothing was exported",
                    displacement, error, TOLERANCE, outlines, OUTLINE_TOLERANCE));
        }
    }
}
