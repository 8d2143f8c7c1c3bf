package org.regstream.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.regstream.core.line.ResultFigures;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.model.Verdict;
import org.regstream.core.model.Verdict.Judged;
import org.regstream.core.model.Verdict.NotJudged;
import org.regstream.core.pipeline.FieldSource;
import org.regstream.core.pipeline.Score;
import org.regstream.core.pipeline.StructureAssessment;
import org.regstream.core.pipeline.StructureFigures;

/**
 * What is told of a result beside its labels, JSON; schema version 1. In the header {@code ce_figures} of events with labels,
 * in {@code report.json}, and to the page. What does not apply is left out; figures that are not finite too.
 *
 * @param schema      version of this layout
 * @param labelSource {@code carried} or {@code refined}; refined if any structure is
 * @param field       which candidate carried them: {@code alignment}, {@code network}, {@code network-fitted}, {@code fitted}
 * @param candidates  what each candidate scored, by its name
 * @param pose        how the images lay before
 * @param structures  in the procedure's order
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"schema", "labelSource", "field", "candidates", "pose", "structures"})
public record ResultFiguresDocument(int schema, String labelSource, String field,
        Map<String, CandidateScore> candidates, PoseDocument pose, List<OfStructure> structures) {

    public static final int SCHEMA = 1;

    /** As {@link Score}; the highest total wins, the simplest of those near it. */
    @JsonPropertyOrder({"total", "similarity", "outlines", "roughness"})
    public record CandidateScore(double total, double similarity, double outlines, double roughness) {}

    /**
     * @param name            of the structure
     * @param labelSource     of its own labels
     * @param volumeMm3       of them on the live grid
     * @param referenceMm3    of the pre-operative structure
     * @param coverage        share of it that the live image covers, [0, 1]
     * @param meanEntropyNats inside it
     * @param expectedErrorMm mean expected error of the place of its border
     * @param verdict         Dice to expect, or why none can be told; left out where nobody judges
     * @param features        all that the verdict looks at, by the names of {@link ReliabilityFeatures#NAMES}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"name", "labelSource", "volumeMm3", "referenceMm3", "coverage", "meanEntropyNats",
            "expectedErrorMm", "verdict", "features"})
    public record OfStructure(String name, String labelSource, double volumeMm3, double referenceMm3, double coverage,
            Double meanEntropyNats, Double expectedErrorMm, OfVerdict verdict, Map<String, Double> features) {}

    /** Either the first three, or {@code notJudged}.
     *  @param low90 to {@code high90} the true Dice lies in 90 % of the cases that calibration saw */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"predictedDice", "low90", "high90", "notJudged"})
    public record OfVerdict(Double predictedDice, Double low90, Double high90, OutOfRange notJudged) {}

    /** A feature outside of what calibration saw.
     *  @param value left out if it could not be measured */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"feature", "value", "low", "high"})
    public record OutOfRange(String feature, Double value, double low, double high) {}

    public static ResultFiguresDocument of(ResultFigures figures) {
        return new ResultFiguresDocument(SCHEMA, Words.of(figures.labelSource()), Words.of(figures.field()),
                candidates(figures.candidates()), PoseDocument.of(figures.placement()),
                figures.structures().stream().map(ResultFiguresDocument::structure).toList());
    }

    private static Map<String, CandidateScore> candidates(Map<FieldSource, Score> scores) {
        return scores.entrySet().stream().collect(Collectors.toMap(e -> Words.of(e.getKey()),
                e -> score(e.getValue()), (a, b) -> a, TreeMap::new));
    }

    private static CandidateScore score(Score s) {
        return new CandidateScore(s.total(), s.similarity(), s.outlines(), s.roughness());
    }

    private static OfStructure structure(StructureAssessment s) {
        StructureFigures f = s.figures();
        Optional<ReliabilityFeatures> features = f.features();
        return new OfStructure(f.structure().name(), Words.of(f.source()), f.volumeMm3(), f.referenceMm3(),
                f.coverage(), f.isLost() ? null : finite(f.meanEntropyNats()),
                features.map(ReliabilityFeatures::expectedErrorMm).orElse(null),
                s.verdict().map(ResultFiguresDocument::verdict).orElse(null),
                features.map(ReliabilityFeatures::byName).orElse(null));
    }

    private static OfVerdict verdict(Verdict verdict) {
        if (verdict instanceof Judged judged) {
            return new OfVerdict(judged.dice(), judged.low90(), judged.high90(), null);
        }
        NotJudged not = (NotJudged) verdict;
        return new OfVerdict(null, null, null,
                new OutOfRange(not.feature(), finite(not.value()), not.low(), not.high()));
    }

    /** JSON has no NaN and no infinity. */
    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** @return UTF-8 */
    public byte[] toJson() {
        return Json.write(this);
    }
}
