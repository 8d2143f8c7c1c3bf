package org.regstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.DecodeException;
import org.regstream.core.alert.Acknowledgement;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertLife;
import org.regstream.core.alert.AlertMemory;
import org.regstream.core.alert.AlertPolicy;
import org.regstream.core.alert.AlertPriority;
import org.regstream.core.alert.AlertSettings;
import org.regstream.core.alert.AlertState;
import org.regstream.core.alert.Condition;
import org.regstream.core.alert.Ending;
import org.regstream.core.alert.Finding;
import org.regstream.core.alert.Measurement;
import org.regstream.core.line.StoredAlerts;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.testkit.FakeModel;

class AlertStateDocumentTest {

    private static final Instant AT = Instant.parse("2026-11-21T08:00:00.250Z");

    @Test
    void shouldReadWhatItWrote() {
        StoredAlerts state = full();

        assertThat(AlertStateDocument.read(AlertStateDocument.write(state))).isEqualTo(state);
    }

    /** Anybody may write to the topic; whoever goes on from what was read must be able to. */
    @Test
    void shouldRefuseAsUnreadableWhatNobodyCouldGoOnFrom() {
        for (byte[] odd : OddJson.of(AlertStateDocument.write(full()))) {
            try {
                AlertMemory memory = AlertStateDocument.read(odd).memory();
                AlertMemory own = memory.takenOver(AT);
                assertThat(own.epoch()).isGreaterThan(memory.epoch());
                new AlertPolicy("p", List.of("head"), FakeModel.manifest(new ModelGrid(8, 8, 8, 1, "LPS")).thresholds(),
                        AlertSettings.withAgeBudget(Duration.ofSeconds(2)), own).onTick(AT.plusSeconds(1));
            } catch (DecodeException e) {
                assertThat(e.getMessage()).hasSizeLessThan(1000);
            }
        }
    }

    private static StoredAlerts full() {
        Measurement measured = new Measurement(0.75, 0.5, "nat", "fake-1");
        AlertLife full = new AlertLife("abc-1", new Condition(AlertCode.LABEL_UNCERTAIN, Optional.of("head")),
                AlertPriority.HIGH, AlertState.LATCHED,
                Optional.of(new Acknowledgement("Dr Grey", AT, AT.plusSeconds(9))),
                new Finding(AlertPriority.MEDIUM, Optional.of("0123"), Optional.of(measured), AT.minusSeconds(1),
                        "Look."),
                Optional.of(new Ending(Optional.of("0124"), Optional.of(measured))), AT.plusSeconds(1),
                AT.plusSeconds(2),
                AT.plusSeconds(3), AT.plusSeconds(4));
        AlertLife bare = new AlertLife("abc-2", new Condition(AlertCode.GAP, Optional.empty()), AlertPriority.MEDIUM,
                AlertState.ACTIVE, Optional.empty(),
                new Finding(AlertPriority.MEDIUM, Optional.empty(), Optional.empty(),
                        Instant.parse("0001-01-01T00:00:00Z"), "A gap."),
                Optional.empty(), AT, AT, AT, AT);
        return new StoredAlerts(Optional.of("run-1"), "00ff", new AlertMemory(1700, 42,
                Optional.of(AT), Optional.of(AT.minusSeconds(3)), Map.of("wall", AT), List.of(full, bare)));
    }

    @Test
    void shouldReadNothingKnown() {
        assertThat(AlertStateDocument.read(AlertStateDocument.write(StoredAlerts.NONE))).isEqualTo(StoredAlerts.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"schema\": 2}", "{\"schema\": 1}",
            "{\"schema\": 1, \"digest\": \"\", \"displays\": {}, \"open\": [], \"liveSince\": \"today\"}",
            "{\"schema\": 1, \"digest\": \"\", \"displays\": {}, \"open\": [{\"code\": \"OTHER\"}]}"})
    void shouldRefuseWhatItDoesNotUnderstand(String json) {
        assertThatThrownBy(() -> AlertStateDocument.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(DecodeException.class);
    }
}
