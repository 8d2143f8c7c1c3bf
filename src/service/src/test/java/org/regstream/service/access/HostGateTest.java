package org.regstream.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.HostAndPort;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostGateTest {

    private final AllowedHosts hosts = new AllowedHosts("or1.example", List.of("Display.Example"));

    @ParameterizedTest
    @CsvSource({"localhost, true", "LOCALHOST., true", "127.0.0.1, true", "10.1.2.3, true", "[::1], true", "::1, true",
            "or1.example, true", "display.example, true", "evil.example, false", "localhost.evil.example, false",
            "127.0.0.1.evil.example, false", "or1.example.evil, false", "evil.localhost, false", "[evil], false",
            "'', false", "2130706433, false", "0x7f.1, false"})
    void shouldAllowAddressesAndNamesThatAreTold(String host, boolean isAllowed) {
        assertThat(hosts.allows(host)).isEqualTo(isAllowed);
    }

    @ParameterizedTest
    @CsvSource({"http://or.example:8080, or.example, 8080, true", "https://or.example, or.example, -1, true",
            "https://or.example, or.example, 443, true", "http://OR.example, or.example, 80, true",
            "http://evil.example, or.example, -1, false", "http://or.example:81, or.example, -1, false",
            "http://user@evil.example, or.example, -1, false", "null, or.example, -1, false",
            "'', or.example, -1, false", "http://or.example.evil, or.example, -1, false", "%%, or.example, -1, false"})
    void shouldLetNoOtherSiteReadAlong(String origin, String host, int port, boolean isSame) {
        assertThat(HostGate.isSame(origin, HostAndPort.create(host, port))).isEqualTo(isSame);
    }
}
