package org.regstream.training.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.regstream.core.model.GraphSpec;
import org.regstream.core.model.Look;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Prediction;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.pipeline.Candidates;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.onnx.ManifestJson;
import org.regstream.onnx.PackageFiles;
import org.regstream.training.TinyTask;
import org.regstream.training.calibrate.cases.CaseFiles;
import org.regstream.training.calibrate.cases.CasePlan;
import org.regstream.training.calibrate.cases.MapFigures;
import org.regstream.training.calibrate.fit.StructureCalibration;
import org.regstream.training.data.Sample;

class CalibrationEndToEndTest {
    private static final int EACH = 3;
    private static final List<Sample> SAMPLES = TinyTask.samples(16);
    private static final CasePlan PLAN = new CasePlan(SAMPLES.subList(0, 10), SAMPLES.subList(10, 16), EACH,
            TinyTask.TASK.intensity(), 1);
    private static CaseFiles cases;

    @TempDir
    Path folder;

    @BeforeAll
    static void register() {
        cases = calibration(Path.of("nowhere")).register(PLAN, List.of(new Undecided(), new Undecided()));
    }

    private static PackageCalibration calibration(Path model) {
        return new PackageCalibration(model, Candidates.withoutFitting(), EACH, 1);
    }

    /** Two members that leave labels where they lie, or one voxel further along j; outlines by intensity. */
    private static final class Undecided implements RegistrationModel {

        @Override
        public ModelManifest manifest() {
            return CalibrationEndToEndTest.manifest();
        }

        @Override
        public String provider() {
            return "cpu";
        }

        @Override
        public int members() {
            return 2;
        }

        @Override
        public Look look(Volume fixed, Volume moving) {
            return new Look(List.of(prediction(fixed, moving, 0), prediction(fixed, moving, 1)));
        }

        private static Prediction prediction(Volume fixed, Volume moving, float j) {
            Grid g = fixed.grid();
            float[] u = new float[3 * g.size()];
            Arrays.fill(u, g.size(), 2 * g.size(), j);
            float[] error = new float[g.size()];
            Arrays.fill(error, 0.5f);
            return new Prediction(DisplacementField.takeOwnershipOf(g, u), Volume.takeOwnershipOf(g, error),
                    outline(fixed), outline(moving));
        }

        /** Tissue is dark, the lower half brighter, the upper one brightest. */
        private static LabelProbabilities outline(Volume image) {
            int n = image.grid().size();
            float[] p = new float[3 * n];
            for (int x = 0; x < n; x++) {
                float v = image.values()[x];
                p[(v < 0.3 ? 0 : v < 0.75 ? 1 : 2) * n + x] = 1;
            }
            return LabelProbabilities.takeOwnershipOf(image.grid(), 3, p);
        }

        @Override
        public void close() {}
    }

    @Test
    void shouldRegisterEveryCaseAndMeasureMapsOfCleanOnes() {
        assertThat(cases.structures()).extracting(c -> c.kind()).containsAll(PLAN.kinds());
        assertThat(cases.maps()).hasSize(10 * 9);
        assertThat(cases.scales()).hasSize(20);
        // where nothing moved, either nothing moves the labels or half a voxel does
        assertThat(cases.maps()).filteredOn(m -> m.kind().name().equals("identity"))
                .allMatch(m -> m.figures().get(MapFigures.ERROR) <= 0.5)
                .anyMatch(m -> m.figures().get(MapFigures.ERROR) == 0);
    }

    @Test
    void shouldReadBackWhatItWrote() throws IOException {
        // when
        cases.write(folder.resolve("cases.csv"));
        CaseFiles read = CaseFiles.read(folder.resolve("cases.csv"));

        // then: to the digits written
        assertThat(read.structures()).hasSameSizeAs(cases.structures());
        assertThat(read.structures().get(0).kind()).isEqualTo(cases.structures().get(0).kind());
        read.write(folder.resolve("again.csv"));
        for (String part : List.of(".csv", ".maps.csv", ".scales.csv")) {
            assertThat(folder.resolve("again" + part)).hasSameTextualContentAs(folder.resolve("cases" + part));
        }
    }

    @Test
    void shouldFitTheSameFromFilesAsFromMemory() throws IOException {
        // given
        writePackage();
        cases.write(folder.resolve("cases.csv"));
        CaseFiles read = CaseFiles.read(folder.resolve("cases.csv"));
        read.write(folder.resolve("cases.csv"));

        // when
        String once = calibration(folder).fit(read, folder.resolve("a"));
        String again = calibration(folder).fit(CaseFiles.read(folder.resolve("cases.csv")), folder.resolve("b"));

        // then
        assertThat(once).isEqualTo(again);
        assertThat(folder.resolve("a/manifest.json")).hasSameTextualContentAs(folder.resolve("b/manifest.json"));
    }

    @Test
    void shouldTellBadRegistrationsFromGoodOnes() {
        CalibrationResult result = CalibrationResult.of(cases, TinyTask.TASK.structures(), EACH, 1);

        assertThat(result.structures()).extracting(StructureCalibration::structure).containsExactly("lower", "upper");
        for (StructureCalibration s : result.structures()) {
            assertThat(s.auroc().value()).as(s.structure()).isGreaterThan(0.75);
            assertThat(s.groups()).extracting(g -> g.group()).containsExactly("one patient", "one patient, clean",
                    "two people", "two people, clean");
            assertThat(s.groups().get(0).toldBelow70().value()).isGreaterThan(0.85);
        }
        assertThat(result.kinds().stream().mapToInt(k -> k.figures().cases()).sum())
                .isEqualTo(cases.structures().size());
        assertThat(result.generic().fitted().predictor().ranges()).doesNotContainKey("outlineDice");
    }

    @Test
    void shouldChangeLimitsAndFilesOfTheManifestAlone() throws IOException {
        // given
        writePackage();
        ModelManifest before = ManifestJson.read(folder.resolve(ManifestJson.FILE));

        // when
        calibration(folder).fit(cases, folder);

        // then
        ModelManifest after = ManifestJson.read(folder.resolve(ManifestJson.FILE));
        AlertThresholds limits = after.thresholds();
        assertThat(after.provenance()).isEqualTo(before.provenance());
        assertThat(after.validation()).isEqualTo(before.validation());
        assertThat(limits.foldingFraction()).isEqualTo(0.01);
        assertThat(limits.minPredictedDice()).containsOnlyKeys("lower", "upper");
        assertThat(limits.minOutlineDice()).containsOnlyKeys("lower", "upper");
        assertThat(limits.meanEntropyNats()).containsOnlyKeys("lower", "upper");
        assertThat(limits.generic()).isPresent();
        assertThat(limits.version()).isEqualTo(
                "2026.11.1-" + after.files().get("calibration/calibration.json").substring(0, 8));
        for (String file : List.of("calibration/calibration.json", "calibration/roc.png")) {
            assertThat(after.files().get(file)).isEqualTo(PackageFiles.sha256(folder.resolve(file)));
        }
    }

    @Test
    void shouldReplaceWhatAnEarlierCalibrationWrote() throws IOException {
        // given
        writePackage();
        calibration(folder).fit(cases, folder);
        String manifest = Files.readString(folder.resolve(ManifestJson.FILE));
        String card = Files.readString(folder.resolve("CARD.md"));

        // when
        calibration(folder).fit(cases, folder);

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
        String text = calibration(folder).fit(cases, out);

        // then
        JsonNode figures = new ObjectMapper().readTree(out.resolve("calibration/calibration.json").toFile());
        assertThat(figures.at("/structures/2/structure").asText()).isEqualTo("any other structure");
        assertThat(figures.at("/structures/0/groups/0/toldBelow70/trials").asInt()).isPositive();
        assertThat(figures.at("/kinds/0/kind/name").asText()).isEqualTo("identity");
        assertThat(figures.at("/seed").asInt()).isEqualTo(1);
        assertThat(ImageIO.read(out.resolve("calibration/roc.png").toFile()).getWidth()).isEqualTo(700);
        assertThat(text).contains("*simulated*", "Simulated motion is not surgery", "| lower | one patient, clean |",
                "| mirrored live image | live image | two people |", "AUSE entropy ERR");
        assertThat(Files.readString(out.resolve("CARD.md"))).contains(text, "(calibration/roc.png)",
                "./regstream calibrate --model models/tiny --data DATA --seed 1 --failures 3");
        assertThat(folder.resolve("calibration")).doesNotExist();
    }

    private void writePackage() throws IOException {
        ManifestJson.write(folder.resolve(ManifestJson.FILE), manifest());
        Files.writeString(folder.resolve("CARD.md"), "# tiny\n\nAs exported.\n");
    }

    private static ModelManifest manifest() {
        return new ModelManifest(ModelManifest.SCHEMA, "tiny", "2026.11.1", TinyTask.TASK.grid(),
                TinyTask.TASK.intensity(), TinyTask.TASK.structures(),
                new GraphSpec("student.onnx", 20, List.of("fixed", "moving"),
                        List.of("displacement", "expected_error", "outline", "moving_outline")),
                Optional.empty(), Map.of("student.onnx", "00"), Map.of("seed", "3"), Map.of("diceMean", 0.8),
                new AlertThresholds("2026.11.1", 0.01, Map.of("lower", 0.5, "upper", 0.25), "made up"));
    }
}
