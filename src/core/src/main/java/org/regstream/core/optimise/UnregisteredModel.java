package org.regstream.core.optimise;

import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Prediction;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/**
 * Leaves every pair as it lies and asks no network: the start of a registration by {@link RefiningModel} alone. Window,
 * intensities and structures are those of a model.
 *
 * @param model referenced, not owned
 */
public record UnregisteredModel(RegistrationModel model) implements RegistrationModel {

    @Override
    public ModelManifest manifest() {
        return model.manifest();
    }

    @Override
    public String provider() {
        return "cpu";
    }

    /** @return no displacement; the moving image and its labels themselves */
    @Override
    public Prediction predict(Volume fixed, Volume moving, LabelProbabilities movingLabels) {
        return new Prediction(DisplacementField.zero(fixed.grid()), moving, movingLabels);
    }

    @Override
    public void close() {}
}
