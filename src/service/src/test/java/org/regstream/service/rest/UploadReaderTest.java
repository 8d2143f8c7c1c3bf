package org.regstream.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regstream.core.DecodeException;
import org.regstream.core.RegstreamException;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.memory.Purse;
import org.regstream.core.memory.Tab;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.nifti.NiftiWriter;
import org.regstream.core.warp.Resample;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.read.GivenLabels;
import org.regstream.dicom.read.LabelledImage;
import org.regstream.dicom.testkit.Phantom;
import org.regstream.dicom.write.SegmentationAlgorithm;
import org.regstream.dicom.write.SegmentationWriter;

class UploadReaderTest {

    private static final Structure FRONT = new Structure(1, "front", "5", "Part", "#ff0000");
    private static final Structure BACK = new Structure(2, "back", "5", "Part", "#00ff00");

    private final FrameReader dicom = FrameReader.withDefaults();
    private final UploadReader reader = new UploadReader(dicom);
    private final Phantom phantom = new Phantom(8, 12, 12, List.of(FRONT, BACK));

    private final Tab memory = Purse.unbounded().open();

    @TempDir
    Path folder;

    @Test
    void shouldTellSegmentsOfOneCodeApartByName() throws IOException {
        // segment 1 is the front of label 1 in either order of the model's structures
        List<Structure> modelOrder = List.of(new Structure(1, "Back", "5", "Part", "#00ff00"),
                new Structure(2, "Front", "5", "Part", "#ff0000"));

        LabelMap read = read(List.of(FRONT, BACK), modelOrder, Optional.empty()).labels();

        assertThat(read.count(2)).isEqualTo(phantom.labels().count(1));
        assertThat(read.at(4, 6, 4)).isEqualTo(2);
        assertThat(read.at(4, 6, 7)).isEqualTo(1);
    }

    @Test
    void shouldKeepWhatTheModelDoesNotKnowUnderItsOwnNameAndAFreeLabel() throws IOException {
        // given: segment 1 is no structure of the model, which has a label 1
        Structure tumour = new Structure(1, "tumour", "108369006", "Neoplasm", "#ff0000");

        // when
        GivenLabels given = read(List.of(tumour, BACK), List.of(FRONT, BACK), Optional.empty());

        // then
        assertThat(given.structures()).extracting(Structure::name).containsExactly("back", "tumour");
        assertThat(given.structures()).extracting(Structure::label).containsExactly(2, 3);
        assertThat(given.labels().count(3)).isEqualTo(phantom.labels().count(1));
        assertThat(given.labels().count(1)).isZero();
    }

    @Test
    void shouldNotTakeTwoSegmentsForOneStructure() throws IOException {
        GivenLabels given = read(List.of(FRONT, BACK), List.of(FRONT), Optional.empty());

        assertThat(given.structures()).extracting(Structure::name).containsExactly("front", "back");
    }

    @Test
    void shouldNumberSegmentsAsTheProcedureDoesAndLeaveOthersOut() throws IOException {
        GivenLabels given = read(List.of(FRONT, BACK), List.of(),
                Optional.of(List.of(new Structure(200, "back", "5", "Part", "#00ff00"))));

        assertThat(given.labels().count(200)).isEqualTo(phantom.labels().count(2));
        assertThat(given.labels().count(1)).isZero();
        assertThat(given.structures()).extracting(Structure::label).containsExactly(200);
    }

    @Test
    void shouldNameTheStructureThatHasNoSegment() {
        assertThatThrownBy(() -> read(List.of(FRONT, BACK), List.of(),
                Optional.of(List.of(new Structure(1, "middle", "5", "Part", "#00ff00")))))
                .isInstanceOf(DecodeException.class).hasMessageContaining("middle").hasMessageContaining("front");
    }

    /** Whoever numbers voxels by hand may use any number. */
    @Test
    void shouldNameLabelsOfAnyNumber() throws IOException {
        // given
        byte[] labels = phantom.labels().labels().clone();
        for (int x = 0; x < labels.length; x++) {
            labels[x] = (byte) (labels[x] == 2 ? 250 : labels[x]);
        }
        Path file = folder.resolve("labels.nii");
        NiftiWriter.write(LabelMap.takeOwnershipOf(phantom.labels().grid(), labels), file);

        // when
        GivenLabels given = reader
                .labels(new UploadedFile("labels.nii", file), image(), List.of(FRONT, BACK), Optional.empty(), memory)
                .given();

        // then
        assertThat(given.structures()).extracting(Structure::name).containsExactly("front", "label 250");
    }

    /** Left and right of a file are where its header says: the same voxels under a mirrored header are another image. */
    @Test
    void shouldReadAMirroredHeaderAsAMirroredPatient() throws IOException {
        // given: the phantom as it is, stored from its other side, and with a header that mirrors it
        Grid grid = phantom.labels().grid();
        Affine a = grid.affine();
        Vector3 far = a.toLps(0, 0, grid.width() - 1);
        Grid otherWay = new Grid(grid.depth(), grid.height(), grid.width(),
                new Affine(far, a.stepK(), a.stepJ(), a.stepI().times(-1)));
        byte[] backwards = new byte[grid.size()];
        for (int x = 0; x < backwards.length; x++) {
            int i = x % grid.width();
            backwards[x - i + grid.width() - 1 - i] = phantom.labels().labels()[x];
        }
        NiftiWriter.write(LabelMap.takeOwnershipOf(otherWay, backwards), folder.resolve("same.nii"));
        NiftiWriter.write(phantom.labels().withGrid(otherWay), folder.resolve("mirrored.nii"));

        // when
        LabelMap same = Resample.nearest(nifti("same.nii"), grid);
        LabelMap mirrored = Resample.nearest(nifti("mirrored.nii"), grid);

        // then
        assertThat(same.labels()).isEqualTo(phantom.labels().labels());
        assertThat(mirrored.labels()).isEqualTo(backwards).isNotEqualTo(phantom.labels().labels());
    }

    private LabelMap nifti(String name) {
        return reader
                .labels(new UploadedFile(name, folder.resolve(name)), image(), List.of(FRONT, BACK), Optional.empty(),
                        memory)
                .given().labels();
    }

    private GivenLabels read(List<Structure> segments, List<Structure> known, Optional<List<Structure>> wanted)
            throws IOException {
        return reader.labels(segmentation(segments), image(), known, wanted, memory).given();
    }

    private LabelledImage image() {
        return LabelledImage.of(phantom.labels().grid());
    }

    private UploadedFile segmentation(List<Structure> structures) throws IOException {
        List<DicomObject> headers = phantom.series("2.25.7", 1, Instant.EPOCH).stream().map(dicom::readObject)
                .map(DicomObject::withoutPixelData).toList();
        byte[] labels = SegmentationWriter.write(phantom.labels(), structures, headers,
                new SegmentationAlgorithm("hand", "00", "manual", List.of()));
        return file("labels.dcm", labels);
    }

    private UploadedFile file(String name, byte[] content) throws IOException {
        return new UploadedFile(name, Files.write(folder.resolve(name), content));
    }

    private List<UploadedFile> series(String uid, int number) throws IOException {
        List<UploadedFile> files = new ArrayList<>();
        for (byte[] slice : phantom.series(uid, number, Instant.EPOCH)) {
            files.add(file(uid + "-" + number + "-" + files.size(), slice));
        }
        return files;
    }

    @Test
    void shouldReadASeriesInParts() throws IOException {
        UploadedImage image = reader.image(series("2.25.7", 1), memory);

        assertThat(image.volume().grid()).isEqualTo(phantom.image().grid());
        assertThat(image.notices()).isEmpty();
    }

    /** Whichever came last would be taken, and nobody would know. */
    @Test
    void shouldRefuseSeveralSeriesNamingThem() throws IOException {
        List<UploadedFile> both = new ArrayList<>(series("2.25.7", 1));
        both.addAll(series("2.25.8", 1));

        assertThatThrownBy(() -> reader.image(both, memory)).isInstanceOf(DecodeException.class)
                .hasMessageContainingAll("2 series", "2.25.7 (8 instances)", "2.25.8 (8 instances)");
    }

    @Test
    void shouldRefuseSeveralTimesNamingThem() throws IOException {
        List<UploadedFile> both = new ArrayList<>(series("2.25.7", 1));
        both.addAll(series("2.25.7", 2));

        assertThatThrownBy(() -> reader.image(both, memory)).isInstanceOf(DecodeException.class)
                .hasMessageContainingAll("2 volumes", "8 slices of t1", "8 slices of t2");
    }

    /** A series in one ZIP and its rest beside it: all parts count, in any order. */
    @Test
    void shouldReadZipsAndFilesTogetherAndNameWhatIsNotUsed() throws IOException {
        // given
        List<UploadedFile> parts = series("2.25.7", 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (UploadedFile part : parts.subList(0, 5)) {
                zip.putNextEntry(new ZipEntry("series/" + part.name()));
                zip.write(Arrays.copyOfRange(part.bytes(memory), 132, part.bytes(memory).length)); // no preamble
            }
            zip.putNextEntry(new ZipEntry("series/notes.txt"));
            zip.write("no image".getBytes(StandardCharsets.US_ASCII));
        }
        List<UploadedFile> sent = new ArrayList<>(parts.subList(5, 8));
        sent.add(file("series.zip", bytes.toByteArray()));

        // when
        UploadedImage image = reader.image(sent, memory);

        // then
        assertThat(image.volume().grid().depth()).isEqualTo(8);
        assertThat(image.notices()).containsExactly("left out: series/notes.txt (no DICOM instance)");
    }

    @Test
    void shouldRefuseANiftiImageAmongOtherFiles() throws IOException {
        NiftiWriter.write(phantom.image(), folder.resolve("a.nii"));
        UploadedFile one = new UploadedFile("a.nii", folder.resolve("a.nii"));

        assertThatThrownBy(() -> reader.image(List.of(one, one), memory)).isInstanceOf(DecodeException.class)
                .hasMessageContainingAll("a.nii", "a NIfTI image is a single file");
    }

    /** What a small file becomes is known before it is: from its header, or as it inflates. */
    @ParameterizedTest
    @EnumSource(Small.class)
    void shouldRefuseWhatIsSmallOnDiskAndLargeInMemory(Small what) throws IOException {
        UploadedFile file = file("upload", what.bytes(this));
        assertThat(Files.size(file.path())).isLessThan(1 << 20);
        Purse purse = new Purse("uploads", 8 << 20);

        try (Tab small = purse.open()) {
            assertThatThrownBy(() -> new UploadReader(FrameReader.within(purse.limit())).image(List.of(file), small))
                    .isInstanceOf(RegstreamException.class).hasMessageMatching("(?s).*(uploads may take|more than).*");
        }

        assertThat(purse.taken()).isZero();
    }

    @Test
    void shouldTakeForASeriesWhatItsFramesAndTheVolumeTake() throws IOException {
        long voxels = phantom.image().grid().size();
        Purse purse = new Purse("uploads", 1 << 20);

        try (Tab work = purse.open()) {
            reader.image(series("2.25.7", 1), work);

            assertThat(work.taken()).isEqualTo(2 * Float.BYTES * voxels);
        }
    }

    /** 64 MiB or more of nothing. */
    enum Small {
        NIFTI_GZIP {
            @Override
            byte[] bytes(UploadReaderTest test) throws IOException {
                return gzip(header(256, 256, 256));
            }
        },
        NIFTI_HEADER {
            @Override
            byte[] bytes(UploadReaderTest test) {
                return header(512, 512, 512);
            }
        },
        ZIP {
            @Override
            byte[] bytes(UploadReaderTest test) throws IOException {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                    zip.putNextEntry(new ZipEntry("one.dcm"));
                    zip.write(new byte[64 << 20]);
                }
                return bytes.toByteArray();
            }
        },
        DEFLATED_DICOM {
            @Override
            byte[] bytes(UploadReaderTest test) throws IOException {
                byte[] slice = test.phantom.series("2.25.7", 1, Instant.EPOCH).get(0);
                return deflated(slice, 64 << 20);
            }
        };

        abstract byte[] bytes(UploadReaderTest test) throws IOException;

        static byte[] header(int... shape) {
            ByteArrayOutputStream small = new ByteArrayOutputStream();
            NiftiWriter.write(new Phantom(8, 8, 8, List.of(FRONT, BACK)).image(), small);
            ByteBuffer header = ByteBuffer.wrap(Arrays.copyOf(small.toByteArray(), 400)).order(ByteOrder.LITTLE_ENDIAN);
            for (int axis = 0; axis < 3; axis++) {
                header.putShort(42 + 2 * axis, (short) shape[axis]);
            }
            return header.array();
        }

        static byte[] gzip(byte[] header) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
                zip.write(header);
                zip.write(new byte[64 << 20]);
            }
            return bytes.toByteArray();
        }

        /** As dcmtk's dcmconv +td: the file meta group as it is, with the syntax's UID, and the rest deflated with padding behind it. */
        static byte[] deflated(byte[] part10, int padding) throws IOException {
            int meta = 132 + 12 + ByteBuffer.wrap(part10).order(ByteOrder.LITTLE_ENDIAN).getInt(140);
            String head = new String(part10, 0, meta, StandardCharsets.ISO_8859_1);
            String syntax = "1.2.840.10008.1.2.1";
            int at = head.indexOf(syntax + "\0") - 2;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(part10, 0, 140);
            bytes.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(meta - 144 + 2).array());
            bytes.write(part10, 144, at - 144);
            bytes.write(new byte[]{22, 0});
            bytes.write((syntax + ".99").getBytes(StandardCharsets.US_ASCII));
            bytes.write(part10, at + 2 + 20, meta - at - 22);
            try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, new Deflater(9, true))) {
                out.write(part10, meta, part10.length - meta);
                out.write(new byte[padding]);
            }
            return bytes.toByteArray();
        }
    }
}
