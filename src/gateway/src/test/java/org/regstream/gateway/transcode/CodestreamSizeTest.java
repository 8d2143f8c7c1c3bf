package org.regstream.gateway.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CodestreamSizeTest {

    @Test
    void shouldReadTheFrameHeaderBehindOtherSegments() {
        // SOI, a comment of 2 bytes, SOF3: length 11, precision 16, height 0x0102, width 0x0304
        assertSize("ffd8" + "fffe0004abcd" + "ffc3000b10" + "0102" + "0304" + "01001100", 0x0304, 0x0102);
    }

    @Test
    void shouldReadAJpegLsFrameHeader() {
        assertSize("ffd8" + "fff7000b0c" + "0040" + "0080" + "01011100", 0x80, 0x40);
    }

    @Test
    void shouldSubtractTheOffsetOfAJpeg2000Image() {
        // SOC, SIZ: length, capabilities, width 0x50, height 0x60, offsets 0x10 and 0x20
        assertSize("ff4f" + "ff510029" + "0000" + "00000050" + "00000060" + "00000010" + "00000020", 0x40, 0x40);
    }

    @Test
    void shouldFindNothingWhereNoCodestreamBegins() {
        assertThat(CodestreamSize.of(new byte[0])).isEmpty();
        assertThat(CodestreamSize.of(new byte[64])).isEmpty();
        assertThat(CodestreamSize.of(HexFormat.of().parseHex("ffd8ffda000801010000003f00"))).isEmpty();
    }

    private static void assertSize(String hex, long width, long height) {
        assertThat(CodestreamSize.of(HexFormat.of().parseHex(hex))).contains(new CodestreamSize(width, height));
    }
}
