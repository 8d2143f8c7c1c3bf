package org.regstream.core.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.ConfigurationException;
import org.regstream.core.geometry.Grid;

class AssemblyPolicyTest {

    private static final AssemblyPolicy POLICY = AssemblyPolicy.DEFAULT;

    @Test
    void shouldRefuseTimeoutsThatAreNotPositiveOrNotInOrder() {
        assertThatThrownBy(() -> POLICY.withTimeouts(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> POLICY.withTimeouts(Duration.ofSeconds(-1), Duration.ofSeconds(1)))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> POLICY.withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("idle 2 s, open 1 s");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 5000})
    void shouldRefuseExpectedCountThatNoVolumeCanReach(int slices) {
        assertThatThrownBy(() -> POLICY.withExpectedSlices(slices)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void shouldRefuseLimitsBeyondTheLargestVolume() {
        assertThatThrownBy(() -> POLICY.withLimits(1, 1000)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> POLICY.withLimits(10, 0)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> POLICY.withLimits(10, 4 * Grid.MAX_VOXELS + 1))
                .isInstanceOf(ConfigurationException.class);
        assertThat(POLICY.withLimits(10, 4 * Grid.MAX_VOXELS).maxBytes()).isEqualTo(1L << 30);
    }

    @Test
    void shouldRefuseTolerancesThatWouldHideAMissingSlice() {
        assertThatThrownBy(() -> new GeometryTolerance(0.1, 0.5, 1e-3, 1e-3))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("slices must lie in (0, 0.25]");
        assertThatThrownBy(() -> new GeometryTolerance(Double.NaN, 0.1, 1e-3, 1e-3))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
