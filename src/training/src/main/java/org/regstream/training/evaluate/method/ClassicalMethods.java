package org.regstream.training.evaluate.method;

import org.regstream.core.optimise.ImagePair;
import org.regstream.core.optimise.InstanceOptimisation;
import org.regstream.core.optimise.OptimisationSettings;
import org.regstream.core.optimise.Similarity;
import org.regstream.core.volume.DisplacementField;
import org.regstream.training.data.Task;
import org.regstream.training.evaluate.Pairing;
import org.regstream.training.evaluate.row.Outcome;
import org.regstream.training.evaluate.row.Registrar;

/** Methods without a network that need nothing installed. */
final class ClassicalMethods {

    private ClassicalMethods() {}

    /** Leaves everything where it lies. */
    static Registrar unregistered(Task task) {
        return pair -> Outcome.of(pair, DisplacementField.zero(pair.fixed().image().grid()), task.channels());
    }

    /** Fits a field to each pair (instance optimisation), starting from nothing. */
    static Registrar optimise(Task task) {
        InstanceOptimisation optimisation = new InstanceOptimisation(OptimisationSettings.fromNothing(Similarity.NLCC));
        return pair -> Outcome.of(pair, optimisation.optimise(images(pair),
                DisplacementField.zero(pair.fixed().image().grid()), InstanceOptimisation.Progress.NONE).field(),
                task.channels());
    }

    private static ImagePair images(Pairing pair) {
        return new ImagePair(pair.fixed().image(), pair.fixed().inside(), pair.movingImage(), pair.moving().inside());
    }
}
