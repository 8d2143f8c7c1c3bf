package org.regstream.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.ModelException;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.ModelManifest;

class ManifestJsonTest {

    @TempDir
    Path folder;

    @Test
    void shouldReadBackWhatItWrote() {
        // given
        ModelManifest manifest = Manifests.any();
        Path file = folder.resolve(ManifestJson.FILE);

        // when
        ManifestJson.write(file, manifest);

        // then
        assertThat(ManifestJson.read(file)).isEqualTo(manifest);
    }

    @Test
    void shouldReadBackAnEnsemble() {
        // given
        ModelManifest manifest = Manifests.withEnsemble(
                Map.of("student.onnx", "00", "golden/pair.npz", "11", "ensemble.onnx", "22", "golden/ensemble.npz",
                        "33"));
        Path file = folder.resolve(ManifestJson.FILE);

        // when
        ManifestJson.write(file, manifest);

        // then
        assertThat(ManifestJson.read(file)).isEqualTo(manifest);
        assertThat(ManifestJson.read(file).ensembleDigest()).contains("22");
    }

    @Test
    void shouldRefuseAnOlderPackageAndSayTheWayOut() throws IOException {
        Path file = edited("\"schema\" : 3", "\"schema\" : 2");

        assertThatThrownBy(() -> ManifestJson.read(file)).isInstanceOf(ModelException.class)
                .hasMessageContaining("is of schema 2, whose networks take labels as input")
                .hasMessageContaining("use a package of this version");
    }

    @Test
    void shouldRefuseASchemaThatIsNotKnownYet() throws IOException {
        Path file = edited("\"schema\" : 3", "\"schema\" : 4");

        assertThatThrownBy(() -> ManifestJson.read(file)).isInstanceOf(ModelException.class)
                .hasMessageContaining("manifest schema must be 3, got 4");
    }

    @Test
    void shouldRefuseAnEnsembleWhoseFileIsNotListed() {
        Map<String, String> files = Map.of("student.onnx", "00", "golden/pair.npz", "11");

        assertThatThrownBy(() -> Manifests.withEnsemble(files)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SHA-256 of ensemble.onnx");
    }

    @Test
    void shouldReadBackLimitsOfAPackageThatWasNotCalibrated() throws IOException {
        // given
        ModelManifest m = Manifests.any();
        ModelManifest uncalibrated = new ModelManifest(m.schema(), m.id(), m.version(), m.grid(), m.intensity(),
                m.structures(), m.student(), m.ensemble(), m.files(), m.provenance(), m.validation(),
                new AlertThresholds("0", 0.01, Map.of("anterior hippocampus", 0.5), "none"));
        Path file = folder.resolve(ManifestJson.FILE);

        // when
        ManifestJson.write(file, uncalibrated);

        // then
        assertThat(ManifestJson.read(file)).isEqualTo(uncalibrated);
        assertThat(Files.readString(file)).contains("\"generic\" : null", "\"errorScale\" : 1.0");
    }

    @Test
    void shouldRefusePredictorsWithoutLimits() throws IOException {
        Path file = edited("""
                "minPredictedDice" : {
                      "anterior hippocampus" : 0.72
                    },
                """.strip(), "");

        assertThatThrownBy(() -> ManifestJson.read(file)).isInstanceOf(ModelException.class)
                .hasMessageContaining("minPredictedDice");
    }

    @Test
    void shouldWriteMembersInAFixedOrderWithLineFeeds() throws IOException {
        // when
        String json = new String(ManifestJson.encode(Manifests.any()));

        // then: members as the record declares them, map keys sorted, two spaces, a final line feed
        assertThat(json).startsWith("{\n  \"schema\" : 3,\n  \"id\" : \"tiny\",\n  \"version\" : \"2026.11.1\",\n"
                + "  \"grid\" : {\n    \"depth\" : 6,").endsWith("}\n").doesNotContain("\r");
        assertThat(json.indexOf("\"data\"")).isBetween(0, json.indexOf("\"epochs\""));
        assertThat(json.indexOf("\"epochs\"")).isLessThan(json.indexOf("\"seed\""));
    }

    @Test
    void shouldRefuseAnUnknownMemberByName() throws IOException {
        Path file = edited("\"id\"", "\"colour\" : 1, \"id\"");

        assertThatThrownBy(() -> ManifestJson.read(file)).isInstanceOf(ModelException.class)
                .hasMessageContaining(file.toString()).hasMessageContaining("colour")
                .hasMessageContaining("export the package again");
    }

    @Test
    void shouldRefuseAMissingMemberByName() throws IOException {
        Path file = edited("\"spacingMm\" : 1.0,", "");

        assertThatThrownBy(() -> ManifestJson.read(file)).isInstanceOf(ModelException.class)
                .hasMessageContaining("spacingMm");
    }

    @Test
    void shouldRefuseARepeatedMember() throws IOException {
        Path file = edited("\"depth\" : 6,", "\"depth\" : 6, \"depth\" : 7,");

        assertThatThrownBy(() -> ManifestJson.read(file)).isInstanceOf(ModelException.class)
                .hasMessageContaining("depth");
    }

    @Test
    void shouldPassOnTheRuleThatAValueBroke() throws IOException {
        Path file = edited("\"upperPercentile\" : 99.9", "\"upperPercentile\" : 101");

        assertThatThrownBy(() -> ManifestJson.read(file)).isInstanceOf(ModelException.class)
                .hasMessageContaining("upperPercentile must lie in (0, 100], got 101.0");
    }

    @Test
    void shouldRefuseATextInPlaceOfANumber() throws IOException {
        Path file = edited("\"depth\" : 6", "\"depth\" : \"6\"");

        assertThatThrownBy(() -> ManifestJson.read(file)).isInstanceOf(ModelException.class)
                .hasMessageContaining("at .grid.depth");
    }

    @Test
    void shouldSayThatTheFileIsMissing() {
        assertThatThrownBy(() -> ManifestJson.read(folder.resolve(ManifestJson.FILE)))
                .isInstanceOf(ModelException.class).hasMessageContaining("is missing");
    }

    @Test
    void shouldRefuseAFileThatIsTooLongToBeAManifest() throws IOException {
        Path file = Files.write(folder.resolve(ManifestJson.FILE), new byte[(int) ManifestJson.MAX_BYTES + 1]);

        assertThatThrownBy(() -> ManifestJson.read(file)).isInstanceOf(ModelException.class)
                .hasMessageContaining("expected at most");
    }

    private Path edited(String find, String replacement) throws IOException {
        String json = new String(ManifestJson.encode(Manifests.any()));
        assertThat(json).contains(find);
        return Files.writeString(folder.resolve(ManifestJson.FILE), json.replace(find, replacement));
    }
}
