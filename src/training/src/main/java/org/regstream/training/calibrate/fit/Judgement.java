package org.regstream.training.calibrate.fit;

import java.util.Optional;
import org.regstream.core.model.Verdict;
import org.regstream.training.calibrate.cases.StructureCase;

/**
 * What the service would say of a case.
 *
 * @param of       the case
 * @param verdict  empty if the structure is lost
 * @param isLow    whether the predicted Dice lies below its limit
 * @param disputed whether the network's own outline lies elsewhere
 */
record Judgement(StructureCase of, Optional<Verdict> verdict, boolean isLow, boolean disputed) {

    boolean isJudged() {
        return verdict.filter(Verdict.Judged.class::isInstance).isPresent();
    }

    boolean isNotJudged() {
        return verdict.filter(Verdict.NotJudged.class::isInstance).isPresent();
    }

    /** Whether anything warns: a low or no verdict, a dispute, or a structure that is not found. */
    boolean isTold() {
        return of.isLost() || isNotJudged() || isLow || disputed;
    }

    /** Predicted Dice; 0 where nothing is predicted, which is told. */
    double predicted() {
        return verdict.filter(Verdict.Judged.class::isInstance).map(v -> ((Verdict.Judged) v).dice()).orElse(0.0);
    }

    /** Whether the interval holds the true Dice, or 0.999 for one beyond; of judged cases. */
    boolean isCovered() {
        Verdict.Judged v = (Verdict.Judged) verdict.orElseThrow();
        double dice = Conformal.clipped(of.dice());
        return v.low90() <= dice && dice <= v.high90();
    }
}
