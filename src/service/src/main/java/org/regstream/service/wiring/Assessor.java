package org.regstream.service.wiring;

import java.util.Optional;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.pipeline.AssessmentPipeline;
import org.regstream.core.pipeline.Candidates;
import org.regstream.dicom.write.SegmentationType;
import org.regstream.service.line.AssessmentServices;
import org.regstream.service.line.RegistrationPool;
import org.regstream.service.publish.AssessmentObjects;

/**
 * The ensemble of the model package and the threads that ask it; owns both.
 *
 * @param ensemble     empty if the package has none
 * @param candidates   what fields are chosen from
 * @param segmentation how its labels are written
 */
public record Assessor(Optional<RegistrationModel> ensemble, Candidates candidates,
        SegmentationType segmentation,
        RegistrationPool threads) implements AutoCloseable {

    /** What lines need for the second look; empty if there is none. */
    Optional<AssessmentServices> services() {
        return ensemble.map(e -> new AssessmentServices(new AssessmentPipeline(e, candidates),
                new AssessmentObjects(e.manifest(), segmentation),
                threads));
    }

    @Override
    public void close() {
        threads.close();
        ensemble.ifPresent(RegistrationModel::close);
    }
}
