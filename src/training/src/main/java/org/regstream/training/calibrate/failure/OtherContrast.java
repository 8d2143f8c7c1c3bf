package org.regstream.training.calibrate.failure;

import java.util.random.RandomGenerator;
import org.regstream.training.data.scan.IntensityMap;

/** The live image is of another contrast, drawn as in training: tissues may exchange their order. The anatomy stays where it is. */
public record OtherContrast() implements Failure {

    @Override
    public String kind() {
        return "another contrast";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        return Alteration.image(pair, Alteration.inside(pair.fixed(),
                mapped(pair.fixed().image().values(), IntensityMap.contrast(random))));
    }

    /** @param values not modified */
    public static float[] mapped(float[] values, IntensityMap contrast) {
        float[] out = values.clone();
        for (int x = 0; x < out.length; x++) {
            out[x] = contrast.at(out[x]);
        }
        return out;
    }
}
