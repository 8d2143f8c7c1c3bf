package org.regstream.training;

import java.util.Arrays;
import java.util.List;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Look;
import org.regstream.core.model.Prediction;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/** What networks say, made up. */
public final class Looks {

    private Looks() {}

    /** One that moves nothing, expects nearly no error and outlines nothing. @param channels background included */
    public static Look still(Grid grid, int channels) {
        float[] error = new float[grid.size()];
        Arrays.fill(error, 1e-3f);
        float[] background = new float[channels * grid.size()];
        Arrays.fill(background, 0, grid.size(), 1);
        LabelProbabilities none = LabelProbabilities.takeOwnershipOf(grid, channels, background);
        return new Look(List.of(new Prediction(DisplacementField.zero(grid), Volume.takeOwnershipOf(grid, error), none,
                none)));
    }
}
