package org.regstream.training.calibrate.fit;

import org.regstream.core.uncertainty.Rate;
import org.regstream.training.calibrate.cases.CaseKind;

/**
 * How one kind of pair and failure was judged, over all structures of patients held out.
 *
 * @param kind     which
 * @param figures  of it
 * @param told     of all of them, however well carried: what counts where an alert is due
 * @param isLow    of all, those whose predicted Dice lies below its limit
 * @param disputed of all, those that the network's own outlines dispute
 */
public record KindFigures(CaseKind kind, GroupFigures figures, Rate told, Rate isLow, Rate disputed) {

    public static KindFigures of(CaseKind kind, HeldOut all) {
        HeldOut held = all.of(c -> c.kind().equals(kind));
        return new KindFigures(kind, GroupFigures.of(kind.name(), held), held.share(Judgement::isTold),
                held.share(Judgement::isLow), held.share(Judgement::disputed));
    }
}
