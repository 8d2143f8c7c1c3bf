package org.regstream.training.export;

import java.util.List;
import java.util.Locale;
import org.regstream.core.ModelException;
import org.regstream.core.model.Prediction;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.onnx.GoldenPair;
import org.regstream.training.evaluate.Pairing;

/**
 * Largest differences between two forward passes, each as a share of the output's range.
 *
 * @param displacement        of the largest component, voxels over voxels
 * @param warped              of the intensity range [0, 1]
 * @param labelProbabilities  of [0, 1]
 */
public record Parity(double displacement, double warped, double labelProbabilities) {

    /** float32 sums of up to 3024 products in another order differ by about 1e-6; ten layers of them stay below this. */
    public static final double TOLERANCE = 1e-4;

    /** The refiner takes log(p + 1e-4), which multiplies the rounding of a warped label near 0 by up to ten thousand. */
    public static final double LABEL_TOLERANCE = 1e-3;

    /** Compares over pairs and keeps the largest differences. */
    static Parity between(GoldenPair.Network reference, GoldenPair.Network other, List<Pairing> pairs, int channels) {
        Parity worst = new Parity(0, 0, 0);
        for (Pairing pair : pairs) {
            Volume fixed = pair.fixed().image();
            Volume moving = pair.movingImage();
            LabelProbabilities labels = pair.movingLabels(channels);
            worst = worst.max(of(reference.predict(fixed, moving, labels), other.predict(fixed, moving, labels)));
        }
        return worst;
    }

    private static Parity of(Prediction a, Prediction b) {
        float[] u = a.displacement().components();
        return new Parity(
                difference(u, b.displacement().components()) / Math.max(1, difference(u, new float[u.length])),
                difference(a.warped().values(), b.warped().values()),
                difference(a.labelProbabilities().values(), b.labelProbabilities().values()));
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
        return new Parity(Math.max(displacement, o.displacement), Math.max(warped, o.warped),
                Math.max(labelProbabilities, o.labelProbabilities));
    }

    /** The largest of the three, each as a share of what is allowed; at most 1 is good. */
    double worst() {
        return Math.max(Math.max(displacement, warped) / TOLERANCE, labelProbabilities / LABEL_TOLERANCE);
    }

    /** @throws ModelException if a difference exceeds what is allowed */
    void require() {
        if (!(worst() <= 1)) {
            throw new ModelException(String.format(Locale.ROOT,
                    "DJL and ONNX Runtime differ: displacement %.2g, warped %.2g (allowed %.2g), label probabilities %.2g"
                            + " (allowed %.2g) of their ranges; nothing was exported",
                    displacement, warped, TOLERANCE, labelProbabilities, LABEL_TOLERANCE));
        }
    }
}
