package org.regstream.service.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regstream.core.DecodeException;
import org.regstream.core.memory.Purse;
import org.regstream.service.metrics.MicrometerMetrics;
import org.regstream.service.procedure.ProcedureDesk;

class ReceiptsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Receipts receipts = new Receipts(new ProcedureDesk(null, 1, Purse.unbounded()),
            new MicrometerMetrics(registry));

    @Test
    void shouldCountOneOfNoProcedureHere() {
        receipts.apply("p1", bytes(
                "{\"schema\": 1, \"procedureId\": \"p1\", \"display\": \"wall\", \"state\": \"SHOWING\", \"at\": \"2026-11-21T08:00:00Z\"}"));

        assertThat(registry.counter("regstream.receipts.unused").count()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            p2 | {"schema": 1, "procedureId": "p1", "display": "wall", "state": "SHOWING", "at": "2026-11-21T08:00:00Z"}
            p1 | no JSON
            p1 | null
            null | {}
            p1 | [null]
            p1 | {"schema": "x"}
            """)
    void shouldThrowAtWhatItCannotUse(String key, String json) {
        assertThatThrownBy(() -> receipts.apply(key, json == null ? null : bytes(json)))
                .isInstanceOf(DecodeException.class);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
