package org.regstream.dicom.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.Frame;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.TransferSyntax;
import org.regstream.dicom.Vr;

class TransferSyntaxTest {
    private static final float[] EXPECTED = {1, 2, 3, -4, 500, 32767};
    private final DicomReader reader = new DicomReader(ReadLimits.DEFAULT);

    @ParameterizedTest
    @EnumSource(value = TransferSyntax.class, names = "RLE_LOSSLESS", mode = EnumSource.Mode.EXCLUDE)
    void shouldReadTheSameImageFromEverySyntax(TransferSyntax syntax) {
        // given
        byte[] part10 = new SmallImage().part10(syntax);

        // when
        Frame frame = single(part10);

        // then
        assertThat(frame.slices().get(0).values()).containsExactly(EXPECTED);
        assertThat(reader.read(part10).string(Tag.TRANSFER_SYNTAX_UID)).isEqualTo(syntax.uid());
    }

    @Test
    void shouldReadRleSegmentsMostSignificantByteFirst() {
        // given: 6 cells 0001 0002 0003 fffc 01f4 7fff; high bytes 00 00 00 ff 01 7f, low bytes 01 02 03 fc f4 ff
        ByteBuffer fragment = ByteBuffer.allocate(64 + 6 + 8).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        fragment.putInt(2).putInt(64).putInt(64 + 6).position(64);
        fragment.put(new byte[]{-2, 0, 2, (byte) 0xff, 1, 0x7f});
        fragment.put(new byte[]{5, 1, 2, 3, (byte) 0xfc, (byte) 0xf4, (byte) 0xff, 0});

        // when
        Frame frame = single(new SmallImage().encapsulated(fragment.array()));

        // then
        assertThat(frame.slices().get(0).values()).containsExactly(EXPECTED);
    }

    @Test
    void shouldReadWithoutPreambleAndWithoutMeta() {
        byte[] explicit = new SmallImage().part10();
        byte[] implicit = new SmallImage().part10(TransferSyntax.IMPLICIT_LITTLE_ENDIAN);
        byte[] big = new SmallImage().part10(TransferSyntax.EXPLICIT_BIG_ENDIAN);

        for (byte[] bare : List.of(from(explicit, 132), withoutMeta(explicit), withoutMeta(implicit),
                withoutMeta(big))) {
            assertThat(single(bare).slices().get(0).values()).containsExactly(EXPECTED);
        }
    }

    @Test
    void shouldReadExplicitDataSetThatClaimsToBeImplicit() {
        // given
        DataSetBytes meta = DataSetBytes.explicit().raw(new byte[128]).raw(new byte[]{'D', 'I', 'C', 'M'})
                .text(Tag.TRANSFER_SYNTAX_UID, TransferSyntax.IMPLICIT_LITTLE_ENDIAN.uid() + "\0");
        byte[] lying = meta.raw(withoutMeta(new SmallImage().part10())).bytes();

        // when, then
        assertThat(single(lying).slices().get(0).values()).containsExactly(EXPECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.90", "1.2.3.4"})
    void shouldNameACompressedSyntaxAndBothWaysOut(String uid) {
        // given
        byte[] compressed = DataSetBytes.explicit().text(Tag.TRANSFER_SYNTAX_UID, uid)
                .text(Tag.SOP_CLASS_UID, "1.2").bytes();

        // when, then
        assertThatThrownBy(() -> reader.read(compressed)).isInstanceOf(DecodeException.class)
                .hasMessageContainingAll(uid, "Orthanc", "DICOMweb", "dcm4che gateway");
    }

    @ParameterizedTest
    @EnumSource(value = TransferSyntax.class, names = {"IMPLICIT_LITTLE_ENDIAN", "EXPLICIT_LITTLE_ENDIAN",
            "EXPLICIT_BIG_ENDIAN"})
    void shouldReadSequencesOfDefinedAndUndefinedLength(TransferSyntax syntax) {
        // given: a sequence of two items, one with and one without a length, inside one without a length
        DataSetBytes code = new DataSetBytes(syntax).text(Tag.CODE_VALUE, "T-1");
        DataSetBytes inner = new DataSetBytes(syntax).item(ElementHeader.ITEM, code.bytes().length).raw(code.bytes())
                .item(ElementHeader.ITEM, ElementHeader.UNDEFINED).text(Tag.CODE_VALUE, "T-2")
                .item(ElementHeader.ITEM_DELIMITER, 0);
        byte[] part10 = new DataSetBytes(syntax).text(Tag.SOP_CLASS_UID, "1.2.3")
                .header(Tag.DERIVATION_IMAGE_SEQUENCE.code(), Vr.SQ, ElementHeader.UNDEFINED)
                .item(ElementHeader.ITEM, ElementHeader.UNDEFINED)
                .header(Tag.DERIVATION_CODE_SEQUENCE.code(), Vr.SQ, inner.bytes().length).raw(inner.bytes())
                .item(ElementHeader.ITEM_DELIMITER, 0).item(ElementHeader.SEQUENCE_DELIMITER, 0)
                .text(Tag.PATIENT_ID, "after").part10();

        // when
        DicomObject dicom = reader.read(part10);

        // then
        DicomObject derivation = dicom.item(Tag.DERIVATION_IMAGE_SEQUENCE).orElseThrow();
        assertThat(derivation.sequence(Tag.DERIVATION_CODE_SEQUENCE)).extracting(i -> i.string(Tag.CODE_VALUE))
                .containsExactly("T-1", "T-2");
        assertThat(dicom.string(Tag.PATIENT_ID)).isEqualTo("after");
    }

    @Test
    void shouldReadUnknownRepresentationOfUndefinedLengthAsImplicitSequence() {
        // given
        byte[] item = new DataSetBytes(TransferSyntax.IMPLICIT_LITTLE_ENDIAN).text(Tag.CODE_VALUE, "T-1").bytes();
        byte[] part10 = DataSetBytes.explicit()
                .header(Tag.DERIVATION_CODE_SEQUENCE.code(), Vr.UN, ElementHeader.UNDEFINED)
                .item(ElementHeader.ITEM, item.length).raw(item).item(ElementHeader.SEQUENCE_DELIMITER, 0)
                .text(Tag.PATIENT_ID, "after").part10();

        // when
        DicomObject dicom = reader.read(part10);

        // then
        assertThat(dicom.sequence(Tag.DERIVATION_CODE_SEQUENCE)).hasSize(1);
        assertThat(dicom.string(Tag.PATIENT_ID)).isEqualTo("after");
    }

    private static Frame single(byte[] part10) {
        List<Frame> frames = FrameReader.withDefaults().read(part10, Instant.EPOCH);
        assertThat(frames).hasSize(1);
        return frames.get(0);
    }

    private static byte[] from(byte[] bytes, int start) {
        return Arrays.copyOfRange(bytes, start, bytes.length);
    }

    /** The meta group of the test images is one element: 8 bytes of header and the padded unique identifier. */
    private static byte[] withoutMeta(byte[] part10) {
        return from(part10, 132 + 8 + (part10[132 + 6] & 0xff));
    }
}
