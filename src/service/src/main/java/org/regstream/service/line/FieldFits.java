package org.regstream.service.line;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.regstream.core.optimise.FittedPair;
import org.regstream.core.optimise.Similarity;
import org.regstream.core.pipeline.Candidates;
import org.regstream.core.pipeline.FieldSource;
import org.regstream.core.pipeline.PairFit;

/** Which fields a volume's is chosen from, and how they are fitted: for live volumes and for files alike. */
public final class FieldFits {

    private FieldFits() {}

    /**
     * The alignment, the network's field and both fitted to the pair.
     *
     * @param budget     of all fits of a volume; 0 for none
     * @param similarity what a fit makes alike
     */
    public static Candidates within(Duration budget, Similarity similarity) {
        return budget.isZero()
                ? Candidates.withoutFitting()
                : Candidates.fitting(fit(similarity), budget);
    }

    /** Some of them. @param sources without the alignment, which is always one */
    public static Candidates of(Set<FieldSource> sources, Duration budget, Similarity similarity) {
        return new Candidates(EnumSet.copyOf(sources), Optional.of(fit(similarity)), budget);
    }

    private static PairFit fit(Similarity similarity) {
        return new FittedPair(similarity);
    }
}
