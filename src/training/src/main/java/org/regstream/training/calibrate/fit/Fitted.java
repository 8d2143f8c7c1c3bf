package org.regstream.training.calibrate.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.regstream.core.ConfigurationException;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.model.Verdict;
import org.regstream.training.calibrate.cases.StructureCase;

/**
 * What was fitted for a structure, or for all that the package does not know.
 *
 * @param predictor        of Dice, with its ranges and interval
 * @param minPredictedDice smallest that does not alert
 * @param minOutlineDice   smallest overlap of outlines and labels that is no dispute; empty where there are no outlines
 * @param meanEntropyNats  above which to alert where nothing is predicted
 */
public record Fitted(DicePredictor predictor, double minPredictedDice, OptionalDouble minOutlineDice,
        double meanEntropyNats) {

    /** How much farther than seen a feature may lie, of the width of what was seen. */
    static final double WIDENED = 0.05;

    /** Of the well carried structures, so many have a lower entropy than the limit. */
    private static final double ENTROPY_QUANTILE = 0.99;

    /** What a package's own structures are judged by: labels that are odd, but rightly carried, are among the cases. */
    static List<String> ownFeatures(List<StructureCase> cases) {
        return ReliabilityFeatures.NAMES.stream()
                .filter(name -> cases.stream().allMatch(c -> c.features().orElseThrow().byName().containsKey(name)))
                .toList();
    }

    /** What any other structure is judged by. */
    static List<String> genericFeatures(List<StructureCase> cases) {
        return ownFeatures(cases).stream().filter(name -> !ReliabilityFeatures.OF_KNOWN_STRUCTURES.contains(name))
                .toList();
    }

    /**
     * Choice of features, limits and interval come from patients held out among those given.
     *
     * @param generic whether for structures that the package does not know
     * @throws ConfigurationException if too few cases are bad to fit a limit
     */
    public static Fitted fit(List<StructureCase> all, boolean generic) {
        List<StructureCase> cases = all.stream().filter(c -> !c.isLost()).toList();
        if (cases.stream().noneMatch(StructureCase::isBad)) {
            throw new ConfigurationException("no case has a Dice below " + StructureCase.BAD_DICE
                    + ", so no limit can be fitted; calibrate on more images");
        }
        List<String> allowed = generic ? genericFeatures(cases) : ownFeatures(cases);
        List<String> names = FeatureChoice.of(cases, allowed);
        Conformal interval = interval(cases, names);
        OptionalDouble dispute = generic ? OptionalDouble.empty() : DisputeLimit.of(cases);
        double limit = DiceLimit.of(heldOut(all, cases, names, allowed, dispute));
        return new Fitted(predictor(DiceFit.fit(cases, names), cases, allowed, interval), limit, dispute,
                entropyLimit(cases));
    }

    private static Conformal interval(List<StructureCase> cases, List<String> names) {
        List<Double> residuals = new ArrayList<>();
        List<StructureCase> order = new ArrayList<>();
        Folds.each(cases, StructureCase::patient, (fitted, held) -> {
            Linear linear = DiceFit.fit(fitted, names);
            held.forEach(c -> residuals
                    .add(Conformal.logit(c.dice()) - linear.at(c.features().orElseThrow().byName())));
            order.addAll(held);
        });
        return Conformal.of(residuals.stream().mapToDouble(Double::doubleValue).toArray(), DiceFit.counts(order));
    }

    private static List<Judgement> heldOut(List<StructureCase> all, List<StructureCase> kept, List<String> names,
            List<String> allowed, OptionalDouble dispute) {
        List<Judgement> judgements = new ArrayList<>();
        Folds.each(kept, StructureCase::patient, (fitted, held) -> {
            Fitted f = new Fitted(
                    predictor(DiceFit.fit(fitted, names), fitted, allowed, new Conformal(0, 0)), 0, dispute, 1);
            held.forEach(c -> judgements.add(f.judge(c)));
        });
        all.stream().filter(StructureCase::isLost)
                .forEach(c -> judgements.add(new Judgement(c, Optional.empty(), false, false)));
        return judgements;
    }

    /** Every allowed feature is guarded, weighed or not. */
    private static DicePredictor predictor(Linear linear, List<StructureCase> cases, List<String> allowed,
            Conformal interval) {
        Map<String, DicePredictor.Range> ranges = new LinkedHashMap<>();
        for (String name : allowed) {
            double[] seen = cases.stream().mapToDouble(c -> c.features().orElseThrow().byName().get(name)).toArray();
            double low = Arrays.stream(seen).min().orElseThrow();
            double high = Arrays.stream(seen).max().orElseThrow();
            double more = WIDENED * (high - low);
            ranges.put(name, new DicePredictor.Range(low - more, high + more));
        }
        return new DicePredictor(linear.intercept(), linear.weights(), ranges, interval.lower(), interval.upper());
    }

    private static double entropyLimit(List<StructureCase> cases) {
        double[] sorted = DoubleStream.concat(
                cases.stream().filter(c -> c.kind().isClean() && c.dice() >= StructureCase.GOOD_DICE)
                        .mapToDouble(c -> c.features().orElseThrow().entropyInside()),
                DoubleStream.of(1e-6)).sorted().toArray();
        return sorted[(int) Math.ceil(ENTROPY_QUANTILE * (sorted.length - 1))];
    }

    Judgement judge(StructureCase c) {
        if (c.isLost()) {
            return new Judgement(c, Optional.empty(), false, false);
        }
        Verdict verdict = predictor.predict(c.features().get());
        boolean low = verdict instanceof Verdict.Judged judged && judged.dice() < minPredictedDice;
        OptionalDouble agreement = DisputeLimit.agreement(c);
        boolean disputed = minOutlineDice.isPresent() && agreement.isPresent()
                && agreement.getAsDouble() < minOutlineDice.getAsDouble();
        return new Judgement(c, Optional.of(verdict), low, disputed);
    }
}
