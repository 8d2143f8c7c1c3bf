package org.regstream.demo;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What a run says in all.
 *
 * @param volumes     registered
 * @param overtaken   sent, but dropped for a newer one
 * @param warmUp      registered first and left out of the times: the Java machine was still compiling
 * @param totalMillis last slice handed over until labels received
 * @param queueMillis waiting for the network, which was busy with another volume, in the same volumes
 * @param modelMillis the network alone, in the same volumes
 * @param fieldMillis fitting and choosing the field, in the same volumes
 * @param ownMillis   the difference to these three, volume by volume: broker, assembly, resampling, encoding
 * @param dice        structure to its mean overlap over all registered volumes; empty if the truth is not known
 * @param ensemble    its second looks; empty if none came
 * @param pictures    on display pages; empty if none was open
 * @param processors  of this machine
 */
record TrialSummary(int volumes, int overtaken, int warmUp, Percentiles totalMillis, Percentiles queueMillis,
        Percentiles modelMillis, Percentiles fieldMillis, Percentiles ownMillis, Map<String, MeanOverlap> dice,
        Optional<Ensemble> ensemble,
        Optional<Pictures> pictures, int processors) {

    /**
     * @param volumes     assessed; newer ones have overtaken the others
     * @param totalMillis last slice handed over until the ensemble's labels received
     * @param modelMillis the ensemble alone, in the same volumes
     * @param dice        structure to its means over all assessed volumes; empty if the truth is not known
     */
    record Ensemble(int volumes, Percentiles totalMillis, Percentiles modelMillis, Map<String, MeanDice> dice) {}

    /**
     * The student's pictures on a display page.
     *
     * @param totalMillis last slice handed over until painted
     * @param modelMillis the student alone, in the same volumes
     * @param ownMillis   the difference, volume by volume: all but the network
     */
    record Pictures(Percentiles totalMillis, Percentiles modelMillis, Percentiles ownMillis) {}

    /** Mean Dice, and the mean that the service predicted; null if it predicted none. */
    record MeanDice(double measured, Double predicted) {}

    /** Mean Dice before and after registration. */
    record MeanOverlap(double unregistered, double registered) {}

    /**
     * @param all    scores of volumes by the student, at least one, then of those by the ensemble
     * @param warmUp how many to leave out of the times; all but the last if there are not more
     * @param pictures times of the same volumes on pages
     */
    static TrialSummary of(List<VolumeScore> all, int warmUp, Optional<Pictures> pictures) {
        List<VolumeScore> scores = all.stream().filter(VolumeScore::isStudents).toList();
        List<VolumeScore> assessments = all.stream().filter(s -> !s.isStudents()).toList();
        List<VolumeScore> timed = timed(scores, warmUp);
        int last = scores.get(scores.size() - 1).number();
        return new TrialSummary(scores.size(), last - scores.size(), scores.size() - timed.size(),
                percentiles(timed, VolumeScore::totalMillis), percentiles(timed, VolumeScore::queueMillis),
                percentiles(timed, VolumeScore::modelMillis), percentiles(timed, VolumeScore::fieldMillis),
                percentiles(timed, VolumeScore::ownMillis),
                meanOverlaps(scores), ensemble(assessments, warmUp),
                pictures,
                Runtime.getRuntime().availableProcessors());
    }

    private static List<VolumeScore> timed(List<VolumeScore> scores, int warmUp) {
        return scores.subList(Math.min(warmUp, scores.size() - 1), scores.size());
    }

    private static Optional<Ensemble> ensemble(List<VolumeScore> assessments, int warmUp) {
        if (assessments.isEmpty()) {
            return Optional.empty();
        }
        List<VolumeScore> timed = timed(assessments, warmUp);
        Map<String, MeanDice> dice = new LinkedHashMap<>();
        meanOverlaps(assessments).forEach((structure, overlap) -> dice.put(structure,
                new MeanDice(overlap.registered(), meanPrediction(assessments, structure))));
        return Optional.of(new Ensemble(assessments.size(), percentiles(timed, VolumeScore::totalMillis),
                percentiles(timed, VolumeScore::modelMillis), dice));
    }

    private static Double meanPrediction(List<VolumeScore> assessments, String structure) {
        OptionalDouble mean = assessments.stream().map(s -> s.predictedDice().get(structure)).filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue).average();
        return mean.isPresent() ? mean.getAsDouble() : null;
    }

    private static Percentiles percentiles(List<VolumeScore> scores, ToDoubleFunction<VolumeScore> millis) {
        return Percentiles.of(scores.stream().mapToDouble(millis).toArray());
    }

    private static Map<String, MeanOverlap> meanOverlaps(List<VolumeScore> scores) {
        Map<String, MeanOverlap> means = new LinkedHashMap<>();
        scores.get(0).overlap().ifPresent(structures -> {
            for (int s = 0; s < structures.size(); s++) {
                int structure = s;
                means.put(structures.get(s).structure(), new MeanOverlap(
                        mean(scores, score -> score.overlap().orElseThrow().get(structure).unregistered()),
                        mean(scores, score -> score.overlap().orElseThrow().get(structure).registered())));
            }
        });
        return means;
    }

    private static double mean(List<VolumeScore> scores, ToDoubleFunction<VolumeScore> figure) {
        return scores.stream().mapToDouble(figure).average().orElseThrow();
    }

    /** Writes it as JSON, replacing what is there. */
    void write(Path file) {
        try {
            Files.write(file,
                    JsonMapper.builder().addModule(new Jdk8Module()).enable(SerializationFeature.INDENT_OUTPUT).build()
                            .writeValueAsBytes(this));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
