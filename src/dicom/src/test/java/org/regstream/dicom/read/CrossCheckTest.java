package org.regstream.dicom.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.DecodeException;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.OtherProgram;
import org.regstream.dicom.Tag;

/** What we read against what pydicom, DCMTK and GDCM make of the same files. */
class CrossCheckTest {
    /** Of pydicom 2.3.1's files; the others are compressed, colour, truncated on purpose, or no DICOM at all. */
    private static final int SAME_PIXELS = 40;
    private static final int DATA_SETS = 80;

    private static final DicomReader READER = new DicomReader(ReadLimits.DEFAULT);

    @Test
    void shouldReadPydicomsFilesAsPydicomDoesOrSayWhyNot() throws IOException {
        // given
        List<Path> files = PydicomFiles.all();
        Map<String, String> theirs = pydicom(files);
        Map<String, Integer> counts = new TreeMap<>();

        // when, then: a DecodeException is an answer, any other exception fails the test
        for (Path file : files) {
            counts.merge(compare(file, theirs.get(file.toString())), 1, Integer::sum);
        }
        assertThat(counts.getOrDefault("same pixels", 0)).as("%s", counts).isGreaterThanOrEqualTo(SAME_PIXELS);
        assertThat(counts.getOrDefault("data set only", 0)).as("%s", counts).isGreaterThanOrEqualTo(DATA_SETS);
    }

    private static String compare(Path file, String theirs) throws IOException {
        DicomObject dicom;
        try {
            dicom = READER.read(Files.readAllBytes(file));
        } catch (DecodeException e) {
            return "refused";
        }
        try {
            String ours = PixelDigest.of(dicom);
            assertThat(ours).as(file.toString()).isEqualTo(theirs);
            return "same pixels";
        } catch (DecodeException e) {
            return "data set only";
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"12-T1post-05670", "13_HCropVolume", "36459-FLAIRreg-76244"})
    void shouldReadRealSeriesAsPydicomDoes(String series) throws IOException {
        // given
        List<Path> files = files(OtherProgram.sharedData("dicom/Study1").resolve(series));
        Map<String, String> theirs = pydicom(files);

        // when, then
        for (Path file : files) {
            assertThat(PixelDigest.of(READER.read(Files.readAllBytes(file)))).as(file.toString())
                    .isEqualTo(theirs.get(file.toString()));
        }
    }

    @Test
    void shouldReadARealSeriesWithItsGeometry() {
        // when
        DicomSeries series = DicomSeries.read(OtherProgram.sharedData("dicom/Study1/13_HCropVolume"),
                FrameReader.withDefaults());

        // then
        assertThat(series.instances()).hasSize(32);
        assertThat(series.frames()).allSatisfy(frame -> {
            assertThat(frame.declaredSlices()).isZero();
            assertThat(frame.slices().get(0).grid().shape()).containsExactly(1, 51, 35);
            assertThat(frame.slices().get(0).grid().affine().spacingMm()).containsExactly(1, 1, 1);
        });
        assertThat(series.headers()).allMatch(header -> !header.has(Tag.PIXEL_DATA));
    }

    @ParameterizedTest
    @CsvSource({"dcmconv +te", "dcmconv +ti", "dcmconv +tb", "dcmconv +td", "dcmconv +ti -e", "dcmconv +te +e",
            "dcmcrle", "gdcmconv --raw", "gdcmconv --rle", "gdcmconv --implicit", "gdcmconv --deflated"})
    void shouldReadTheSameVoxelsFromRewrittenFiles(String command, @TempDir Path folder) throws IOException {
        for (String name : List.of("MR_small.dcm", "CT_small.dcm", "MR_small_implicit.dcm")) {
            // given
            Path source = PydicomFiles.file(name);
            Path target = folder.resolve(name);
            List<String> words = new ArrayList<>(List.of(command.split(" ")));
            words.addAll(List.of(source.toString(), target.toString()));

            // when
            OtherProgram.Outcome outcome = OtherProgram.run(words);

            // then
            assertThat(outcome.status()).as(outcome.said().toString()).isZero();
            DicomObject original = READER.read(Files.readAllBytes(source));
            DicomObject rewritten = READER.read(Files.readAllBytes(target));
            assertThat(PixelDigest.of(rewritten)).as(name).isEqualTo(PixelDigest.of(original));
            assertThat(grid(rewritten)).isEqualTo(grid(original));
        }
    }

    /** DCMTK and pydicom write such cells in different byte orders: 32-bit dose files of both must be refused. */
    @Test
    void shouldRefuseBigEndianCellsOf32Bits() throws IOException {
        byte[] bytes = Files.readAllBytes(PydicomFiles.file("rtdose_expb.dcm"));

        assertThatThrownBy(() -> PixelDigest.of(READER.read(bytes))).isInstanceOf(DecodeException.class)
                .hasMessageContaining("ambiguous");
    }

    private static Object grid(DicomObject dicom) {
        return FrameReader.withDefaults().frames(dicom, Instant.EPOCH).get(0).slices().get(0).grid();
    }

    private static Map<String, String> pydicom(List<Path> files) {
        Map<String, String> byPath = new HashMap<>();
        for (String line : OtherProgram.python("dump_pixels.py", files.stream().map(Path::toString).toList())) {
            String[] fields = line.split("\t", 3);
            byPath.put(fields[1], fields[2]);
        }
        return byPath;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
