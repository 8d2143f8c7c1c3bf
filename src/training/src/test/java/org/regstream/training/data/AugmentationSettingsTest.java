package org.regstream.training.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.regstream.core.ConfigurationException;

class AugmentationSettingsTest {

    @Test
    void shouldRefuseABendThatMayFold() {
        assertThatThrownBy(() -> new AugmentationSettings(1, 1.1, 0, 0, 0, 0, 0))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("elastic").hasMessageContaining("1.1");
    }

    @Test
    void shouldRefuseWhatIsNoNumber() {
        assertThatThrownBy(() -> new AugmentationSettings(0, 0, 0, 0, 0, Double.NaN, 0))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("noise");
    }
}
