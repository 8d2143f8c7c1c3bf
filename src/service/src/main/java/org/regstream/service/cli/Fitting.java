package org.regstream.service.cli;

import java.util.Locale;
import java.util.function.Consumer;
import org.regstream.core.ModelException;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.optimise.OptimisationSettings;
import org.regstream.core.optimise.OptimisedField;
import org.regstream.core.optimise.RefiningModel;
import org.regstream.core.optimise.Similarity;
import org.regstream.core.optimise.UnregisteredModel;
import org.regstream.service.cli.RegistrationReport.PairFit;

/** Fitting the field to the pair at hand. */
record Fitting(Start start, Similarity similarity) {

    /** Where it starts. */
    enum Start {
        /** From the network's field, which is given out where nothing better is found. */
        NETWORK {
            @Override
            RegistrationModel over(RegistrationModel network, Similarity similarity, Consumer<OptimisedField> heard) {
                return new RefiningModel(network, OptimisationSettings.refine(similarity), heard);
            }
        },
        /** From the images as they lie, without the network: there is no registration where nothing better is found. */
        NOTHING {
            @Override
            RegistrationModel over(RegistrationModel network, Similarity similarity, Consumer<OptimisedField> heard) {
                return new RefiningModel(new UnregisteredModel(network), OptimisationSettings.fromNothing(similarity),
                        fitted -> heard.accept(required(fitted)));
            }
        };

        private static OptimisedField required(OptimisedField fitted) {
            if (!fitted.improved()) {
                throw new ModelException(
                        "no field fits the pair better than none at all; compare the two images, or let the"
                                + " network start: leave --no-network out");
            }
            return fitted;
        }

        abstract RegistrationModel over(RegistrationModel network, Similarity similarity,
                Consumer<OptimisedField> heard);
    }

    /** @param heard told of every pair what came of it */
    RegistrationModel over(RegistrationModel network, Consumer<OptimisedField> heard) {
        return start.over(network, similarity, heard);
    }

    PairFit report(OptimisedField fitted) {
        return new PairFit(start.name().toLowerCase(Locale.ROOT), similarity.name().toLowerCase(Locale.ROOT),
                fitted.improved(), fitted.before(), fitted.after(), fitted.iterations());
    }
}
