package org.regstream.training.cli;

import java.time.Duration;
import org.regstream.core.optimise.FittedPair;
import org.regstream.core.optimise.Similarity;
import org.regstream.core.pipeline.Candidates;

/** What commands choose a field from: as the service does, but with all the time that a fit takes. */
final class OfflineCandidates {

    /** Far more than any fit takes: results must not depend on the machine. */
    private static final Duration TIME_TO_FIT = Duration.ofMinutes(1);

    private OfflineCandidates() {}

    static Candidates fitting() {
        return Candidates.fitting(new FittedPair(Similarity.NLCC), TIME_TO_FIT);
    }
}
