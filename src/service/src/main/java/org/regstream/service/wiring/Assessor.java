package org.regstream.service.wiring;

import java.util.Optional;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.pipeline.AssessmentPipeline;
import org.regstream.core.pipeline.Candidates;
import org.regstream.service.line.RegistrationPool;

/**
 * The ensemble of the model package and the threads that ask it; owns both.
 *
 * @param ensemble     empty if the package has none
 * @param candidates   what fields are chosen from
 */
public record Assessor(Optional<RegistrationModel> ensemble, Candidates candidates,
        RegistrationPool threads) implements AutoCloseable {

    /** The second look; empty if there is none. */
    Optional<AssessmentPipeline> pipeline() {
        return ensemble.map(e -> new AssessmentPipeline(e, candidates));
    }

    @Override
    public void close() {
        threads.close();
        ensemble.ifPresent(RegistrationModel::close);
    }
}
