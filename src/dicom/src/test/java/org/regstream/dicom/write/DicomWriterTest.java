package org.regstream.dicom.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Element;
import org.regstream.dicom.Tag;
import org.regstream.dicom.Vr;

class DicomWriterTest {

    @Test
    void shouldWriteExplicitLittleEndianWithEvenValues() {
        // given
        DicomObject dicom = DicomObject.builder().text(Tag.SOP_CLASS_UID, "1.2").text(Tag.SOP_INSTANCE_UID, "1.23")
                .item(Tag.SEGMENT_SEQUENCE, DicomObject.builder().shorts(Tag.SEGMENT_NUMBER, 0x0102).build())
                .text(Tag.PATIENT_ID, "abc").bytes(Tag.PIXEL_DATA, Vr.OB, new byte[]{9}).build();

        // when
        byte[] bytes = DicomWriter.write(dicom);

        // then
        String dataSet = "0800 1600 5549 0400 312e3200" // UI is padded with a NUL
                + "0800 1800 5549 0400 312e3233" //
                + "1000 2000 4c4f 0400 61626320" // text with a space
                + "6200 0200 5351 0000 12000000" // SQ of one item of 10 bytes
                + "feff 00e0 0a000000 6200 0400 5553 0200 0201" //
                + "e07f 1000 4f42 0000 02000000 0900";
        byte[] expected = HexFormat.of().parseHex(dataSet.replace(" ", ""));
        assertThat(Arrays.copyOfRange(bytes, bytes.length - expected.length, bytes.length)).isEqualTo(expected);
        assertThat(Arrays.copyOfRange(bytes, 128, 144))
                .isEqualTo(HexFormat.of().parseHex("4449434d" + "02000000554c0400" + metaLength(bytes, expected)));
    }

    /** The group length counts what lies between it and the data set. */
    private static String metaLength(byte[] bytes, byte[] dataSet) {
        int length = bytes.length - dataSet.length - 144;
        return HexFormat.of().toHexDigits((byte) length) + "000000";
    }

    @Test
    void shouldRefuseEncapsulatedPixels() {
        DicomObject dicom = DicomObject.builder().text(Tag.SOP_CLASS_UID, "1.2").text(Tag.SOP_INSTANCE_UID, "1.23")
                .put(new Element.Fragments(Tag.PIXEL_DATA.code(), Vr.OB, List.of(new byte[2]))).build();

        assertThatThrownBy(() -> DicomWriter.write(dicom)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("encapsulated");
    }
}
