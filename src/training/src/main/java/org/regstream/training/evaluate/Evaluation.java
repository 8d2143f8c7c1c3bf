package org.regstream.training.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.regstream.onnx.GoldenPair;

/**
 * All pairs of a protocol in figures.
 *
 * @param protocol that paired them
 * @param cases    one a fixed image
 */
public record Evaluation(Protocol protocol, List<CaseFigures> cases) {

    public Evaluation {
        cases = List.copyOf(cases);
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("an evaluation needs at least one pair");
        }
    }

    /** Registers and measures each pair. */
    public static Evaluation run(GoldenPair.Network network, Protocol protocol, List<Pairing> pairs, int channels) {
        return new Evaluation(protocol, pairs.stream().map(p -> CaseFigures.of(network, p, channels)).toList());
    }

    public double mean(ToDoubleFunction<CaseFigures> figure) {
        return cases.stream().mapToDouble(figure).average().orElseThrow();
    }

    /** Standard deviation over the cases (n - 1); 0 for a single one. */
    public double sd(ToDoubleFunction<CaseFigures> figure) {
        double mean = mean(figure);
        double squares = cases.stream().mapToDouble(figure).map(x -> (x - mean) * (x - mean)).sum();
        return cases.size() == 1 ? 0 : Math.sqrt(squares / (cases.size() - 1));
    }

    /** Linear between order statistics. @param percent in [0, 100] */
    public double percentile(ToDoubleFunction<CaseFigures> figure, double percent) {
        double[] sorted = cases.stream().mapToDouble(figure).toArray();
        Arrays.sort(sorted);
        double at = percent / 100 * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
