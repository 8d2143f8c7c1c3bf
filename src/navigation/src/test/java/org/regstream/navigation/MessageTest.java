package org.regstream.navigation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.DecodeException;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.Structure;
import org.regstream.core.testkit.TestGrids;

/** Bytes written down from the specification's tables, field by field; checksums by a bitwise division outside Java. */
class MessageTest {

    /** 0x5F000000 s after 1970 and a half: fraction 0x80000000. */
    private static final Instant TIME = Instant.ofEpochSecond(0x5F000000L, 500_000_000);

    @Test
    void shouldLayOutAMessageOfProtocol2() {
        // when
        byte[] bytes = Message.of("Dev", TIME, new Text("Hi")).encode(HeaderVersion.PROTOCOL_2);

        // then
        assertThat(bytes).isEqualTo(hex("0001", // header version
                "535452494E47 000000000000", // STRING, 12
                "446576 0000000000000000000000000000000000", // Dev, 20
                "5F000000 80000000", // time stamp
                "0000000000000006", // body size
                "3387D9450998AC53", // checksum
                "0003 0002 4869")); // US-ASCII, length, Hi
    }

    @Test
    void shouldLayOutAMessageOfProtocol3WithItsMetadata() {
        // given
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("side", "no");
        metadata.put("key", "val");

        // when
        byte[] bytes = new Message("Dev", TIME, new Text("Hi"), metadata, 7).encode(HeaderVersion.PROTOCOL_3);

        // then
        assertThat(bytes).isEqualTo(hex("0002", "535452494E47 000000000000",
                "446576 0000000000000000000000000000000000", "5F000000 80000000",
                "0000000000000030", // body size: 12 + 6 + 18 + 12
                "5FFB07144C7BB767", // checksum
                "000C 0012 0000000C 00000007", // extended header: its size, metadata header, metadata, message id
                "0003 0002 4869", // content
                "0002", // two entries
                "0004 0003 00000002", // key of 4, US-ASCII, value of 2
                "0003 0003 00000003", // key of 3, US-ASCII, value of 3
                "73696465 6E6F 6B6579 76616C")); // side no key val
    }

    @Test
    void shouldCountNoMetadataInProtocol3() {
        byte[] bytes = Message.of("", TIME, new Nothing("IMAGE")).encode(HeaderVersion.PROTOCOL_3);

        assertThat(body(bytes)).isEqualTo(hex("000C 0002 00000000 00000000", "0000"));
    }

    @Test
    void shouldLayOutAStatus() {
        // when
        byte[] bytes = Message.of("Dev", TIME, new Status(Status.Code.TIME_OUT, 3, "STALE", "old"))
                .encode(HeaderVersion.PROTOCOL_2);

        // then
        assertThat(body(bytes)).isEqualTo(hex("0007", // time-out
                "0000000000000003", // sub-code
                "5354414C45 000000000000000000000000000000", // STALE, 20
                "6F6C64 00")); // old, and the zero the reference library writes over the last byte
        assertThat(ByteBuffer.wrap(bytes).getLong(50)).isEqualTo(0x061A6957613454AAL);
    }

    /** Points (x, y, z) LPS go to (20 + x, 30 - z, -40 + y); RAS is (-x, -y, z). */
    @Test
    void shouldLayOutATransformColumnByColumnInRas() {
        // given: a quarter turn about x
        Pose pose = new Pose(new Vector3(1, 0, 0), new Vector3(0, 0, -1), new Vector3(0, 1, 0),
                new Vector3(20, 30, -40));

        // when
        byte[] bytes = Message.of("PreopToLive_12345678", TIME, new Transform(pose)).encode(HeaderVersion.PROTOCOL_2);

        // then
        assertThat(HexFormat.of().formatHex(bytes, 2, 14)).isEqualTo("5452414e53464f524d000000"); // TRANSFORM
        assertThat(ByteBuffer.wrap(bytes).getLong(42)).as("body size").isEqualTo(48);
        assertThat(numbers(body(bytes))).containsExactly(1, 0, 0, // R11, R21, R31: right stays right
                0, 0, -1, // R12, R22, R32: anterior becomes inferior
                0, 1, 0, // R13, R23, R33: superior becomes anterior
                -20, -30, -40); // TX, TY, TZ
        assertThat(Arrays.copyOfRange(body(bytes), 36, 48)).isEqualTo(hex("C1A00000 C1F00000 C2200000"));
    }

    private static float[] numbers(byte[] body) {
        float[] numbers = new float[body.length / 4];
        ByteBuffer.wrap(body).asFloatBuffer().get(numbers);
        for (int n = 0; n < numbers.length; n++) {
            numbers[n] += 0f; // no negative zeros
        }
        return numbers;
    }

    @Test
    void shouldLayOutALabelList() {
        // given
        Structure structure = new Structure(2, "Kern\u00fc", "1", "x", "#12ab00");

        // when
        byte[] body = body(Message.of("Dev", TIME,
                new LabelList(List.of(structure), "Labels_p", "Live_p", TestGrids.isotropic(258, 3, 4)))
                .encode(HeaderVersion.PROTOCOL_2));

        // then
        assertThat(body).isEqualTo(hex("4B65726E3F" + "00".repeat(59), // Kern?, 64
                "4C6162656C735F70" + "00".repeat(12), // Labels_p, 20
                "02 00", // label, reserved
                "12AB00 FF", // red, green, blue, opaque
                "0004 0003 0102", // voxels along i, j, k
                "4C6976655F70" + "00".repeat(14))); // Live_p, 20
    }

    @Test
    void shouldLayOutASurfaceInRas() {
        // given: LPS
        TriangleMesh mesh = new TriangleMesh(new float[]{1, 2, 3, -1, 0, 0, 0, -0.5f, 0}, new int[]{0, 2, 1});

        // when
        byte[] body = body(Message.of("Dev", TIME, new Surface(mesh)).encode(HeaderVersion.PROTOCOL_2));

        // then
        assertThat(body).isEqualTo(hex("00000003", // points
                "00000000 00000000", "00000000 00000000", // no vertices, no lines
                "00000001 00000010", // a polygon of 16 bytes
                "00000000 00000000", "00000000", // no strips, no attributes
                "BF800000 C0000000 40400000", // -1, -2, 3
                "3F800000 80000000 00000000", // 1, -0, 0
                "80000000 3F000000 00000000", // -0, 0.5, 0
                "00000003 00000000 00000002 00000001"));
    }

    @Test
    void shouldLayOutCapabilityConfirmationAndNothing() {
        assertThat(body(Message.of("", TIME, new Capability(List.of("IMAGE", "GET_POLYDATA")))
                .encode(HeaderVersion.PROTOCOL_2)))
                .isEqualTo(hex("494D414745 00000000000000", "4745545F504F4C5944415441"));
        assertThat(body(Message.of("", TIME, new Confirmation("RTS_IMAGE", true)).encode(HeaderVersion.PROTOCOL_2)))
                .containsExactly(0);
        assertThat(body(Message.of("", TIME, new Confirmation("RTS_IMAGE", false)).encode(HeaderVersion.PROTOCOL_2)))
                .containsExactly(1);
        assertThat(Message.of("", TIME, new Nothing("IMAGE")).encode(HeaderVersion.PROTOCOL_2))
                .hasSize(MessageHeader.SIZE);
    }

    @Test
    void shouldMarkTextThatIsNotAsciiAsUtf8() {
        assertThat(body(Message.of("", TIME, new Text("\u00b5")).encode(HeaderVersion.PROTOCOL_2)))
                .isEqualTo(hex("006A 0002 C2B5"));
    }

    @Test
    void shouldReadItsOwnHeaderBack() {
        // given
        MessageHeader header = new MessageHeader(HeaderVersion.PROTOCOL_3, "GET_POLYDATA", "a device of 20 bytes",
                Instant.ofEpochSecond(0xFFFFFFFFL, 999_999_999), 1L << 40, -2);
        ByteBuffer bytes = ByteBuffer.allocate(MessageHeader.SIZE);

        // when
        header.encode(bytes);

        // then
        assertThat(bytes.remaining()).isZero();
        assertThat(MessageHeader.decode(bytes.flip())).isEqualTo(header);
    }

    @Test
    void shouldRefuseWhatIsNoHeader() {
        assertThatThrownBy(() -> decode(hex("4745", "00".repeat(56)))).isInstanceOf(DecodeException.class)
                .hasMessageContaining("version is 18245, expected 1 or 2");
        assertThatThrownBy(() -> decode(hex("0001", "00".repeat(56)))).isInstanceOf(DecodeException.class)
                .hasMessageContaining("type must be letters");
        assertThatThrownBy(() -> decode(hex("0001", "49 0A 49" + "00".repeat(9), "00".repeat(44))))
                .isInstanceOf(DecodeException.class).hasMessageContaining("got 'I?I'");
        assertThatThrownBy(
                () -> decode(hex("0001", "49" + "00".repeat(11), "00".repeat(28), "FF".repeat(8), "00".repeat(8))))
                .isInstanceOf(DecodeException.class).hasMessageContaining("18446744073709551615 bytes");
    }

    @Test
    void shouldTakeAnyBytesForAHeaderOrRefuseThem() {
        Random random = new Random(11);
        int refused = 0;
        for (int n = 0; n < 20_000; n++) {
            byte[] bytes = Message.of("Dev", TIME, new Text("Hi")).encode(HeaderVersion.PROTOCOL_2);
            for (int mutation = random.nextInt(4); mutation >= 0; mutation--) {
                bytes[random.nextInt(MessageHeader.SIZE)] = (byte) random.nextInt(256);
            }
            try {
                MessageHeader taken = decode(bytes);
                ByteBuffer again = ByteBuffer.allocate(MessageHeader.SIZE);
                taken.encode(again);
                assertThat(decode(again.array())).isEqualTo(taken);
            } catch (DecodeException e) {
                assertThat(e.getMessage()).isNotBlank();
                refused++;
            }
        }
        assertThat(refused).isBetween(1000, 19_000);
    }

    @Test
    void shouldFindTheMessageIdAndRefuseSizesThatDoNotFit() {
        assertThat(Extension.messageId(ByteBuffer.wrap(hex("000C 0002 00000000 00000007")), 14)).isEqualTo(7);
        for (String wrong : new String[]{"000B 0002 00000000 00000007", "000C 0003 00000000 00000007",
                "000C 0002 FFFFFFFF 00000007", "FFFF 0002 00000000 00000007"}) {
            assertThatThrownBy(() -> Extension.messageId(ByteBuffer.wrap(hex(wrong)), 14)).as(wrong)
                    .isInstanceOf(DecodeException.class);
        }
        assertThatThrownBy(() -> Extension.messageId(ByteBuffer.wrap(new byte[11]), 11))
                .isInstanceOf(DecodeException.class).hasMessageContaining("at least 12 bytes, got 11");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a device name of 21 b", "\u00fc", "line\nbreak"})
    void shouldRefuseANameThatTheFieldCannotHold(String device) {
        assertThatThrownBy(() -> Message.of(device, TIME, new Text("")).encode(HeaderVersion.PROTOCOL_2))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("device name");
    }

    @Test
    void shouldRefuseTooMuchTextAndTimesTheFieldCannotHold() {
        assertThatThrownBy(() -> new Text("x".repeat(65536))).hasMessageContaining("at most 65535 bytes, got 65536");
        assertThatThrownBy(() -> Timestamps.encode(Instant.ofEpochSecond(-1))).hasMessageContaining("1970 and 2106");
        assertThatThrownBy(() -> Timestamps.encode(Instant.ofEpochSecond(1L << 32)))
                .hasMessageContaining("1970 and 2106");
    }

    @Test
    void shouldKeepTimesToTheNanosecond() {
        for (int nano : new int[]{0, 1, 2, 499_999_999, 500_000_000, 999_999_998, 999_999_999}) {
            Instant time = Instant.ofEpochSecond(1_700_000_000L, nano);
            assertThat(Timestamps.decode(Timestamps.encode(time))).isEqualTo(time);
        }
    }

    private static MessageHeader decode(byte[] bytes) {
        return MessageHeader.decode(ByteBuffer.wrap(bytes));
    }

    private static byte[] body(byte[] message) {
        return Arrays.copyOfRange(message, MessageHeader.SIZE, message.length);
    }

    private static byte[] hex(String... fields) {
        return HexFormat.of().parseHex(String.join("", fields).replace(" ", ""));
    }
}
