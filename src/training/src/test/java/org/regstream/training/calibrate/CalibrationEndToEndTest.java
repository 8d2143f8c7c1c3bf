package org.regstream.training.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.EnsemblePrediction;
import org.regstream.core.model.GraphSpec;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Prediction;
import org.regstream.core.model.StructureSummaries;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Warp;
import org.regstream.onnx.ManifestJson;
import org.regstream.onnx.PackageFiles;
import org.regstream.training.TinyTask;
import org.regstream.training.data.Sample;

class CalibrationEndToEndTest {
    private static final List<Sample> SAMPLES = TinyTask.samples(16);
    private static final CasePlan PLAN = CasePlan.of(SAMPLES.subList(0, 10), SAMPLES.subList(10, 16),
            CasePlan.KINDS, TinyTask.TASK.intensity(), 1);
    private static List<StructureCase> cases;
    private static CalibrationResult result;

    @TempDir
    Path folder;

    @BeforeAll
    static void calibrate() {
        cases = CalibrationResult.register(PLAN, CalibrationEndToEndTest::undecided, TinyTask.TASK.structures(),
                done -> {
                });
        result = CalibrationResult.of(PLAN, cases, TinyTask.TASK.structures());
    }

    /** An ensemble of two that leave the labels where they lie, or one voxel further along j. */
    private static EnsemblePrediction undecided(Volume fixed, Volume moving,
            LabelProbabilities labels) {
        return StructureSummaries.combine(List.of(shifted(moving, labels, 0), shifted(moving, labels, 1)));
    }

    private static Prediction shifted(Volume moving, LabelProbabilities labels, float j) {
        Grid g = moving.grid();
        float[] u = new float[3 * g.size()];
        Arrays.fill(u, g.size(), 2 * g.size(), j);
        DisplacementField field = DisplacementField.takeOwnershipOf(g, u);
        return new Prediction(field, Warp.linear(moving, field, 0), Warp.linear(labels, field));
    }

    @Test
    void shouldTellBadRegistrationsFromGoodOnes() {
        assertThat(cases).hasSize(10 * 2 * 8 * 2);
        assertThat(result.structures()).extracting(StructureCalibration::structure).containsExactly("lower", "upper");
        for (StructureCalibration s : result.structures()) {
            assertThat(s.bad()).as("bad cases of " + s.cases()).isBetween(s.cases() / 10, s.cases() * 9 / 10);
            assertThat(s.auroc().value()).isGreaterThan(0.75);
            assertThat(s.auroc().low()).isLessThan(s.auroc().value());
            assertThat(s.sensitivity().value()).isCloseTo(Detection.WANTED_SENSITIVITY, within(0.1));
            assertThat(s.minPredictedDice()).isBetween(0.5, 1.0);
        }
        assertThat(result.kinds().stream().mapToInt(KindFigures::cases).sum()).isEqualTo(
                result.structures().stream().mapToInt(StructureCalibration::cases).sum());
    }

    @Test
    void shouldReachTheWantedSensitivityOnTheCasesItWasFittedOn() {
        for (StructureCalibration s : result.structures()) {
            List<StructureCase> bad = cases.stream()
                    .filter(c -> c.structure().equals(s.structure()) && c.counts() && c.isBad()).toList();
            long alerts = bad.stream()
                    .filter(c -> Detection.predicted(c, s.predictor()) < s.minPredictedDice()).count();
            assertThat((double) alerts / bad.size()).isBetween(0.95, 0.95 + 1.0 / bad.size());
        }
    }

    @Test
    void shouldChangeLimitsAndFilesOfTheManifestAlone() throws IOException {
        // given
        writePackage();
        List<String> before = Files.readAllLines(folder.resolve(ManifestJson.FILE));

        // when
        ModelManifest after = CalibratedPackage.write(folder, folder, result, "ensemble");

        // then
        assertThat(ManifestJson.read(folder.resolve(ManifestJson.FILE))).isEqualTo(after);
        assertThat(Files.readAllLines(folder.resolve(ManifestJson.FILE))).containsAll(
                before.stream()
                        .filter(line -> !line.matches(".*(student\\.onnx\" : \"00|dicePred|minPred|basis|version).*"))
                        .toList());
        assertThat(after.thresholds().meanEntropyNats()).isEqualTo(Map.of("lower", 0.5, "upper", 0.25));
        assertThat(after.thresholds().minPredictedDice()).containsOnlyKeys("lower", "upper");
        assertThat(after.thresholds().version()).isEqualTo(
                "2026.11.1-" + after.files().get("calibration/calibration.json").substring(0, 8));
        for (String file : List.of("calibration/calibration.json", "calibration/roc.png")) {
            assertThat(after.files().get(file)).isEqualTo(PackageFiles.sha256(folder.resolve(file)));
        }
    }

    @Test
    void shouldReplaceWhatAnEarlierCalibrationWrote() throws IOException {
        // given
        writePackage();
        CalibratedPackage.write(folder, folder, result, "ensemble");
        String manifest = Files.readString(folder.resolve(ManifestJson.FILE));
        String card = Files.readString(folder.resolve("CARD.md"));

        // when
        CalibratedPackage.write(folder, folder, result, "ensemble");

        // then
        assertThat(Files.readString(folder.resolve(ManifestJson.FILE))).isEqualTo(manifest);
        assertThat(Files.readString(folder.resolve("CARD.md"))).isEqualTo(card).startsWith("# tiny\n\nAs exported.\n");
    }

    @Test
    void shouldWriteFiguresForPeopleAndPrograms() throws IOException {
        // given
        writePackage();

        // when
        Path out = folder.resolve("elsewhere");
        CalibratedPackage.write(folder, out, result, "student");

        // then
        JsonNode figures = new ObjectMapper().readTree(out.resolve("calibration/calibration.json").toFile());
        assertThat(figures.at("/structures/1/auroc/low").asDouble())
                .isEqualTo(result.structures().get(1).auroc().low());
        assertThat(figures.at("/structures/0/falseAlerts/trials").asInt())
                .isEqualTo(result.structures().get(0).falseAlerts().trials());
        assertThat(figures.at("/failures/7/kind").asText()).isEqualTo("cavity");
        assertThat(figures.at("/seed").asInt()).isEqualTo(1);
        assertThat(ImageIO.read(out.resolve("calibration/roc.png").toFile()).getWidth()).isEqualTo(700);
        assertThat(Files.readString(out.resolve("CARD.md"))).contains("| lower | ", "| inverted contrast | ",
                "(calibration/roc.png)", "./regstream calibrate --model models/tiny --data DATA --seed 1 --failures 7");
        assertThat(CaseTable.csv(cases).lines()).hasSize(1 + cases.size())
                .allMatch(line -> line.split(",", -1).length == 14);
        assertThat(folder.resolve("calibration")).doesNotExist();
    }

    private void writePackage() throws IOException {
        ModelManifest manifest = new ModelManifest(ModelManifest.SCHEMA, "tiny", "2026.11.1", TinyTask.TASK.grid(),
                TinyTask.TASK.intensity(), TinyTask.TASK.structures(),
                new GraphSpec("student.onnx", 20, List.of("fixed", "moving", "moving_labels"), List.of("displacement")),
                Optional.empty(), Map.of("student.onnx", "00"), Map.of("seed", "3"), Map.of("diceMean", 0.8),
                new AlertThresholds("2026.11.1", 0.01, Map.of("lower", 0.5, "upper", 0.25), "made up"));
        ManifestJson.write(folder.resolve(ManifestJson.FILE), manifest);
        Files.writeString(folder.resolve("CARD.md"), "# tiny\n\nAs exported.\n");
    }
}
