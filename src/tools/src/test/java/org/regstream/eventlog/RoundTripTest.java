package org.regstream.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.regstream.core.alert.AlertSettings;
import org.regstream.core.assembly.AssemblyPolicy;
import org.regstream.core.line.Event;
import org.regstream.core.line.LineRules;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.procedure.ProcedureFacts;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.volume.Volume;

/** What is written is read again, but for pixels and names. */
class RoundTripTest {

    private static final int TRIES = 400;

    private static final RecursiveComparisonConfiguration BUT_FOR_PIXELS = RecursiveComparisonConfiguration.builder()
            .withEqualsForType((a, b) -> a.grid().equals(b.grid()), Volume.class)
            .withEqualsForType(Double::equals, Double.class).build();

    private static final RecursiveComparisonConfiguration BUT_FOR_NAMES_AND_PIXELS = RecursiveComparisonConfiguration
            .builder().withEqualsForType((a, b) -> a.grid().equals(b.grid()), Volume.class)
            .withEqualsForType(Double::equals, Double.class)
            .withIgnoredFieldsMatchingRegexes(".*InstanceUid", ".*frameOfReferenceUid", ".*volumeId.*", ".*shown.*",
                    ".*digest", "(.*\\.)?by\\.by", ".*acknowledgement\\.value\\.by", ".*payload.*", ".*space.*")
            .build();

    @Test
    void shouldReadEveryEventAndMomentAsItWasWritten() {
        for (int seed = 0; seed < TRIES; seed++) {
            AnyStep any = new AnyStep(new Random(seed));
            LoggedStep written = new LoggedStep(1, any.moment(), any.event(), List.of("an effect"));

            LoggedStep read = read(written);

            assertThat(read).as("seed %d", seed).usingRecursiveComparison(BUT_FOR_NAMES_AND_PIXELS).isEqualTo(written);
            assertThat(read(read)).as("names of names, seed %d", seed).usingRecursiveComparison(BUT_FOR_PIXELS)
                    .isEqualTo(read);
        }
    }

    @Test
    void shouldTryEveryEvent() {
        Set<Class<?>> tried = new HashSet<>();
        for (int seed = 0; seed < TRIES; seed++) {
            tried.add(new AnyStep(new Random(seed)).event().getClass());
        }

        assertThat(tried).isEqualTo(Arrays.stream(Event.class.getPermittedSubclasses()).collect(Collectors.toSet()));
    }

    @Test
    void shouldReadTheRulesAsTheyWereWritten() {
        for (int seed = 0; seed < TRIES; seed++) {
            LineRules rules = new AnyStep(new Random(seed)).rules();

            LogHeader read = Recording.read(List.of(new LogLines<LoggedFrame>().header("0.1.0", rules, seed))).header();

            assertThat(read.rules()).as("seed %d", seed).usingRecursiveComparison(BUT_FOR_NAMES_AND_PIXELS)
                    .isEqualTo(rules);
            assertThat(read.rules().procedure().space().isPresent()).isEqualTo(rules.procedure().space().isPresent());
            assertThat(read.lastSequence()).isEqualTo(seed);
        }
    }

    private static LoggedStep read(LoggedStep step) {
        LogLines<LoggedFrame> lines = new LogLines<>();
        LineRules rules = new LineRules(new ProcedureFacts("p1", List.of(FakeModel.HEAD), Optional.empty(),
                Duration.ofSeconds(10)), "00", AssemblyPolicy.DEFAULT,
                FakeModel.manifest(new ModelGrid(8, 8, 8, 1, "LPS")).thresholds(),
                AlertSettings.withAgeBudget(Duration.ofSeconds(10)), false, 100, "run-1", "cpu");
        String header = lines.header("0.1.0", rules, 0);
        String line = lines.step(step.event(), step.at(), List.of());
        LoggedStep read = Recording.steps(Recording.read(List.of(header, line))).get(0);
        return new LoggedStep(read.number(), read.at(), read.event(), step.effects());
    }
}
