package org.regstream.navigation.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.regstream.navigation.Text;

class SubscriptionsTest {

    private final Subscriptions subscriptions = new Subscriptions();

    @Test
    void shouldSendEverythingUntilToldOtherwise() {
        assertThat(isOn("IMAGE", "a")).isTrue();

        subscriptions.set("IMAGE", "a", false);
        assertThat(isOn("IMAGE", "a")).isFalse();
        assertThat(isOn("IMAGE", "b")).isTrue();
        assertThat(isOn("POLYDATA", "a")).isTrue();

        subscriptions.set("IMAGE", "a", true);
        assertThat(isOn("IMAGE", "a")).isTrue();
    }

    @Test
    void shouldStopATypeAndBringOneDeviceOfItBack() {
        subscriptions.set("IMAGE", "", false);
        subscriptions.set("IMAGE", "b", true);

        assertThat(isOn("IMAGE", "a")).isFalse();
        assertThat(isOn("IMAGE", "b")).isTrue();

        subscriptions.set("IMAGE", "", true);
        assertThat(isOn("IMAGE", "a")).isTrue();
        assertThat(isOn("IMAGE", "b")).isTrue();
    }

    private boolean isOn(String type, String device) {
        return subscriptions.isOn(new Outgoing(type, device, Instant.EPOCH, () -> new Text(""), Map.of()));
    }
}
