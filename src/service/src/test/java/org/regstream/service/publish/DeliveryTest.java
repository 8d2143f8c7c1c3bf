package org.regstream.service.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regstream.core.line.EncodedObject;
import org.regstream.service.dicomweb.ResultStore;
import org.regstream.service.wire.CloudEvent;

class DeliveryTest {

    private final ResultStore store = new ResultStore(1000, Duration.ofMinutes(1), Clock.systemUTC());

    @Test
    void shouldSendSmallObjectsAndKeepThemToo() {
        CloudEvent sent = new Delivery(store, 10, Optional.empty()).deliver(event(10), object(10));

        assertThat(sent.data()).hasSize(10);
        assertThat(sent.extensions()).doesNotContainKey("dataref");
        assertThat(store.find(all -> true)).hasSize(1);
    }

    @Test
    void shouldSendTheAddressOfWhatTheTopicCannotTake() {
        CloudEvent relative = new Delivery(store, 10, Optional.empty()).deliver(event(11), object(11));
        CloudEvent absolute = new Delivery(store, 10, Optional.of("http://host:8080/dicomweb/")).deliver(event(11),
                object(11));

        assertThat(relative.data()).isEmpty();
        assertThat(relative.id()).isEqualTo("2.25.3");
        assertThat(relative.extensions()).containsEntry("dataref",
                "/dicomweb/studies/2.25.1/series/2.25.2/instances/2.25.3").containsEntry("sequence", "7");
        assertThat(absolute.extensions()).containsEntry("dataref",
                "http://host:8080/dicomweb/studies/2.25.1/series/2.25.2/instances/2.25.3");
        assertThat(store.find(all -> all.instance().equals("2.25.3"))).hasSize(1);
    }

    private static EncodedObject object(int bytes) {
        return new EncodedObject("2.25.1", "2.25.2", "2.25.3", new byte[bytes]);
    }

    private static CloudEvent event(int bytes) {
        return new CloudEvent("2.25.3", "type", "/regstream/1", Instant.EPOCH, "p1", "application/dicom",
                Map.of("sequence", "7"), new byte[bytes]);
    }
}
