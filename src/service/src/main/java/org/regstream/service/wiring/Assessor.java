package org.regstream.service.wiring;

import java.util.Optional;
import org.regstream.core.model.EnsembleModel;
import org.regstream.core.pipeline.AssessmentPipeline;
import org.regstream.service.line.AssessmentServices;
import org.regstream.service.line.RegistrationPool;
import org.regstream.service.publish.AssessmentObjects;

/**
 * The ensemble of the model package and the threads that ask it; owns both.
 *
 * @param ensemble empty if the package has none
 */
public record Assessor(Optional<EnsembleModel> ensemble, RegistrationPool threads) implements AutoCloseable {

    /** What lines need for the second look; empty if there is none. */
    Optional<AssessmentServices> services() {
        return ensemble.map(e -> new AssessmentServices(new AssessmentPipeline(e), new AssessmentObjects(e.manifest()),
                threads));
    }

    @Override
    public void close() {
        threads.close();
        ensemble.ifPresent(EnsembleModel::close);
    }
}
