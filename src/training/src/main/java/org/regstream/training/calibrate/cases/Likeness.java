package org.regstream.training.calibrate.cases;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.regstream.training.data.Sample;
import org.regstream.training.evaluate.Pairing;

/** Which images of a bank look most like a fixed image, by NLCC as they lie. */
final class Likeness {

    private record Scored(Sample sample, double nlcc) {}

    private Likeness() {}

    /** @return name of each fixed image to all other images of the bank, most similar first */
    static Map<String, List<Sample>> rank(List<Sample> fixed, List<Sample> bank) {
        return fixed.parallelStream().collect(Collectors.toMap(Sample::name, rankedFrom(bank)));
    }

    private static Function<Sample, List<Sample>> rankedFrom(List<Sample> bank) {
        return fixed -> bank.stream().filter(s -> !s.name().equals(fixed.name()))
                .map(s -> new Scored(s, new Pairing(fixed, s).nlcc()))
                .sorted(Comparator.comparingDouble(Scored::nlcc).reversed()).map(Scored::sample).toList();
    }
}
