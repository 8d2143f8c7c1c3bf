package org.regstream.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CieLabTest {

    /** L* of white is 100, of black 0; grey has a* = b* = 0, stored as 128 / 255 of 65535 = 32896. */
    @Test
    void shouldPutGreysOnTheAxis() {
        assertThat(CieLab.ofSrgb("#ffffff").l()).isEqualTo(65535);
        assertThat(CieLab.ofSrgb("#000000")).isEqualTo(new CieLab(0, 32896, 32896));
        assertThat(CieLab.ofSrgb("#808080").a()).isBetween(32890, 32902);
        assertThat(CieLab.ofSrgb("#808080").b()).isBetween(32890, 32902);
    }

    /** sRGB red in the D50 space of ICC profiles is L* 54.29, a* 80.81, b* 69.89. */
    @Test
    void shouldKnowRed() {
        CieLab red = CieLab.ofSrgb("#ff0000");

        assertThat(100.0 * red.l() / 65535).isBetween(54.2, 54.4);
        assertThat(255.0 * red.a() / 65535 - 128).isBetween(80.7, 80.9);
        assertThat(255.0 * red.b() / 65535 - 128).isBetween(69.8, 70.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#000000", "#ffffff", "#e6194b", "#3cb44b", "#0000ff", "#00ff00", "#123456", "#808080"})
    void shouldComeBack(String colour) {
        assertThat(CieLab.ofSrgb(colour).toSrgb()).isEqualTo(colour);
    }
}
