package org.regstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.Value;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every storage class that the gateway takes, in transfer syntaxes that its scanners use. */
@ExtendWith(SharedBroker.class)
class StorageClassesIT {

    /** Change with the compression, as PS3.5 8.2 has it; in the order of their numbers. */
    private static final int[] OF_PIXELS = {Tag.PhotometricInterpretation, Tag.PlanarConfiguration, Tag.PixelData};

    @TempDir
    private Path folder;

    static Stream<Arguments> images() {
        return Stream.of(Arguments.of(LiveImage.ENHANCED_MR, Syntax.EXPLICIT),
                Arguments.of(LiveImage.ENHANCED_MR, Syntax.JPEG_2000),
                Arguments.of(LiveImage.ENHANCED_MR, Syntax.JPEG_LS),
                Arguments.of(LiveImage.ENHANCED_MR, Syntax.JPEG_LS_NEAR), Arguments.of(LiveImage.CT, Syntax.IMPLICIT),
                Arguments.of(LiveImage.CT, Syntax.JPEG_LOSSLESS), Arguments.of(LiveImage.CT, Syntax.JPEG_2000_LOSSY),
                Arguments.of(LiveImage.ENHANCED_CT, Syntax.DEFLATED), Arguments.of(LiveImage.ENHANCED_CT, Syntax.RLE),
                Arguments.of(LiveImage.LEGACY_MR, Syntax.EXPLICIT), Arguments.of(LiveImage.LEGACY_CT, Syntax.IMPLICIT),
                Arguments.of(LiveImage.COLOURS, Syntax.EXPLICIT), Arguments.of(LiveImage.COLOURS, Syntax.RLE),
                Arguments.of(LiveImage.COLOURS, Syntax.JPEG_LOSSLESS),
                Arguments.of(LiveImage.COLOURS, Syntax.JPEG_2000),
                Arguments.of(LiveImage.COLOURS, Syntax.JPEG_BASELINE),
                Arguments.of(LiveImage.BYTES, Syntax.EXPLICIT),
                Arguments.of(LiveImage.BYTES, Syntax.JPEG_LOSSLESS),
                Arguments.of(LiveImage.BYTES, Syntax.JPEG_BASELINE));
    }

    @ParameterizedTest
    @MethodSource("images")
    void shouldArriveWithEveryVoxelAndEveryAttribute(LiveImage image, Syntax syntax, BrokerProcess broker)
            throws Exception {
        // given
        Attributes source = image.make();

        // when
        Delivery delivery = Delivery.of(source, syntax, folder, broker);

        // then
        assertThat(delivery.isAccepted()).as(delivery.said()).isTrue();
        assertThat(delivery.arrived()).hasSize(1);
        Attributes arrived = delivery.arrived().get(0);
        syntax.requireSame(LiveImage.bySample(arrived), delivery.expected());
        assertThat(arrived.getInt(Tag.NumberOfFrames, 1)).isEqualTo(image.frames);
        assertThat(arrived.getString(Tag.PhotometricInterpretation))
                .isEqualTo(source.getString(Tag.PhotometricInterpretation));
        assertThat(withoutPixels(arrived)).isEqualTo(withoutPixels(delivery.sent()));
        assertThat(arrived.getString(Tag.LossyImageCompression, "00")).isEqualTo(syntax.isLossy() ? "01" : "00");
    }

    /** The service could make no volume of them: whoever sends them hears it at once. */
    @ParameterizedTest
    @EnumSource(value = LiveImage.class, names = {"ULTRASOUND", "ANGIOGRAPHY"})
    void shouldNotPromiseWhatTheServiceCannotUse(LiveImage image, BrokerProcess broker) throws Exception {
        Delivery delivery = Delivery.of(image.make(), Syntax.EXPLICIT, folder, broker);

        assertThat(delivery.isAccepted()).as(delivery.said()).isFalse();
        assertThat(delivery.said()).contains("No Acceptable Presentation Contexts");
        assertThat(delivery.arrived()).isEmpty();
    }

    /** Red, green and blue as they are: a decoder that guesses would take them for luminance and chrominance. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldKeepColoursThatTheCompressionDidNotConvert(boolean saysSo, BrokerProcess broker) throws Exception {
        // given
        Syntax syntax = Syntax.JPEG_BASELINE;
        Attributes source = LiveImage.COLOURS.make();
        Attributes sent = syntax.encode(source, folder, "one", "+cr");
        assertThat(sent.getString(Tag.PhotometricInterpretation)).isEqualTo("RGB");
        if (!saysSo) {
            ((Fragments) sent.getValue(Tag.PixelData)).replaceAll(StorageClassesIT::withoutAdobeSegment);
        }

        // when
        Delivery delivery = Delivery.of(sent, syntax.expected(source, folder, "one"), syntax, folder, broker);

        // then
        assertThat(delivery.isAccepted()).as(delivery.said()).isTrue();
        assertThat(LiveImage.bySample(delivery.arrived().get(0))).isEqualTo(delivery.expected());
    }

    /** APP14 tells decoders of the colours. The offset table goes too: the images move. */
    private static Object withoutAdobeSegment(Object fragment) {
        if (!(fragment instanceof byte[] bytes) || bytes[1] != (byte) 0xD8) {
            return Value.NULL;
        }
        int at = 2;
        while (bytes[at + 1] != (byte) 0xEE) {
            at += 2 + (bytes[at + 2] & 0xFF) * 256 + (bytes[at + 3] & 0xFF);
        }
        int end = at + 2 + (bytes[at + 2] & 0xFF) * 256 + (bytes[at + 3] & 0xFF);
        ByteBuffer rest = ByteBuffer.allocate(bytes.length - (end - at));
        return rest.put(bytes, 0, at).put(bytes, end, bytes.length - end).array();
    }

    private static Attributes withoutPixels(Attributes image) {
        Attributes others = new Attributes(image);
        others.removeSelected(OF_PIXELS);
        return others;
    }
}
