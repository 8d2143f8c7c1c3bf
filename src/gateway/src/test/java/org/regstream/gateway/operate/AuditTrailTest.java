package org.regstream.gateway.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class AuditTrailTest {

    private final List<String> written = new ArrayList<>();
    private final AuditTrail audit = new AuditTrail("REGSTREAM", written::add);

    @Test
    void shouldWriteARefusalAsSecurityAlertOfTheNode() throws Exception {
        // when
        audit.refused("MR1", "192.0.2.7", "calling AE not recognized");

        // then (codes of PS3.16 CID 400 and 401: 110113 Security Alert, 110126 Node Authentication)
        Element message = parse(written.get(0));
        assertThat(first(message, "EventID").getAttribute("csd-code")).isEqualTo("110113");
        assertThat(first(message, "EventTypeCode").getAttribute("csd-code")).isEqualTo("110126");
        assertThat(first(message, "EventIdentification").getAttribute("EventOutcomeIndicator")).isEqualTo("4");
        assertThat(first(message, "ActiveParticipant").getAttribute("UserID")).isEqualTo("MR1");
        assertThat(first(message, "ActiveParticipant").getAttribute("NetworkAccessPointID")).isEqualTo("192.0.2.7");
        assertThat(first(message, "AuditSourceIdentification").getAttribute("AuditSourceID")).isEqualTo("REGSTREAM");
    }

    @Test
    void shouldWriteAnAssociationAsLoginAndLogout() throws Exception {
        // when
        audit.opened("MR1", "192.0.2.7");
        audit.closed("MR1", "192.0.2.7");

        // then (110114 User Authentication; 110122 Login, 110123 Logout)
        assertThat(first(parse(written.get(0)), "EventID").getAttribute("csd-code")).isEqualTo("110114");
        assertThat(first(parse(written.get(0)), "EventTypeCode").getAttribute("csd-code")).isEqualTo("110122");
        assertThat(first(parse(written.get(1)), "EventTypeCode").getAttribute("csd-code")).isEqualTo("110123");
    }

    @Test
    void shouldSendSyslogToTheRepository() throws Exception {
        try (DatagramSocket repository = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                SyslogSink sink = new SyslogSink((InetSocketAddress) repository.getLocalSocketAddress(), "REGSTREAM")) {
            // when
            sink.write("<AuditMessage/>");

            // then
            repository.setSoTimeout(10_000);
            DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
            repository.receive(packet);
            assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
                    .matches("<85>1 \\S+Z REGSTREAM regstream-gateway \\d+ IHE\\+RFC-3881 - \uFEFF<AuditMessage/>");
        }
    }

    private static Element parse(String xml) throws Exception {
        assertThat(xml).doesNotContain("\n");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }

    private static Element first(Element parent, String name) {
        return (Element) parent.getElementsByTagName(name).item(0);
    }
}
