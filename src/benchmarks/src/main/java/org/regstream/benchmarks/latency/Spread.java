package org.regstream.benchmarks.latency;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What is said of a set of durations, ms.
 *
 * @param p50     median
 * @param p95     95th percentile
 * @param p99     99th percentile
 * @param longest the longest
 */
record Spread(double p50, double p95, double p99, double longest) {

    /** @param json of a report of the demo */
    static Spread of(JsonNode json) {
        return new Spread(json.path("p50").asDouble(), json.path("p95").asDouble(), json.path("p99").asDouble(),
                json.path("longest").asDouble());
    }

    /** @param rounds at least one
     *  @return figure by figure the middle one, of an even number the larger of the middle two */
    static Spread median(List<Spread> rounds) {
        return new Spread(median(rounds, Spread::p50), median(rounds, Spread::p95), median(rounds, Spread::p99),
                median(rounds, Spread::longest));
    }

    private static double median(List<Spread> rounds, ToDoubleFunction<Spread> figure) {
        return rounds.stream().mapToDouble(figure).sorted().skip(rounds.size() / 2).findFirst().orElseThrow();
    }

    /** @return figure by figure, how many times the other's */
    Spread over(Spread other) {
        return new Spread(p50 / other.p50, p95 / other.p95, p99 / other.p99, longest / other.longest);
    }

    /** @return cells of a table */
    String cells(String format) {
        return String.format(Locale.ROOT, "| " + format + " | " + format + " | " + format + " | " + format + " |", p50,
                p95, p99, longest);
    }
}
