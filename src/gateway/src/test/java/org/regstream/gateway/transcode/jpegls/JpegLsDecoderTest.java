package org.regstream.gateway.transcode.jpegls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JpegLsDecoderTest {

    /** The worked example of ITU-T T.87 H.3: 4 x 4 samples of 8 bits, lossless, default parameters. */
    private static final byte[] EXAMPLE = HexFormat.of()
            .parseHex("ffd8" + "fff7000b0800040004" + "01011100" + "ffda0008010100000000"
                    + "c000006c80208e01c0000057400000" + "6ee6000001bc18000005d80000" + "9160" + "ffd9");

    @Test
    void shouldDecodeTheExampleOfTheStandard() throws IOException {
        assertThat(JpegLsDecoder.decode(JpegLsHeader.parse(EXAMPLE), EXAMPLE)).containsExactly(0, 0, 90, 74, 68, 50, 43,
                205, 64, 145, 145, 145, 100, 145, 145, 145);
    }

    @Test
    void shouldRefuseSeveralComponents() {
        byte[] colour = EXAMPLE.clone();
        colour[11] = 3;
        assertThatThrownBy(() -> JpegLsHeader.parse(colour)).isInstanceOf(IOException.class)
                .hasMessageContaining("more than one component");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldEndOnEveryDamagedScan() {
        Random random = new Random(7);
        for (int n = 0; n < 20_000; n++) {
            byte[] damaged = EXAMPLE.clone();
            for (int k = 0; k < 4; k++) {
                damaged[25 + random.nextInt(damaged.length - 25)] = (byte) random.nextInt();
            }
            try {
                assertThat(JpegLsDecoder.decode(JpegLsHeader.parse(damaged), damaged)).hasSize(16);
            } catch (IOException e) {
                assertThat(e.getMessage()).contains("JPEG-LS");
            }
        }
    }
}
