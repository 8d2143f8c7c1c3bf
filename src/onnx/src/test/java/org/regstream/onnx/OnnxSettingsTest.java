package org.regstream.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.regstream.core.ConfigurationException;

class OnnxSettingsTest {

    @Test
    void shouldReadProvidersInAnyCase() {
        assertThat(ProviderChoice.parse("CUDA")).isEqualTo(ProviderChoice.CUDA);
        assertThat(ProviderChoice.parse(" auto ")).isEqualTo(ProviderChoice.AUTO);
    }

    @Test
    void shouldRefuseAnUnknownProviderAndNameTheKnownOnes() {
        assertThatThrownBy(() -> ProviderChoice.parse("tpu")).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cpu, cuda or auto, got tpu");
    }

    @Test
    void shouldRefuseSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> OnnxSettings.DEFAULT.withThreads(-1)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> new OnnxSettings(ProviderChoice.CPU, 1, Duration.ZERO))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("timeLimit must be positive");
    }
}
