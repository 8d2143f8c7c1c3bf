package org.regstream.service.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regstream.service.metrics.MicrometerMetrics;
import org.regstream.service.procedure.ProcedureDesk;

class ReceiptsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Receipts receipts = new Receipts(new ProcedureDesk(null, 1), new MicrometerMetrics(registry));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            p1 | {"schema": 1, "procedureId": "p1", "display": "wall", "state": "SHOWING", "at": "2026-11-21T08:00:00Z"} | no-procedure
            p2 | {"schema": 1, "procedureId": "p1", "display": "wall", "state": "SHOWING", "at": "2026-11-21T08:00:00Z"} | decode
            p1 | no JSON | decode
            """)
    void shouldCountWhatItCannotUse(String key, String json, String reason) {
        receipts.apply(key, json.getBytes(StandardCharsets.UTF_8));

        assertThat(registry.counter("regstream.receipts.refused", "reason", reason).count()).isEqualTo(1);
    }

    @Test
    void shouldCountARecordWithoutValueOrKey() {
        receipts.apply("p1", null);
        receipts.apply(null, new byte[0]);

        assertThat(registry.counter("regstream.receipts.refused", "reason", "decode").count()).isEqualTo(2);
    }
}
