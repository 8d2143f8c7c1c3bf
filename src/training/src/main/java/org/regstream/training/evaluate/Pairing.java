package org.regstream.training.evaluate;

import org.regstream.core.similarity.Nlcc;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.training.data.Sample;

/** A fixed image and the moving image that a protocol gives it. */
public record Pairing(Sample fixed, Sample moving) {

    /** The moving image, laid over the fixed one's window. */
    public Volume movingImage() {
        return moving.image().withGrid(fixed.image().grid());
    }

    /** One-hot labels of the moving image, laid over the fixed one's window. @param channels background included */
    public LabelProbabilities movingLabels(int channels) {
        return LabelProbabilities.oneHot(moving.labels().withGrid(fixed.image().grid()), channels);
    }

    /** How alike the images are as they lie, inside the fixed one. @return [0, 1], higher is better */
    public double nlcc() {
        return nlcc(movingImage());
    }

    /** The same of another image instead of the moving one. @param other on the fixed image's grid */
    public double nlcc(Volume other) {
        return Nlcc.of(fixed.image(), other, Nlcc.DEFAULT_WINDOW, fixed.inside());
    }
}
