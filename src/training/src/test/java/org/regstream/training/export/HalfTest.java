package org.regstream.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HalfTest {

    @Test
    void shouldRoundToElevenBitsTiesToEven() {
        assertThat(Half.rounded(1 + 1f / 1024)).isEqualTo(1 + 1f / 1024);
        assertThat(Half.rounded(1 + 1f / 2048)).isEqualTo(1);
        assertThat(Half.rounded(1 + 3f / 2048)).isEqualTo(1 + 2f / 1024);
        assertThat(Half.rounded(-0.1f)).isEqualTo(-0.0999755859375f);
        assertThat(Half.rounded(1e6f)).isEqualTo(65504);
        assertThat(Half.rounded(1e-9f)).isZero();
    }

    @Test
    void shouldHaveTheBitsOfTheStandard() {
        // from IEEE 754-2019: sign, 5 bits of exponent with bias 15, 10 bits of fraction
        assertThat(Half.bits(1)).isEqualTo((short) 0x3C00);
        assertThat(Half.bits(-2)).isEqualTo((short) 0xC000);
        assertThat(Half.bits(65504)).isEqualTo((short) 0x7BFF);
        assertThat(Half.bits(0x1p-14f)).isEqualTo((short) 0x0400);
        assertThat(Half.bits(0x1p-24f)).isEqualTo((short) 0x0001);
        assertThat(Half.bits(-0f)).isEqualTo((short) 0x8000);
        assertThat(Half.bits(Half.rounded(0.333333f))).isEqualTo((short) 0x3555);
    }

    @Test
    void shouldRefuseWhatIsNotRounded() {
        assertThatThrownBy(() -> Half.bits(0.1f)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("round it first");
    }
}
