package org.regstream.training.evaluate.table;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.regstream.core.uncertainty.Calibration;
import org.regstream.training.evaluate.Protocol;
import org.regstream.training.evaluate.row.Budget;
import org.regstream.training.evaluate.row.Cost;
import org.regstream.training.evaluate.row.Paper;
import org.regstream.training.evaluate.row.UncertaintyKind;

/** Results made by hand. */
public final class TableFixtures {

    public static final Terms TERMS = new Terms("tiny", List.of("lower", "upper"), Protocol.ATLAS,
            new Budget(3, 20, 2, 7), "FAST");

    private TableFixtures() {}

    /** Of a structure each, with an entropy inside that grows as the overlap falls. */
    public static CaseResult caseOf(String fixed, double lower, double upper) {
        Map<UncertaintyKind, MapFigures> maps = new EnumMap<>(UncertaintyKind.class);
        maps.put(UncertaintyKind.LABEL_ENTROPY,
                new MapFigures(0.004, 0.05, 0.06, 0.5, List.of(1 - lower, 1 - upper)));
        maps.put(UncertaintyKind.WARPING_ERROR, new MapFigures(0.008, 0.07, 0.08, 0.1, List.of(lower, upper)));
        return new CaseResult(fixed, "moving", 0.005, 0.9, 0.79, List.of(lower, upper), 0.9, List.of(0.5, 0.7),
                List.of(2.0, Double.POSITIVE_INFINITY), 0.001, 0.2, 0.06, 0.01, 0.03, 0.25, maps);
    }

    public static RowResult row(String name, String label, Paper paper, double minutes) {
        List<CaseResult> cases = List.of(caseOf("a", 0.9, 0.6), caseOf("b", 0.8, 0.65));
        Map<UncertaintyKind, RowResult.Curve> curves = new EnumMap<>(UncertaintyKind.class);
        for (UncertaintyKind kind : cases.get(0).maps().keySet()) {
            curves.put(kind, curve());
        }
        Cost cost = minutes == 0 ? Cost.NOTHING : new Cost(1, 3, 60, minutes);
        return new RowResult(name, label, paper, cost, null, cases, curves, bins());
    }

    private static RowResult.Curve curve() {
        double[] error = new double[50];
        double[] oracle = new double[50];
        for (int b = 0; b < 50; b++) {
            error[b] = 0.02 * (1 - b / 50.0);
            oracle[b] = Math.max(0, 0.02 - 0.004 * b);
        }
        return new RowResult.Curve(error, oracle);
    }

    private static List<Calibration.Bin> bins() {
        List<Calibration.Bin> bins = new ArrayList<>();
        for (int b = 0; b < Calibration.BINS; b++) {
            boolean empty = b < 5;
            double middle = (b + 0.5) / Calibration.BINS;
            bins.add(new Calibration.Bin((double) b / Calibration.BINS, (b + 1.0) / Calibration.BINS, empty ? 0 : 100,
                    empty ? Double.NaN : middle, empty ? Double.NaN : middle * 0.9));
        }
        return bins;
    }

    public static Comparison comparison() {
        RowResult failed = new RowResult("syn", "SyN", Paper.P2, Cost.NOTHING,
                "not installed: --syn-command was not given",
                List.of(), Map.of(), List.of());
        return new Comparison(TERMS, "2 x test", List.of(row("unregistered", "unregistered", Paper.P1, 0),
                row("ours", "Ours", Paper.P1, 2), row("vm-1", "VM (λ = 1)", Paper.P2, 3),
                row("vm-2", "VM (λ = 2)", Paper.P2, 5), row("as+atc", "VM (AS+ATC)", Paper.P2, 2), failed,
                row("optimise", "instance optimisation", Paper.OWN, 0)));
    }
}
