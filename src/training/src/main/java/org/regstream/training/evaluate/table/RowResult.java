package org.regstream.training.evaluate.table;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.regstream.core.uncertainty.Auroc;
import org.regstream.core.uncertainty.Calibration;
import org.regstream.core.uncertainty.Rate;
import org.regstream.core.uncertainty.Roc;
import org.regstream.training.evaluate.row.Cost;
import org.regstream.training.evaluate.row.Paper;
import org.regstream.training.evaluate.row.Row;
import org.regstream.training.evaluate.row.UncertaintyKind;

/**
 * A row, measured.
 *
 * @param name        see {@link Row#name()}
 * @param label       see {@link Row#label()}
 * @param paper       see {@link Row#paper()}
 * @param cost        of its trainings
 * @param failure     why there is nothing to measure; null where there is
 * @param cases       one a pair
 * @param curves      mean sparsification of the voxel-wise error over the cases, by map
 * @param reliability bins of all cases together
 */
public record RowResult(String name, String label, Paper paper, Cost cost, String failure, List<CaseResult> cases,
        Map<UncertaintyKind, Curve> curves, List<Calibration.Bin> reliability) {

    /** A structure with less overlap than this is one that an alert should find (METHODS). */
    public static final double BAD_DICE = 0.7;

    /** At which the alerts' sensitivity is given. */
    static final double FALSE_ALERT_RATE = 0.1;

    /** What P1's table 1 judges a method by: the first of these that it has. */
    private static final List<UncertaintyKind> OF_PAPER = List.of(UncertaintyKind.COMBINED, UncertaintyKind.FLOW_SPREAD,
            UncertaintyKind.PREDICTIVE, UncertaintyKind.WARPING_ERROR);

    /** Mean error of what is left, by the share removed: 50 points. @param oracle removed by true error */
    public record Curve(double[] error, double[] oracle) {}

    public RowResult {
        cases = List.copyOf(cases);
        curves = curves.isEmpty() ? Map.of() : new EnumMap<>(curves);
        reliability = List.copyOf(reliability);
    }

    static RowResult failed(Row row, String reason) {
        return new RowResult(row.name(), row.label(), row.paper(), Cost.NOTHING, reason, List.of(), Map.of(),
                List.of());
    }

    static RowResult of(Row row, Cost cost, List<Measurement> cases) {
        return new RowResult(row.name(), row.label(), row.paper(), cost, null,
                cases.stream().map(Measurement::figures).toList(), Averages.curves(cases), Averages.reliability(cases));
    }

    @JsonIgnore
    public boolean isFilled() {
        return failure == null;
    }

    public Statistic statistic(ToDoubleFunction<CaseResult> figure) {
        return Statistic.of(cases.stream().mapToDouble(figure));
    }

    /** Over the cases that have the map. */
    public Statistic statistic(UncertaintyKind kind, ToDoubleFunction<MapFigures> figure) {
        return Statistic.of(cases.stream().filter(c -> c.maps().containsKey(kind))
                .mapToDouble(c -> figure.applyAsDouble(c.maps().get(kind))));
    }

    /** Maps that the row has. */
    public List<UncertaintyKind> kinds() {
        return List.copyOf(curves.keySet());
    }

    /** The map that stands for the row in P1's table; empty if it was not filled. */
    public Optional<UncertaintyKind> paperMap() {
        return OF_PAPER.stream().filter(curves::containsKey).findFirst();
    }

    /** Whether the mean of a map inside a structure tells that its Dice is below 0.7; the structures of a case are alike. */
    public Auroc auroc(UncertaintyKind kind) {
        Verdicts v = verdicts(kind);
        return Auroc.of(v.score, v.bad, v.patient);
    }

    /** Share of the structures below 0.7 that an alert finds which cries wolf for at most a tenth of the others. */
    public Rate sensitivity(UncertaintyKind kind) {
        Verdicts v = verdicts(kind);
        boolean hasGood = IntStream.range(0, v.bad.length).anyMatch(at -> !v.bad[at]);
        return hasGood ? Roc.of(v.score, v.bad).atFalseAlertRate(FALSE_ALERT_RATE).sensitivity() : Rate.of(0, 0);
    }

    private record Verdicts(double[] score, boolean[] bad, int[] patient) {}

    /** Structures that neither side has are left out. */
    private Verdicts verdicts(UncertaintyKind kind) {
        List<int[]> all = IntStream.range(0, cases.size()).boxed()
                .flatMap(c -> IntStream.range(0, cases.get(c).dice().size()).mapToObj(s -> new int[]{c, s}))
                .filter(at -> !Double.isNaN(dice(at))).toList();
        boolean[] bad = new boolean[all.size()];
        for (int n = 0; n < bad.length; n++) {
            bad[n] = dice(all.get(n)) < BAD_DICE;
        }
        return new Verdicts(
                all.stream().mapToDouble(at -> cases.get(at[0]).maps().get(kind).inside().get(at[1])).toArray(), bad,
                all.stream().mapToInt(at -> at[0]).toArray());
    }

    private double dice(int[] at) {
        return cases.get(at[0]).dice().get(at[1]);
    }
}
