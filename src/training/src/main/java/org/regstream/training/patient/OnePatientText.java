package org.regstream.training.patient;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.regstream.core.pipeline.FieldSource;

/** The tables, for people and documents. */
public final class OnePatientText {

    private OnePatientText() {}

    /** Two Markdown tables. */
    public static String of(OnePatient result) {
        StringBuilder text = new StringBuilder(
                "| one patient, simulated | images | nothing done | network alone | published"
                        + " | worst published | error mm, network | error mm, published | folding % | taken |\n"
                        + "|---|---|---|---|---|---|---|---|---|---|\n");
        for (Movement movement : Movement.ALL) {
            moved(text, movement, result.moved().stream().filter(c -> c.movement().equals(movement)).toList());
        }
        text.append("\nMean length of the network's field on the very same image: ")
                .append(String.format(Locale.ROOT, "%.4f voxels.%n", mean(
                        result.moved().stream().filter(c -> c.movement().equals(Movement.SAME_IMAGE)).toList(),
                        MovedCase::length)));
        text.append("\n| given labels, after ").append(Movement.RIGID.name())
                .append(" | images | nothing done | published | worst published |\n|---|---|---|---|---|\n");
        Map<String, List<GivenCase>> given = result.given().stream()
                .collect(Collectors.groupingBy(GivenCase::given, LinkedHashMap::new, Collectors.toList()));
        given.forEach((name, cases) -> text.append(String.format(Locale.ROOT, "| %s | %d | %.3f | %.3f | %.3f |%n",
                name, cases.size(), mean(cases, GivenCase::before), mean(cases, GivenCase::published),
                cases.stream().mapToDouble(GivenCase::published).min().orElse(Double.NaN))));
        return text.toString();
    }

    private static void moved(StringBuilder text, Movement movement, List<MovedCase> cases) {
        Map<FieldSource, Long> sources = new LinkedHashMap<>();
        cases.forEach(c -> sources.merge(c.source(), 1L, Long::sum));
        text.append(String.format(Locale.ROOT,
                "| %s | %d | %.3f | %.3f | %.3f | %.3f | %.2f | %.2f | %.4f | %s |%n", movement.name(), cases.size(),
                mean(cases, MovedCase::before), mean(cases, MovedCase::network), mean(cases, MovedCase::published),
                cases.stream().mapToDouble(MovedCase::published).min().orElse(Double.NaN),
                mean(cases, MovedCase::errorOfNetwork), mean(cases, MovedCase::errorOfPublished),
                100 * mean(cases, MovedCase::folding), sources.entrySet().stream()
                        .map(e -> e.getKey().name().toLowerCase(Locale.ROOT) + " " + e.getValue())
                        .collect(Collectors.joining(", "))));
    }

    /** Of those that have the figure. */
    private static <T> double mean(List<T> cases, ToDoubleFunction<T> figure) {
        return cases.stream().mapToDouble(figure).filter(x -> !Double.isNaN(x)).average().orElse(Double.NaN);
    }
}
