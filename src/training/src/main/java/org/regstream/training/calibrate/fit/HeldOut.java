package org.regstream.training.calibrate.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.regstream.core.uncertainty.Auroc;
import org.regstream.core.uncertainty.Rate;
import org.regstream.core.uncertainty.Roc;
import org.regstream.training.calibrate.cases.StructureCase;

/**
 * Judgements of patients held out: everything they are judged by, choice of features included, was fitted on other patients' cases.
 * The pre-operative image of two people may still come of a patient of another fold.
 *
 * @param judgements of one structure or of several
 */
public record HeldOut(List<Judgement> judgements) {

    public HeldOut {
        judgements = List.copyOf(judgements);
    }

    /**
     * @param cases   of one structure; of all for {@code generic}
     * @param generic whether for structures that the package does not know
     */
    public static HeldOut crossValidate(List<StructureCase> cases, boolean generic) {
        List<Judgement> judgements = new ArrayList<>();
        Folds.each(cases, StructureCase::patient, (fitted, held) -> {
            Fitted f = Fitted.fit(fitted, generic);
            held.forEach(c -> judgements.add(f.judge(c)));
        });
        return new HeldOut(judgements);
    }

    /** Of all those together. */
    public static HeldOut union(List<HeldOut> parts) {
        return new HeldOut(parts.stream().flatMap(p -> p.judgements.stream()).toList());
    }

    /** Those whose case fits. */
    public HeldOut of(Predicate<StructureCase> which) {
        return new HeldOut(judgements.stream().filter(j -> which.test(j.of())).toList());
    }

    int count(Predicate<Judgement> which) {
        return (int) judgements.stream().filter(which).count();
    }

    /** Of the structures that came out below a Dice, those told. */
    Rate toldBelow(double dice) {
        HeldOut below = of(c -> c.dice() < dice);
        return below.share(Judgement::isTold);
    }

    /** Of the well carried structures of pairs that belong together, those told. */
    Rate falselyTold() {
        return of(c -> c.kind().mayBeFalselyAlerted() && c.dice() >= StructureCase.GOOD_DICE)
                .share(Judgement::isTold);
    }

    Rate share(Predicate<Judgement> which) {
        return Rate.of(count(which), judgements.size());
    }

    /** Mean of predicted less true Dice, of judged ones. */
    double bias() {
        return judgements.stream().filter(Judgement::isJudged).mapToDouble(j -> j.predicted() - j.of().dice())
                .average().orElse(Double.NaN);
    }

    double meanError() {
        return judgements.stream().filter(Judgement::isJudged)
                .mapToDouble(j -> Math.abs(j.predicted() - j.of().dice())).average().orElse(Double.NaN);
    }

    /** Of judged ones, those whose interval holds the true Dice. */
    Rate coverage() {
        return new HeldOut(judgements.stream().filter(Judgement::isJudged).toList()).share(Judgement::isCovered);
    }

    /** Cases of one patient count as alike. */
    Auroc auroc() {
        List<String> patients = judgements.stream().map(j -> j.of().patient()).distinct().toList();
        return Auroc.of(scores(), bad(),
                judgements.stream().mapToInt(j -> patients.indexOf(j.of().patient())).toArray());
    }

    Roc roc() {
        return Roc.of(scores(), bad());
    }

    private double[] scores() {
        return judgements.stream().mapToDouble(j -> -j.predicted()).toArray();
    }

    private boolean[] bad() {
        boolean[] bad = new boolean[judgements.size()];
        for (int n = 0; n < bad.length; n++) {
            bad[n] = judgements.get(n).of().isBad();
        }
        return bad;
    }
}
