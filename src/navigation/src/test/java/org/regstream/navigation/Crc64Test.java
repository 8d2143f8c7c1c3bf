package org.regstream.navigation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Crc64Test {

    @Test
    void shouldGiveTheCataloguedCheckValueOfEcma182() {
        // the check value of CRC-64/ECMA-182, polynomial 42F0E1EBA9EA3693, begun at 0
        assertThat(Crc64.of("123456789".getBytes(StandardCharsets.US_ASCII), 0)).isEqualTo(0x6C40DF5F0B497347L);
    }

    @Test
    void shouldAgreeWithTheDefinitionAtEveryLengthAndSplit() {
        Random random = new Random(5);
        for (int length = 0; length < 40; length++) {
            // given
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            int split = random.nextInt(length + 1);

            // when
            long inOne = Crc64.of(bytes, 0);
            long inTwo = new Crc64().update(ByteBuffer.wrap(bytes, 0, split))
                    .update(ByteBuffer.wrap(bytes, split, length - split)).value();

            // then
            assertThat(inOne).as("length %d", length).isEqualTo(byDefinition(bytes)).isEqualTo(inTwo);
        }
    }

    /** The remainder of the bits, one at a time. */
    static long byDefinition(byte[] bytes) {
        long crc = 0;
        for (byte b : bytes) {
            for (int bit = 7; bit >= 0; bit--) {
                boolean divides = crc < 0 ^ (b >> bit & 1) == 1;
                crc = crc << 1 ^ (divides ? 0x42F0E1EBA9EA3693L : 0);
            }
        }
        return crc;
    }
}
