package org.regstream.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regstream.core.ConfigurationException;
import org.regstream.core.Spans;

class RegstreamSettingsTest {

    @Test
    void shouldTakeDefaults() {
        RegstreamSettings settings = read(Map.of());

        assertThat(settings.topics().frames()).isEqualTo("dicom.frames");
        assertThat(settings.model().provider()).isEqualTo("cpu");
        assertThat(settings.assembly().maxHeldBytes().asLongValue()).isEqualTo(512L << 20);
    }

    @Test
    void shouldErrorOnAnyUnknownKey() {
        assertThatThrownBy(() -> read(Map.of("regstream.model.packages", "x")))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("regstream.model.packages");
    }

    @Test
    void shouldErrorOnAValueOfTheWrongType() {
        assertThatThrownBy(() -> read(Map.of("regstream.assembly.idle-timeout", "soon")))
                .hasMessageContaining("idle-timeout");
    }

    /** A region knows summer time, which an offset does not; a typing error must not become the zone of the machine. */
    @Test
    void shouldTakeTheZoneOfTheScanner() {
        assertThat(read(Map.of()).scanner().zone()).isEmpty();
        assertThat(read(Map.of("regstream.scanner.zone", "Europe/Berlin")).scanner().zone())
                .contains(ZoneId.of("Europe/Berlin"));
        assertThat(read(Map.of("regstream.scanner.zone", "-03:30")).scanner().zone()).contains(ZoneId.of("-03:30"));
        assertThatThrownBy(() -> read(Map.of("regstream.scanner.zone", "Europe/Berlinn")))
                .hasMessageContaining("scanner.zone");
    }

    @Test
    void shouldTakeDefaultsWithinTheirRanges() {
        assertThatCode(() -> SettingRanges.require(read(Map.of()))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"alerts.repeat-after, PT0.999S, PT1S, PT1M, PT1M0.001S",
            "alerts.minimum-duration, PT0.099S, PT0.1S, PT1M, PT1M0.001S", "alerts.max-raises, 0, 1, 1000, 1001",
            "alerts.raise-window, PT0.999S, PT1S, PT1H, PT1H0.001S",
            "alerts.escalate-after, PT9.999S, PT10S, PT1H, PT1H0.001S",
            "receipts.budget, PT2.999S, PT3S, PT10M, PT10M0.001S",
            "procedures.age-budget, PT0.099S, PT0.1S, PT1H, PT1H0.001S",
            "freshness.frame-budget, PT0.999S, PT1S, PT10M, PT10M0.001S"})
    void shouldRefuseASettingOutOfItsRange(String name, String tooSmall, String least, String most, String tooLarge) {
        String key = "regstream." + name;
        for (String inside : List.of(least, most)) {
            assertThatCode(() -> SettingRanges.require(read(Map.of(key, inside)))).doesNotThrowAnyException();
        }
        for (String outside : List.of(tooSmall, tooLarge)) {
            assertThatThrownBy(() -> SettingRanges.require(read(Map.of(key, outside))))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage(key + " must lie in " + words(least) + " to " + words(most) + ", got " + words(outside)
                            + "; set it within, or leave it out for its default");
        }
    }

    private static String words(String value) {
        return value.startsWith("PT") ? Spans.inWords(Duration.parse(value)) : value;
    }

    private static RegstreamSettings read(Map<String, String> values) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(RegstreamSettings.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
        return config.getConfigMapping(RegstreamSettings.class);
    }
}
