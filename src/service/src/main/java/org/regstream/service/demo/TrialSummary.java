package org.regstream.service.demo;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What a run says in all.
 *
 * @param volumes     registered
 * @param overtaken   sent, but dropped for a newer one
 * @param warmUp      registered first and left out of the times: the Java machine was still compiling
 * @param totalMillis last slice handed over until labels received
 * @param modelMillis the network alone, in the same volumes
 * @param ownMillis   the difference, volume by volume: broker, assembly, resampling, encoding
 * @param dice        structure to its mean overlap over all registered volumes; empty if the truth is not known
 * @param processors  of this machine
 */
record TrialSummary(int volumes, int overtaken, int warmUp, Percentiles totalMillis, Percentiles modelMillis,
        Percentiles ownMillis, Map<String, MeanOverlap> dice, int processors) {

    /** Mean Dice before and after registration. */
    record MeanOverlap(double unregistered, double registered) {}

    /**
     * @param scores at least one
     * @param warmUp how many to leave out of the times; all but the last if there are not more
     */
    static TrialSummary of(List<VolumeScore> scores, int warmUp) {
        int skipped = Math.min(warmUp, scores.size() - 1);
        List<VolumeScore> timed = scores.subList(skipped, scores.size());
        int last = scores.get(scores.size() - 1).number();
        return new TrialSummary(scores.size(), last - scores.size(), skipped,
                percentiles(timed, VolumeScore::totalMillis), percentiles(timed, VolumeScore::modelMillis),
                percentiles(timed, VolumeScore::ownMillis), meanOverlaps(scores),
                Runtime.getRuntime().availableProcessors());
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
            Files.write(file, JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build()
                    .writeValueAsBytes(this));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
