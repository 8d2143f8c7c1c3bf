package org.regstream.tools.register;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.core.volume.nifti.NiftiWriter;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.write.DerivedUid;
import org.regstream.dicom.write.DicomWriter;
import org.regstream.dicom.write.MrImageWriter;
import org.regstream.dicom.write.MrSeriesDescription;
import org.regstream.onnx.TinyPackages;

/** The command with a package of a few voxels: whatever labels are given come out, and nothing else. */
class RegisterTinyTest {

    private static final Grid GRID = TinyPackages.GRID;
    /** No structure of the package. */
    private static final int TARGET = 203;

    @TempDir
    static Path folder;
    private static Path model;
    private static Path moving;

    @BeforeAll
    static void makePackage() throws IOException {
        model = TinyPackages.withEnsemble(folder.resolve("tiny"));
        moving = image("moving", GRID, 7);
    }

    @Test
    void shouldCarryAnyLabelAndDrawNothingThatWasNotGiven() throws IOException {
        // when: of one image with itself
        CommandRun run = register("any", moving, labels("any", 1, TARGET));

        // then
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(NiftiReader.readLabels(folder.resolve("any/labels.nii.gz")).labels())
                .isEqualTo(NiftiReader.readLabels(folder.resolve("any-labels.nii.gz")).labels());
        assertThat(folder.resolve("any/outline.nii.gz")).doesNotExist();
        JsonNode report = report("any");
        assertThat(report.path("labelSource").asText()).isEqualTo("carried");
        assertThat(report.path("field").asText()).isEqualTo("alignment");
        assertThat(report.path("candidates").size()).as("one of the two fits").isEqualTo(3);
        JsonNode target = report.at("/structures/1");
        assertThat(target.at("/structure/name").asText()).isEqualTo("label 203");
        assertThat(target.at("/features").size()).isGreaterThanOrEqualTo(8);
        assertThat(target.at("/features").has("outlineDice")).isFalse();
        assertThat(target.path("verdict").isMissingNode()).isFalse();
        assertThat(target.path("coverage").asDouble()).isEqualTo(1);
    }

    @Test
    void shouldWriteTheSecondOpinionOnlyWhenAskedTo() throws IOException {
        CommandRun run = register("opinion", moving, labels("opinion", 2), "--outline");

        assertThat(run.exitCode()).as(run.err()).isZero();
        LabelMap outline = NiftiReader.readLabels(folder.resolve("opinion/outline.nii.gz"));
        assertThat(outline.count(1)).as("nobody gave an anterior part").isZero();
    }

    @Test
    void shouldOutlineAnewOnlyWhatThePackageKnowsAndOnlyWhenAskedTo() throws IOException {
        CommandRun run = register("refined", moving, labels("refined", 1, TARGET), "--label-source", "refined",
                "--student-only");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(report("refined").path("labelSource").asText()).isEqualTo("refined");
        assertThat(report("refined").at("/structures/0/labelSource").asText()).isEqualTo("refined");
        assertThat(report("refined").at("/structures/1/labelSource").asText()).isEqualTo("carried");
        assertThat(folder.resolve("refined/displacement_spread.nii.gz")).doesNotExist();
    }

    @Test
    void shouldChooseFromTheCandidatesThatAreAskedFor() throws IOException {
        register("all", moving, labels("all", 1));
        register("unfitted", moving, labels("all", 1), "--fit-budget", "0");
        register("without", moving, labels("all", 1), "--no-network");
        register("refine", moving, labels("all", 1), "--refine", "mind");

        assertThat(names("all")).as("the network moves what lies right: fitted from nothing").containsExactly(
                "alignment",
                "fitted", "network");
        assertThat(names("unfitted")).containsExactly("alignment", "network");
        assertThat(names("without")).containsExactly("alignment", "fitted");
        assertThat(names("refine")).containsExactly("alignment", "network", "network-fitted");
        assertThat(report("unfitted").has("fit")).isFalse();
        assertThat(report("refine").at("/fit/similarity").asText()).isEqualTo("mind");
    }

    @Test
    void shouldGoOnAfterARefusalAndNameEach() throws IOException {
        // given: one image that is flat, one whose labels are elsewhere, and one to register
        Path many = Files.createDirectories(folder.resolve("many"));
        NiftiWriter.write(Volume.takeOwnershipOf(GRID, new float[GRID.size()]), many.resolve("a-flat.nii.gz"));
        NiftiWriter.write(RandomData.volume(small(), 3), many.resolve("b-small.nii.gz"));
        Files.writeString(many.resolve("c-broken.nii.gz"), "no image");
        Files.copy(moving, many.resolve("d-good.nii.gz"));

        // when
        CommandRun run = register("batch", many, labels("batch", 1, 2));

        // then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("1 of 4 images registered",
                "not registered: a-flat (FLAT_IMAGE), b-small (NO_OVERLAP), c-broken (failed)");
        assertThat(folder.resolve("batch/d-good/labels.nii.gz")).exists();
    }

    /** What a scanner says of the side holds whatever the images look like. */
    @Test
    void shouldRefuseImagesOfDifferentSides() throws IOException {
        // given
        Path left = series("left", "L");
        Path right = series("right", "R");

        // when
        CommandRun same = register("one-side", left, left, labels("sides", 1));
        CommandRun other = register("two-sides", right, left, labels("sides", 1));

        // then
        assertThat(same.exitCode()).as(same.err()).isZero();
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("right says that it shows the patient's right side and left the left side");
        assertThat(folder.resolve("two-sides/labels.nii.gz")).doesNotExist();
    }

    /** What lies beyond the fixed image before registration may come into it. */
    @Test
    void shouldNotCutTheMovingImageBeforeItIsPulled() throws IOException {
        CommandRun run = register("uncut", moving, labels("uncut", 1));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(NiftiReader.readVolume(folder.resolve("uncut/warped.nii.gz")).values())
                .isEqualTo(NiftiReader.readVolume(moving).values());
    }

    private static Grid small() {
        return new Grid(2, 2, 2, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));
    }

    private static Path image(String name, Grid grid, long seed) {
        Path file = folder.resolve(name + ".nii.gz");
        NiftiWriter.write(RandomData.volume(grid, seed), file);
        return file;
    }

    /** A slab of each label through the middle of the grid. */
    private static Path labels(String name, int... labels) {
        byte[] values = new byte[GRID.size()];
        for (int k = 1; k < GRID.depth() - 1; k++) {
            for (int j = 1; j < GRID.height() - 1; j++) {
                for (int i = 1; i < GRID.width() - 1; i++) {
                    values[GRID.offset(k, j, i)] = (byte) labels[(k - 1) * labels.length / (GRID.depth() - 2)];
                }
            }
        }
        Path file = folder.resolve(name + "-labels.nii.gz");
        NiftiWriter.write(LabelMap.takeOwnershipOf(GRID, values), file);
        return file;
    }

    private static Path series(String name, String side) throws IOException {
        Path series = Files.createDirectories(folder.resolve(name));
        for (byte[] slice : MrImageWriter.write(NiftiReader.readVolume(moving),
                new MrSeriesDescription("2.25.41", DerivedUid.of("series", List.of(name)), "2.25.43", 1,
                        Instant.EPOCH))) {
            DicomObject dicom = FrameReader.withDefaults().readObject(slice);
            Files.write(series.resolve(dicom.string(Tag.SOP_INSTANCE_UID) + ".dcm"), DicomWriter.write(
                    DicomObject.builder().all(dicom).text(Tag.LATERALITY, side).build()));
        }
        return series;
    }

    private static CommandRun register(String out, Path fixed, Path labels, Object... more) {
        return register(out, fixed, moving, labels, more);
    }

    private static CommandRun register(String out, Path fixed, Path moving, Path labels, Object... more) {
        return CommandRun
                .register(Stream.concat(Stream.of("--model", model, "--threads", 1, "--fixed", fixed, "--moving",
                        moving, "--moving-labels", labels, "--out", folder.resolve(out)), Stream.of(more)).toArray());
    }

    private static Iterable<String> names(String out) throws IOException {
        return () -> {
            try {
                return report(out).path("candidates").fieldNames();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };
    }

    private static JsonNode report(String out) throws IOException {
        return new ObjectMapper().readTree(folder.resolve(out).resolve("report.json").toFile());
    }
}
