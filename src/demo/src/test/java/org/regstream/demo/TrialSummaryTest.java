package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.line.Network;

class TrialSummaryTest {

    private static final List<VolumeScore> SCORES = List.of(score(1, 900, 300, 0.5, 0.7), score(2, 220, 200, 0.6, 0.8),
            score(4, 230, 200, 0.7, 0.9), score(5, 250, 210, 0.6, 0.8));

    @Test
    void shouldLeaveWarmUpOutOfTimesAndKeepItInOverlaps() {
        TrialSummary summary = TrialSummary.of(SCORES, 1, Optional.empty());

        // totals 220, 230, 250; network 200, 200, 210; fits 10; queue 5; own 5, 15, 25
        assertThat(summary.totalMillis().p50()).isEqualTo(230);
        assertThat(summary.modelMillis().p50()).isEqualTo(200);
        assertThat(summary.fieldMillis().p50()).isEqualTo(10);
        assertThat(summary.queueMillis().p50()).isEqualTo(5);
        assertThat(summary.ownMillis().p50()).isEqualTo(15);
        assertThat(summary.ownMillis().longest()).isEqualTo(25);
        assertThat(summary.warmUp()).isEqualTo(1);
        // means over all four: before (0.5 + 0.6 + 0.7 + 0.6) / 4, after (0.7 + 0.8 + 0.9 + 0.8) / 4
        assertThat(summary.dice().get("head").unregistered()).isCloseTo(0.6, within(1e-9));
        assertThat(summary.dice().get("head").registered()).isCloseTo(0.8, within(1e-9));
    }

    @Test
    void shouldCountOvertakenVolumes() {
        // given volumes 1, 2, 4 and 5 came out
        assertThat(TrialSummary.of(SCORES, 0, Optional.empty()).overtaken()).isEqualTo(1);
    }

    @Test
    void shouldKeepAtLeastOneVolumeForTheTimes() {
        TrialSummary summary = TrialSummary.of(SCORES, 10, Optional.empty());

        assertThat(summary.warmUp()).isEqualTo(3);
        assertThat(summary.totalMillis().count()).isEqualTo(1);
        assertThat(summary.totalMillis().p50()).isEqualTo(250);
    }

    @Test
    void shouldSayNothingOfOverlapWithoutTruth() {
        VolumeScore unknown = new VolumeScore(1, Network.STUDENT, 100, 0, 90, 0, Optional.empty(), Map.of());

        assertThat(TrialSummary.of(List.of(unknown), 0, Optional.empty()).dice()).isEmpty();
    }

    @Test
    void shouldWriteItsFiguresAsJson(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("latency.json");

        TrialSummary.of(SCORES, 1, Optional.empty()).write(file);

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.path("volumes").asInt()).isEqualTo(4);
        assertThat(json.path("ownMillis").path("p50").asDouble()).isEqualTo(15);
        assertThat(json.path("queueMillis").path("p50").asDouble()).isEqualTo(5);
        assertThat(json.path("dice").path("head").path("registered").asDouble()).isCloseTo(0.8, within(1e-9));
    }

    /** Predicted 0.8 and 0.9 where 0.7 and 0.9 came out; the first is left out of the times. */
    @Test
    void shouldTellTheEnsemblesFiguresApart() {
        List<VolumeScore> all = Stream.concat(SCORES.stream(),
                Stream.of(assessment(1, 3000, 1900, 0.7, 0.8), assessment(4, 1500, 900, 0.9, 0.9))).toList();

        TrialSummary summary = TrialSummary.of(all, 1, Optional.empty());

        assertThat(summary.volumes()).isEqualTo(4);
        assertThat(summary.dice().get("head").registered()).isCloseTo(0.8, within(1e-9));
        TrialSummary.Ensemble ensemble = summary.ensemble().orElseThrow();
        assertThat(ensemble.volumes()).isEqualTo(2);
        assertThat(ensemble.totalMillis().p50()).isEqualTo(1500);
        assertThat(ensemble.modelMillis().p50()).isEqualTo(900);
        assertThat(ensemble.dice().get("head").measured()).isCloseTo(0.8, within(1e-9));
        assertThat(ensemble.dice().get("head").predicted()).isCloseTo(0.85, within(1e-9));
    }

    private static VolumeScore assessment(int number, double total, double model, double measured, double predicted) {
        return new VolumeScore(number, Network.ENSEMBLE, total, 0, model, 0,
                Optional.of(List.of(new VolumeScore.Overlap("head", 0.5, measured))), Map.of("head", predicted));
    }

    private static VolumeScore score(int number, double total, double model, double before, double after) {
        return new VolumeScore(number, Network.STUDENT, total, 5, model, 10,
                Optional.of(List.of(new VolumeScore.Overlap("head", before, after))), Map.of());
    }
}
