package org.regstream.gateway.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.data.Value;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.regstream.gateway.refuse.Refusal;
import org.regstream.gateway.refuse.RefusedException;

class TranscodingTest {

    private static final int LIMIT = 100_000;
    private static final String INSTANCE = "2.25.1.1";
    private static final String SERIES = "2.25.1";
    private static final byte[] PIXELS = {1, 0, 2, 0, 3, 0, 4, 0};

    private final Transcoding transcoding = new Transcoding(LIMIT);

    @BeforeAll
    static void installCodecs() {
        Codecs.install();
    }

    @Test
    void shouldWritePart10WithPixelsAndSeries() throws IOException {
        // when
        Instance instance = transcoding.transcode(received(image(), UID.ImplicitVRLittleEndian));

        // then
        assertThat(instance.seriesInstanceUid()).isEqualTo(SERIES);
        try (DicomInputStream in = new DicomInputStream(new ByteArrayInputStream(instance.part10()))) {
            assertThat(in.readFileMetaInformation().getString(Tag.TransferSyntaxUID))
                    .isEqualTo(UID.ExplicitVRLittleEndian);
            assertThat(in.readDataset().getBytes(Tag.PixelData)).isEqualTo(PIXELS);
        }
    }

    @Test
    void shouldRefuseWhatTheCommandDidNotAnnounce() throws IOException {
        Received other = new Received(UID.MRImageStorage, "2.25.9",
                UID.ExplicitVRLittleEndian, encode(image(), UID.ExplicitVRLittleEndian));
        assertRefused(other, Refusal.MISMATCH, "SOP Instance UID");
        assertRefused(received(with(a -> a.setString(Tag.SOPClassUID, VR.UI, UID.CTImageStorage)),
                UID.ExplicitVRLittleEndian), Refusal.MISMATCH, "SOP Class UID");
    }

    @Test
    void shouldRefuseAnInstanceWithoutSeries() throws IOException {
        assertRefused(received(with(a -> a.remove(Tag.SeriesInstanceUID)), UID.ExplicitVRLittleEndian),
                Refusal.MISMATCH, "no Series Instance UID");
    }

    @Test
    void shouldRefusePixelsOverTheLimitBeforeTheyAreAllocated() throws IOException {
        Attributes enormous = with(a -> {
            a.setInt(Tag.Rows, VR.US, 65535);
            a.setInt(Tag.Columns, VR.US, 65535);
        });
        assertRefused(received(enormous, UID.ExplicitVRLittleEndian), Refusal.TOO_LARGE, "100000 bytes");
    }

    @Test
    void shouldRefuseADeflatedObjectThatInflatesOverTheLimit() throws IOException {
        Attributes bomb = with(a -> a.setBytes(Tag.PixelData, VR.OW, new byte[50 * LIMIT]));
        Received received = received(bomb, UID.DeflatedExplicitVRLittleEndian);
        assertThat(received.dataset().length).isLessThan(LIMIT);
        assertRefused(received, Refusal.TOO_LARGE, "inflated");
    }

    @Test
    void shouldRefuseACodestreamOfAnotherSizeThanItsHeader() throws IOException {
        Attributes bomb = image();
        Fragments fragments = bomb.newFragments(Tag.PixelData, VR.OB, 2);
        fragments.add(Value.NULL);
        fragments
                .add(new byte[]{(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xC3, 0, 11, 16, (byte) 0xFF, (byte) 0xFF,
                        (byte) 0xFF, (byte) 0xFF, 1, 0, 0x11, 0, 0});
        assertRefused(received(bomb, UID.JPEGLosslessSV1), Refusal.UNREADABLE, "codestream");
    }

    @Test
    void shouldRefuseFewerPixelsThanTheHeaderDeclares() throws IOException {
        Attributes cut = with(a -> a.setBytes(Tag.PixelData, VR.OW, new byte[]{1, 0, 2, 0}));
        assertRefused(received(cut, UID.ExplicitVRLittleEndian), Refusal.UNREADABLE, "fewer pixels");
    }

    @Test
    void shouldRefuseEveryTruncationAndNotFail() throws IOException {
        byte[] whole = encode(image(), UID.ExplicitVRLittleEndian);
        for (int length = 0; length < whole.length - PIXELS.length; length++) {
            Received part = new Received(UID.MRImageStorage, INSTANCE, UID.ExplicitVRLittleEndian,
                    Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> transcoding.transcode(part)).as("first %d bytes", length)
                    .isInstanceOf(RefusedException.class);
        }
    }

    @Test
    void shouldTakeOrRefuseEveryDamageAndNotFail() throws IOException {
        byte[] whole = encode(image(), UID.ExplicitVRLittleEndian);
        Random random = new Random(5);
        for (int n = 0; n < 3000; n++) {
            byte[] damaged = whole.clone();
            for (int k = 0; k < 3; k++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Received received = new Received(UID.MRImageStorage, INSTANCE, UID.ExplicitVRLittleEndian, damaged);
            try {
                assertThat(transcoding.transcode(received).part10().length).isLessThanOrEqualTo(LIMIT);
            } catch (RefusedException e) {
                assertThat(e.refusal()).isIn((Object[]) Refusal.values());
            }
        }
    }

    private void assertRefused(Received received, Refusal refusal, String why) {
        assertThatThrownBy(() -> transcoding.transcode(received)).isInstanceOf(RefusedException.class)
                .hasMessageContaining(why)
                .extracting("refusal")
                .isEqualTo(refusal);
    }

    private static Attributes image() {
        Attributes a = new Attributes();
        a.setString(Tag.SOPClassUID, VR.UI, UID.MRImageStorage);
        a.setString(Tag.SOPInstanceUID, VR.UI, INSTANCE);
        a.setString(Tag.SeriesInstanceUID, VR.UI, SERIES);
        a.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
        a.setInt(Tag.SamplesPerPixel, VR.US, 1);
        a.setInt(Tag.Rows, VR.US, 2);
        a.setInt(Tag.Columns, VR.US, 2);
        a.setInt(Tag.BitsAllocated, VR.US, 16);
        a.setInt(Tag.BitsStored, VR.US, 16);
        a.setInt(Tag.HighBit, VR.US, 15);
        a.setInt(Tag.PixelRepresentation, VR.US, 0);
        a.setBytes(Tag.PixelData, VR.OW, PIXELS);
        return a;
    }

    private static Attributes with(Consumer<Attributes> change) {
        Attributes image = image();
        change.accept(image);
        return image;
    }

    private static Received received(Attributes image, String transferSyntax) throws IOException {
        return new Received(UID.MRImageStorage, INSTANCE, transferSyntax, encode(image, transferSyntax));
    }

    /** Data set without file meta information, as it comes over the network. */
    private static byte[] encode(Attributes image, String transferSyntax) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DicomOutputStream out = new DicomOutputStream(bytes, transferSyntax)) {
            out.writeDataset(null, image);
        }
        return bytes.toByteArray();
    }
}
