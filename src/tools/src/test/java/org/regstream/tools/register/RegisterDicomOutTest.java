package org.regstream.tools.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.SopClass;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.DicomReader;
import org.regstream.dicom.read.ReadLimits;
import org.regstream.dicom.read.SegmentationReader;
import org.regstream.dicom.write.DerivedUid;
import org.regstream.dicom.write.MrImageWriter;
import org.regstream.dicom.write.MrSeriesDescription;
import org.regstream.tools.ToolsCli;
import picocli.CommandLine;

/** The template of the committed package, as a DICOM series, registered to itself. */
class RegisterDicomOutTest {
    private static final Path MODEL = Path.of(System.getProperty("regstream.root", "."), "models/hippocampus");
    private static final Path TEMPLATE = MODEL.resolve("template/image.nii.gz");
    private static final Path LABELS = MODEL.resolve("template/labels.nii.gz");
    private static final DicomReader READER = new DicomReader(ReadLimits.DEFAULT);
    private static final String STUDY = "2.25.31";
    private static final String SPACE = "2.25.33";

    private final StringWriter messages = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void shouldWriteInstancesOfTheFixedImagesStudy() throws IOException {
        // when
        int status = register(series("fixed", SPACE), TEMPLATE, "--dicom-out");

        // then
        assertThat(status).as(messages.toString()).isZero();
        assertInstance("labels.dcm", SopClass.SEGMENTATION_STORAGE);
        assertInstance("uncertainty.dcm", SopClass.PARAMETRIC_MAP_STORAGE);
        assertInstance("displacement.dcm", SopClass.DEFORMABLE_SPATIAL_REGISTRATION_STORAGE);
        assertInstance("pose.dcm", SopClass.SPATIAL_REGISTRATION_STORAGE);
        assertSameLabels();
    }

    @Test
    void shouldWriteALabelMapWhereAsked() throws IOException {
        // when
        int status = register(series("fixed", SPACE), TEMPLATE, "--dicom-out", "--segmentation", "labelmap");

        // then
        assertThat(status).as(messages.toString()).isZero();
        assertInstance("labels.dcm", SopClass.LABEL_MAP_SEGMENTATION_STORAGE);
        assertSameLabels();
    }

    /** The instance's, and those of the NIfTI file of the same run. */
    private void assertSameLabels() throws IOException {
        LabelMap nifti = NiftiReader.readLabels(out().resolve("labels.nii.gz"));
        assertThat(SegmentationReader.read(instance("labels.dcm"), nifti.grid()).labels().labels())
                .isEqualTo(nifti.labels());
    }

    @Test
    void shouldRefuseATypeOfSegmentationThatItDoesNotKnowOrIsNotToWrite() throws IOException {
        assertThat(register(series("fixed", SPACE), TEMPLATE, "--dicom-out", "--segmentation", "fractional"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(messages.toString()).contains("expected binary or labelmap, got fractional");
        assertThat(register(folder.resolve("fixed"), TEMPLATE, "--segmentation", "labelmap"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(messages.toString()).contains("give both");
    }

    private void assertInstance(String name, String sopClass) throws IOException {
        DicomObject dicom = instance(name);
        assertThat(dicom.string(Tag.SOP_CLASS_UID)).isEqualTo(sopClass);
        assertThat(dicom.string(Tag.STUDY_INSTANCE_UID)).isEqualTo(STUDY);
        assertThat(dicom.string(Tag.FRAME_OF_REFERENCE_UID)).isEqualTo(SPACE);
    }

    @Test
    void shouldLeadToTheMovingSeries() throws IOException {
        // when
        int status = register(series("fixed", SPACE), series("moving", "2.25.34"), "--dicom-out");

        // then
        assertThat(status).as(messages.toString()).isZero();
        DicomObject moving = instance("displacement.dcm").sequence(Tag.DEFORMABLE_REGISTRATION_SEQUENCE).get(1);
        assertThat(moving.string(Tag.SOURCE_FRAME_OF_REFERENCE_UID)).isEqualTo("2.25.34");
        assertThat(moving.sequence(Tag.REFERENCED_IMAGE_SEQUENCE))
                .hasSize(NiftiReader.readVolume(TEMPLATE).grid().depth());
        DicomObject posed = instance("pose.dcm").sequence(Tag.REGISTRATION_SEQUENCE).get(1);
        assertThat(posed.string(Tag.FRAME_OF_REFERENCE_UID)).isEqualTo("2.25.34");
    }

    @Test
    void shouldLeaveNoInstancesOfAnEarlierRun() throws IOException {
        // given
        Path series = series("fixed", SPACE);
        register(series, TEMPLATE, "--dicom-out");

        // when
        register(series, TEMPLATE);

        // then
        assertThat(out().resolve("labels.nii.gz")).exists();
        assertThat(out().resolve("labels.dcm")).doesNotExist();
        assertThat(out().resolve("pose.dcm")).doesNotExist();
    }

    @Test
    void shouldRefuseNiftiAsFixed() throws IOException {
        assertThat(register(TEMPLATE, TEMPLATE, "--dicom-out")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(messages.toString()).contains("--dicom-out").contains("--fixed is no folder");

        Files.copy(TEMPLATE, Files.createDirectory(folder.resolve("batch")).resolve("a.nii.gz"));
        assertThat(register(folder.resolve("batch"), TEMPLATE, "--dicom-out")).isEqualTo(CommandLine.ExitCode.USAGE);
    }

    private int register(Path fixed, Path moving, String... options) {
        List<String> arguments = new ArrayList<>(List.of("register", "--model", MODEL.toString(), "--fixed",
                fixed.toString(), "--moving", moving.toString(), "--moving-labels", LABELS.toString(), "--out",
                out().toString(), "--threads", "1"));
        arguments.addAll(List.of(options));
        CommandLine line = new CommandLine(new ToolsCli());
        line.setOut(new PrintWriter(messages));
        line.setErr(new PrintWriter(messages));
        return line.execute(arguments.toArray(String[]::new));
    }

    private Path out() {
        return folder.resolve("out");
    }

    private Path series(String name, String space) throws IOException {
        Volume template = NiftiReader.readVolume(TEMPLATE);
        Path series = Files.createDirectory(folder.resolve(name));
        int k = 0;
        for (byte[] slice : MrImageWriter.write(template,
                new MrSeriesDescription(STUDY, DerivedUid.of("series", List.of(name)), space, 1, Instant.EPOCH))) {
            Files.write(series.resolve(String.format("%03d.dcm", k++)), slice);
        }
        return series;
    }

    private DicomObject instance(String name) throws IOException {
        return READER.read(Files.readAllBytes(out().resolve(name)));
    }
}
