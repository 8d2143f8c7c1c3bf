package org.regstream.core.optimise;

import java.util.function.Consumer;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Prediction;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.optimise.InstanceOptimisation.Progress;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Warp;

/**
 * A model whose field is improved on the pair at hand. Image and labels are then those that the improved field pulls: what a
 * refiner inside the network made of them no longer applies, nor does the error that it expects. Where nothing improves the
 * network's own prediction is given out.
 *
 * <p>Known voxels are those within the box around all that is not 0: the port gives mapped intensities, 0 in padding. As
 * thread-safe as the model.
 */
public final class RefiningModel implements RegistrationModel {
    private final RegistrationModel model;
    private final InstanceOptimisation optimisation;
    private final Consumer<OptimisedField> heard;

    /**
     * @param model referenced; closed with this
     * @param heard told of every pair what came of it, on the caller's thread
     */
    public RefiningModel(RegistrationModel model, OptimisationSettings settings, Consumer<OptimisedField> heard) {
        this.model = model;
        this.optimisation = new InstanceOptimisation(settings);
        this.heard = heard;
    }

    @Override
    public ModelManifest manifest() {
        return model.manifest();
    }

    @Override
    public String provider() {
        return model.provider();
    }

    @Override
    public Prediction predict(Volume fixed, Volume moving, LabelProbabilities movingLabels) {
        Prediction prediction = model.predict(fixed, moving, movingLabels);
        OptimisedField refined = optimisation.optimise(pair(fixed, moving), prediction.displacement(), Progress.NONE);
        heard.accept(refined);
        return refined.improved()
                ? new Prediction(refined.field(), Warp.linear(moving, refined.field(), 0),
                        Warp.linear(movingLabels, refined.field()))
                : prediction;
    }

    private static ImagePair pair(Volume fixed, Volume moving) {
        return new ImagePair(fixed, box(fixed), moving, box(moving));
    }

    /** True within the box around all voxels that are not 0; everywhere if there is none. */
    private static boolean[] box(Volume image) {
        Grid g = image.grid();
        boolean[] mask = new boolean[g.size()];
        for (int x = 0; x < mask.length; x++) {
            mask[x] = image.values()[x] != 0;
        }
        return Box.around(g, mask).mask();
    }

    @Override
    public void close() {
        model.close();
    }
}
