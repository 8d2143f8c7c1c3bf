package org.regstream.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

    private static RegstreamSettings read(Map<String, String> values) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(RegstreamSettings.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
        return config.getConfigMapping(RegstreamSettings.class);
    }
}
