package org.regstream.navigation.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.regstream.navigation.HeaderVersion;
import org.regstream.navigation.Text;

class OutgoingTest {

    private final AtomicInteger made = new AtomicInteger();

    @Test
    void shouldMakeItsContentOnceForAllVersionsAndAnswers() {
        // given
        Outgoing message = message();
        assertThat(made).as("before anybody is sent it").hasValue(0);

        // when
        Optional<byte[]> first = message.bytes(HeaderVersion.PROTOCOL_2, 1 << 20);
        Optional<byte[]> answer = message.answering(77).bytes(HeaderVersion.PROTOCOL_3, 1 << 20);

        // then
        assertThat(first).isPresent();
        assertThat(answer).isPresent();
        assertThat(made).hasValue(1);
    }

    @Test
    void shouldHoldContentAloneToTheLimit() {
        // a text takes 2 bytes of encoding, 2 of length and its own
        assertThat(message().bytes(HeaderVersion.PROTOCOL_3, 7)).isPresent();
        assertThat(message().bytes(HeaderVersion.PROTOCOL_3, 6)).isEmpty();
    }

    private Outgoing message() {
        return new Outgoing("STRING", "a", Scenes.START, () -> {
            made.incrementAndGet();
            return new Text("one");
        }, Map.of("key", "val"));
    }
}
