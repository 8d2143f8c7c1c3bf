package org.regstream.dicom.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.assembly.OneVolume;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.dicom.OtherProgram;

/**
 * What users of other programs reported, made by the scripts beside the shared data; each script's head says what is right.
 * Skipped where there are no scripts, or no pydicom and nibabel. Tests of our own phantoms cover the same kinds everywhere.
 */
class ReportedInputsTest {

    private static final FrameReader READER = FrameReader.withDefaults();

    /** Voxels of background and of the two labels of the scripts' patient. */
    private static final int[] COUNTS = {44912, 825, 463};

    private static final int QFORM_CODE = 252;
    private static final int SFORM_CODE = 254;

    /** Folders by the script that filled them, once for all tests. */
    private static final Map<String, Path> MADE = new HashMap<>();

    @TempDir
    private static Path folder;

    @ParameterizedTest
    @CsvSource({"01-mixed-without-meta, mixed", "01-mixed-without-meta, bare", "02-acquisition-number, per_slice",
            "02-acquisition-number, interleaved", "02-acquisition-number, halves", "02-acquisition-number, trigger",
            "02-acquisition-number, temporal", "08-objects-beside-the-series, report",
            "08-objects-beside-the-series, state", "08-objects-beside-the-series, dicomdir",
            "10-thin-slices-one-decimal, step_0.625", "10-thin-slices-one-decimal, step_0.333",
            "11-no-frame-of-reference, missing", "11-no-frame-of-reference, empty",
            "12-names-and-single-files, one_file", "12-names-and-single-files, one_file/enhanced.dcm"})
    void shouldReadOneVolume(String script, String made) {
        assertThat(volume(make(script).resolve(made)).volume().grid().shape()).containsExactly(30, 44, 35);
    }

    @ParameterizedTest
    @CsvSource({"report, SR0001", "state, PR0001", "dicomdir, DICOMDIR"})
    void shouldNameWhatIsLeftOut(String made, String other) {
        DicomSeries series = DicomSeries.read(make("08-objects-beside-the-series").resolve(made), READER);

        assertThat(series.leftOut()).hasSize(1).allMatch(file -> file.name().endsWith(other));
    }

    @ParameterizedTest
    @CsvSource({"09-two-series-in-upload, both, 2 series", "09-two-series-in-upload, shifted, 2 series",
            "11-no-frame-of-reference, letters, de-identify anew", "14-dynamic-series, trigger, 3 volumes",
            "14-dynamic-series, time, duplicate-position"})
    void shouldRefuse(String script, String made, String because) {
        Path source = make(script).resolve(made);

        assertThatThrownBy(() -> volume(source)).isInstanceOf(DecodeException.class).hasMessageContaining(because);
    }

    @ParameterizedTest
    @CsvSource({"03-byte-aligned-seg-frames, right.dcm", "03-byte-aligned-seg-frames, aligned.dcm",
            "07-seg-on-rounded-positions, labels.dcm", "13-segmentations-of-others, empty_segment.dcm",
            "13-segmentations-of-others, no_label.dcm", "13-segmentations-of-others, no_background.dcm"})
    void shouldReadLabels(String script, String made) throws IOException {
        Path out = make(script);

        assertCounts(labels(out, made).labels().counts());
    }

    @Test
    void shouldTranslateOldCodes() throws IOException {
        assertThat(labels(make("13-segmentations-of-others"), "old_codes.dcm").structures())
                .extracting(Structure::code).containsOnly("87463005");
    }

    @ParameterizedTest
    @CsvSource({"none, 0", "m32768, 3185", "m2000, 3185", "32767, 3185"})
    void shouldReadPaddingAsNoImage(String name, int padded) {
        float[] values = volume(make("04-pixel-padding").resolve("padding_" + name)).volume().values();

        int missing = 0;
        for (float v : values) {
            missing += Float.isNaN(v) ? 1 : 0;
            assertThat(Float.isNaN(v) || v >= 100 && v <= 1000).isTrue();
        }
        assertThat(missing).isEqualTo(padded);
    }

    @ParameterizedTest
    @CsvSource({"06-scaled-labels, labels_uint8.nii.gz", "06-scaled-labels, labels_int16.nii.gz",
            "06-scaled-labels, labels_int32.nii.gz", "06-scaled-labels, right.nii.gz",
            "12-names-and-single-files, LABELS.NII.GZ"})
    void shouldReadLabelMaps(String script, String made) {
        assertCounts(NiftiReader.readLabels(make(script).resolve(made)).counts());
    }

    /** The script sets both codes to 0, and Debian's nibabel an sform code of 2 when it saves: here they are 0 indeed. */
    @ParameterizedTest
    @ValueSource(strings = {"image.nii.gz", "labels.nii.gz"})
    void shouldRefuseWhatDoesNotSayWhichSideIsLeft(String made) throws IOException {
        byte[] file;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(make("05-nifti-without-codes").resolve(made)))) {
            file = in.readAllBytes();
        }
        Arrays.fill(file, QFORM_CODE, SFORM_CODE + 2, (byte) 0);

        assertThatThrownBy(() -> NiftiReader.readVolume(new ByteArrayInputStream(file)))
                .isInstanceOf(DecodeException.class).hasMessageContaining("left");
    }

    private static void assertCounts(int[] counts) {
        assertThat(counts).startsWith(COUNTS);
    }

    private static AssembledVolume volume(Path source) {
        return OneVolume.of(DicomSeries.read(source, READER).frames());
    }

    private static Segmentation labels(Path out, String made) throws IOException {
        return SegmentationReader.read(READER.readObject(Files.readAllBytes(out.resolve(made))),
                LabelledImage.of(volume(out.resolve("image"))));
    }

    /** @return the folder with what the script made */
    private static Path make(String script) {
        return MADE.computeIfAbsent(script, ReportedInputsTest::run);
    }

    private static Path run(String script) {
        Path file = OtherProgram.sharedData("").resolve("../reports").resolve(script + ".py").normalize();
        assumeTrue(Files.isRegularFile(file), "no script " + file);
        assumeTrue(OtherProgram.run("/usr/bin/python3", "-c", "import numpy, pydicom, nibabel").status() == 0,
                "pydicom or nibabel is not installed");
        Path out = folder.resolve(script);
        assertThat(OtherProgram.run(List.of("/usr/bin/python3", file.toString(), out.toString())).status()).isZero();
        return out;
    }
}
