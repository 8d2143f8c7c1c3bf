package org.regstream.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.DecodeException;

class DicomObjectTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 1, -0.0, 1 / 3.0, -1 / 3.0, 123456789012345678.0, 1e-7, -1.23456789012e-8, -1.0 / 7e5,
            1e300, -123.456789012345678})
    void shouldWriteDecimalStringsOfAtMost16Characters(double number) {
        // when
        String text = DicomObject.builder().decimals(Tag.PIXEL_SPACING, number).build().string(Tag.PIXEL_SPACING);

        // then
        assertThat(text).hasSizeLessThanOrEqualTo(16);
        assertThat(Double.parseDouble(text)).isEqualTo(number, within(1e-9 * Math.abs(number)));
    }

    @Test
    void shouldWriteRoundNumbersShort() {
        DicomObject dicom = DicomObject.builder().decimals(Tag.PIXEL_SPACING, 100, 0.5, -0.0, 1e-7, 2).build();

        assertThat(dicom.strings(Tag.PIXEL_SPACING)).containsExactly("100", "0.5", "0", "0.0000001", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {" 1.5 \\2.5\0", "1.5\\+2.5", "1.50000E+00\\25e-1", "\0 1.5\\ 2.5 \0\0"})
    void shouldReadPaddedNumbers(String text) {
        assertThat(holder(text).numbers(Tag.PIXEL_SPACING, 2)).containsExactly(1.5, 2.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,5\\2", "NaN\\1", "0x10\\1", "1d\\2", "Infinity\\1", ".\\1", "1\\\\2", "e5\\1", "-\\1"})
    void shouldRefuseWhatIsNoDecimal(String text) {
        DicomObject dicom = holder(text);

        assertThatThrownBy(() -> dicom.numbers(Tag.PIXEL_SPACING)).isInstanceOf(DecodeException.class)
                .hasMessageContaining("PIXEL_SPACING (0028,0030)").hasMessageNotContaining(text);
    }

    @Test
    void shouldReadTextInItsCharacterSet() {
        byte[] name = "Grüße".getBytes(StandardCharsets.UTF_8);
        DicomObject item = DicomObject.builder(StandardCharsets.UTF_8).bytes(Tag.SEGMENT_LABEL, Vr.LO, name).build();
        DicomObject utf8 = DicomObject.builder().text(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192")
                .bytes(Tag.SERIES_DESCRIPTION, Vr.LO, name).item(Tag.SEGMENT_SEQUENCE, item).build();
        DicomObject latin = DicomObject.builder().text(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 100")
                .bytes(Tag.SERIES_DESCRIPTION, Vr.LO, "Grüße".getBytes(StandardCharsets.ISO_8859_1)).build();

        assertThat(utf8.string(Tag.SERIES_DESCRIPTION)).isEqualTo("Grüße");
        assertThat(utf8.item(Tag.SEGMENT_SEQUENCE).orElseThrow().string(Tag.SEGMENT_LABEL)).isEqualTo("Grüße");
        assertThat(latin.string(Tag.SERIES_DESCRIPTION)).isEqualTo("Grüße");
    }

    @Test
    void shouldKeepNeitherPixelsNorPrivateAttributes() {
        // given
        DicomObject dicom = DicomObject.builder().text(Tag.PATIENT_ID, "x")
                .put(new Element.Bytes(0x00291010, Vr.OB, new byte[1000])).shorts(Tag.ROWS, 2)
                .put(new Element.Bytes(0x60003000, Vr.OW, new byte[1000])).bytes(Tag.PIXEL_DATA, Vr.OW, new byte[4])
                .build();

        // when
        DicomObject header = dicom.withoutPixelData();

        // then
        assertThat(header.elements()).extracting(Element::tag).containsExactly(Tag.PATIENT_ID.code(), Tag.ROWS.code());
    }

    @Test
    void shouldRefuseToWriteWhatIsTooLong() {
        DicomObjectBuilder builder = DicomObject.builder();

        assertThatThrownBy(() -> builder.text(Tag.SEGMENT_LABEL, "x".repeat(65)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at most 64 characters, got 65");
    }

    private static DicomObject holder(String text) {
        return DicomObject.builder().bytes(Tag.PIXEL_SPACING, Vr.DS, text.getBytes(StandardCharsets.US_ASCII)).build();
    }
}
