package org.regstream.service.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.testkit.OrientationPhantom;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.nifti.NiftiWriter;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.DicomReader;
import org.regstream.dicom.read.ReadLimits;
import org.regstream.dicom.write.DeformableRegistrationWriter;
import org.regstream.dicom.write.DicomWriter;
import org.regstream.dicom.write.MapQuantity;
import org.regstream.dicom.write.MrImageWriter;
import org.regstream.dicom.write.MrSeriesDescription;
import org.regstream.dicom.write.ParametricMapWriter;
import org.regstream.dicom.write.PreoperativeSpace;
import org.regstream.dicom.write.SegmentationAlgorithm;
import org.regstream.dicom.write.SegmentationType;
import org.regstream.service.deployment.InteropScript.Outcome;

/** Every kind of object through the scripts of {@code deploy/interop}: the oblique phantom, its array turned in a few ways. */
class InteropTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final SegmentationAlgorithm ALGORITHM = new SegmentationAlgorithm("test", "ab".repeat(32), "student",
            List.of());

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"LPS", "RAS", "SLP", "AIR", "PSL", "IRA"})
    void shouldBeReadByPydicomWhereNibabelReadsTheSameFromNifti(String code) throws Exception {
        // given
        OrientationPhantom phantom = OrientationPhantom.of(code);
        NiftiWriter.write(phantom.labels(), folder.resolve("labels.nii.gz"));
        NiftiWriter.write(phantom.values(), folder.resolve("uncertainty.nii.gz"));
        NiftiWriter.write(phantom.millimetres(), folder.resolve("displacement.nii.gz"));
        write(phantom);

        // when, then
        assertAgree("binary.dcm", "labels.nii.gz", "4 labelled voxels, 0 differ");
        assertAgree("labelmap.dcm", "labels.nii.gz", "60 voxels, 0 differ");
        assertAgree("uncertainty.dcm", "uncertainty.nii.gz", "60 values in {nat} (UCUM), 0 differ");
        assertAgree("displacement.dcm", "displacement.nii.gz", "mm apart, 0 differ");
    }

    private void assertAgree(String object, String image, String saying) throws Exception {
        Outcome outcome = InteropScript.run(LIMIT, "pydicom_roundtrip.py", folder.resolve(object),
                folder.resolve(image));
        assertThat(outcome.status()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains(saying);
    }

    /** A check that cannot fail checks nothing. */
    @Test
    void shouldNoticeALabelInAnotherPlace() throws Exception {
        // given
        OrientationPhantom phantom = OrientationPhantom.of("SLP");
        write(phantom);
        byte[] other = phantom.labels().labels().clone();
        other[7] = 2;
        NiftiWriter.write(LabelMap.takeOwnershipOf(phantom.grid(), other), folder.resolve("labels.nii.gz"));

        // when, then
        for (String object : List.of("binary.dcm", "labelmap.dcm")) {
            Outcome outcome = InteropScript.run(LIMIT, "pydicom_roundtrip.py", folder.resolve(object),
                    folder.resolve("labels.nii.gz"));
            assertThat(outcome.status()).as(outcome.output()).isEqualTo(1);
            assertThat(outcome.output()).contains("1 differ");
        }
    }

    @ParameterizedTest
    @CsvSource({"dciodvfy.sh, AIR, no errors", "dcmtk.sh, IRA, received by DCMTK"})
    void shouldSatisfyOtherPrograms(String script, String code, String saying) throws Exception {
        // when
        Outcome outcome = InteropScript.run(LIMIT, script, write(OrientationPhantom.of(code)).toArray());

        // then
        assertThat(outcome.status()).as(outcome.output()).isZero();
        assertThat(outcome.output().lines().filter(line -> line.endsWith(saying))).hasSize(4);
    }

    /** A segmentation of either class without its segments, between two that are whole. */
    @ParameterizedTest
    @ValueSource(strings = {"binary.dcm", "labelmap.dcm"})
    void shouldNoticeWhatDciodvfyFinds(String object) throws Exception {
        // given
        write(OrientationPhantom.of("LPS"));
        Path whole = folder.resolve(object);
        Path broken = Files.write(folder.resolve("broken.dcm"), DicomWriter
                .write(DicomObject.builder().all(read(whole)).items(Tag.SEGMENT_SEQUENCE, List.of()).build()));

        // when, then
        Outcome outcome = InteropScript.run(LIMIT, "dciodvfy.sh", whole, broken, whole);
        assertThat(outcome.status()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.output()).contains("broken.dcm: Error").contains("SegmentSequence");
        assertThat(outcome.output().lines().filter(line -> line.endsWith("no errors"))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dcmtk.sh", "dciodvfy.sh", "pydicom_roundtrip.py", "orthanc.sh"})
    void shouldSayHowToBeUsed(String script) throws Exception {
        Outcome none = InteropScript.run(LIMIT, script);
        assertThat(none.status()).isEqualTo(2);
        assertThat(none.output()).contains("usage: " + script).contains("exit code");
        assertThat(InteropScript.run(LIMIT, script, "--help").status()).isZero();
    }

    /** @return the files, one of each kind */
    private List<Path> write(OrientationPhantom phantom) throws IOException {
        List<DicomObject> live = MrImageWriter.write(phantom.values(),
                new MrSeriesDescription("2.25.11", "2.25.12", "2.25.13", 1, Instant.EPOCH)).stream()
                .map(slice -> new DicomReader(ReadLimits.DEFAULT).read(slice).withoutPixelData()).toList();
        PreoperativeSpace preoperative = new PreoperativeSpace("2.25.14", List.of(),
                new Placement(phantom.grid(), phantom.grid()));
        return List.of(write("binary.dcm", segmentation(phantom, live, SegmentationType.BINARY)),
                write("labelmap.dcm", segmentation(phantom, live, SegmentationType.LABELMAP)),
                write("uncertainty.dcm",
                        ParametricMapWriter.dataSet(phantom.values(), MapQuantity.labelEntropy(3), live,
                                "t1", ALGORITHM)),
                write("displacement.dcm",
                        DeformableRegistrationWriter.dataSet(phantom.field(), preoperative, live, "t1",
                                ALGORITHM)));
    }

    private static DicomObject segmentation(OrientationPhantom phantom, List<DicomObject> live,
            SegmentationType type) {
        return type.dataSet(phantom.labels(), List.of(FakeModel.HEAD, FakeModel.BODY), live, "t1", ALGORITHM);
    }

    private Path write(String name, DicomObject dicom) throws IOException {
        return Files.write(folder.resolve(name), DicomWriter.write(dicom));
    }

    private static DicomObject read(Path file) throws IOException {
        return new DicomReader(ReadLimits.DEFAULT).read(Files.readAllBytes(file));
    }
}
