package org.regstream.gateway.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossyMarkTest {

    @ParameterizedTest
    @CsvSource({UID.JPEGBaseline8Bit + ",ISO_10918_1", UID.JPEGLSNearLossless + ",ISO_14495_1",
            UID.JPEG2000 + ",ISO_15444_1", UID.HTJ2K + ",ISO_15444_15"})
    void shouldSayWhatWasDone(String transferSyntax, String method) {
        Attributes marked = marked(null, transferSyntax);

        assertThat(marked.getString(Tag.LossyImageCompression)).isEqualTo("01");
        assertThat(marked.getString(Tag.LossyImageCompressionMethod)).isEqualTo(method);
        assertThat(marked.getString(Tag.LossyImageCompressionRatio)).isEqualTo("12.35");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"00", "01"})
    void shouldLeaveALosslessSyntaxAsTheSenderHasIt(String said) {
        Attributes marked = marked(said, UID.JPEGLSLossless);

        assertThat(marked.getString(Tag.LossyImageCompression)).isEqualTo(said);
        assertThat(marked.contains(Tag.LossyImageCompressionMethod)).isFalse();
    }

    @Test
    void shouldKeepWhatTheSenderSaysOfEarlierCompressions() {
        Attributes image = new Attributes();
        image.setString(Tag.LossyImageCompression, VR.CS, "01");
        image.setString(Tag.LossyImageCompressionRatio, VR.DS, "4", "9");
        image.setString(Tag.LossyImageCompressionMethod, VR.CS, "ISO_15444_1", "ISO_10918_1");
        Attributes before = new Attributes(image);

        LossyMark.put(image, UID.JPEGBaseline8Bit, 12.345);

        assertThat(image).isEqualTo(before);
    }

    @Test
    void shouldBelieveThatNothingWasLostOnlyWhereThatCanBe() {
        assertThat(marked("00", UID.JPEG2000).getString(Tag.LossyImageCompression)).isEqualTo("00");
        assertThat(marked("00", UID.JPEGBaseline8Bit).getString(Tag.LossyImageCompression)).isEqualTo("01");
        assertThat(marked("00", UID.JPEGLSNearLossless).getString(Tag.LossyImageCompression)).isEqualTo("01");
    }

    private static Attributes marked(String said, String transferSyntax) {
        Attributes image = new Attributes();
        if (said != null) {
            image.setString(Tag.LossyImageCompression, VR.CS, said);
        }
        LossyMark.put(image, transferSyntax, 12.345);
        return image;
    }
}
