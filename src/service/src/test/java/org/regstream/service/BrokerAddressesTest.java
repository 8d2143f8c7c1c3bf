package org.regstream.service;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.regstream.core.ConfigurationException;

class BrokerAddressesTest {

    @Test
    void shouldSayAtOnceThatNothingListens() throws IOException {
        String nobody = "127.0.0.1:" + freePort();

        assertThatThrownBy(() -> BrokerAddresses.requireListener(nobody)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no Kafka broker listens at " + nobody).hasMessageContaining("--bootstrap");
    }

    @Test
    void shouldBeContentWithOneThatListens() throws IOException {
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String two = "127.0.0.1:" + freePort() + ", 127.0.0.1:" + broker.getLocalPort();

            assertThatCode(() -> BrokerAddresses.requireListener(two)).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldRefuseWhatIsNoAddress() {
        assertThatThrownBy(() -> BrokerAddresses.requireListener("localhost"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("HOST:PORT");
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
