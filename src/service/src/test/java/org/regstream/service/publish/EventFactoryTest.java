package org.regstream.service.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.regstream.core.alert.Acknowledgement;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertPhase;
import org.regstream.core.alert.AlertPriority;
import org.regstream.core.alert.AlertState;
import org.regstream.core.alert.Measurement;
import org.regstream.core.line.EncodedMap;
import org.regstream.core.line.EncodedObject;
import org.regstream.core.line.Labels;
import org.regstream.core.line.Network;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.testkit.FakeModel;
import org.regstream.service.testing.Figures;

/** Events of schema version 1, byte for byte: displays read them for years. */
class EventFactoryTest {

    private static final Instant AT = Instant.parse("2026-11-21T08:00:00.250Z");

    private static final String FIGURES = "{\"schema\":1,\"labelSource\":\"carried\",\"field\":\"network\",\"candidates\":"
            + "{\"alignment\":{\"total\":0.5,\"similarity\":0.25,\"outlines\":0.5,\"roughness\":0.0},"
            + "\"network\":{\"total\":1.25,\"similarity\":0.75,\"outlines\":1.0,\"roughness\":0.125}},"
            + "\"pose\":{\"liveToPreoperative\":[1.0,0.0,0.0,0.0,0.0,1.0,0.0,0.0,0.0,0.0,1.0,0.0,0.0,0.0,0.0,1.0],"
            + "\"turnedDegrees\":0.0,\"movedMm\":0.0,\"basis\":\"procedure\"},"
            + "\"structures\":[{\"name\":\"head\",\"labelSource\":\"carried\",\"volumeMm3\":100.0,\"referenceMm3\":80.0,"
            + "\"coverage\":1.0,\"meanEntropyNats\":0.25,\"expectedErrorMm\":0.75,\"features\":{\"entropyInside\":0.25,"
            + "\"entropyBorder\":0.5,\"expectedErrorMm\":0.75,\"agreement\":0.9,\"volumeVariation\":0.125,\"spreadMm\":0.5,"
            + "\"logVolumeRatio\":0.0625,\"similarity\":0.8,\"outlinesAgree\":0.85,\"outlineDice\":0.95}}]}";

    private final EventFactory events = new EventFactory(FakeModel.manifest(new ModelGrid(4, 4, 4, 1, "LPS")), "run-1",
            Clock.fixed(AT, ZoneOffset.UTC));

    /** Consumers drop repeats by id and source; which run it is of, they are told beside that. */
    @Test
    void shouldBeTheSameEventWhicheverRunMakesIt() {
        Labels result = Samples.labels(Network.STUDENT, 7,
                new EncodedObject("2.25.1", "2.25.2", "2.25.8", new byte[]{1, 2}), AT.minusMillis(40),
                Duration.ofMillis(12), Figures.of(List.of(FakeModel.HEAD), Map.of()));
        EventFactory later = new EventFactory(FakeModel.manifest(new ModelGrid(4, 4, 4, 1, "LPS")), "run-2",
                Clock.fixed(AT.plusSeconds(60), ZoneOffset.UTC));

        Map<String, String> before = headers(events.labels(result));
        Map<String, String> after = headers(later.labels(result));

        assertThat(after.remove("ce_time")).isNotEqualTo(before.remove("ce_time"));
        assertThat(after.remove("ce_runid")).isNotEqualTo(before.remove("ce_runid"));
        assertThat(after).isEqualTo(before).containsKeys("ce_id", "ce_source", "ce_acquired");
    }

    @Test
    void shouldCarryEverythingADisplayNeedsInTheHeadersOfLabels() {
        Labels result = Samples.labels(Network.STUDENT, 7,
                new EncodedObject("2.25.1", "2.25.2", "2.25.8", new byte[]{1, 2}), AT.minusMillis(40),
                Duration.ofMillis(12), Figures.of(List.of(FakeModel.HEAD), Map.of()));

        CloudEvent event = events.labels(result);

        assertThat(headers(event)).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                Map.entry("ce_specversion", "1.0"), Map.entry("ce_id", "2.25.8"),
                Map.entry("ce_type", "org.regstream.labels.student.v1"), Map.entry("ce_source", "/regstream"),
                Map.entry("ce_runid", "run-1"),
                Map.entry("ce_time", "2026-11-21T08:00:00.250Z"), Map.entry("ce_subject", "p1"),
                Map.entry("content-type", "application/dicom"), Map.entry("ce_procedureid", "p1"),
                Map.entry("ce_volumeid", "0123"), Map.entry("ce_sequence", "7"),
                Map.entry("ce_acquired", "2026-11-21T08:00:00.250Z"), Map.entry("ce_modelid", "fake"),
                Map.entry("ce_modeldigest", "00"), Map.entry("ce_lastslice", "2026-11-21T08:00:00.210Z"),
                Map.entry("ce_modelmillis", "12.0"), Map.entry("ce_queuemillis", "5.0"),
                Map.entry("ce_fieldmillis", String.valueOf(result.overlay().choice().time().toNanos() / 1e6)),
                Map.entry("ce_labelsource", "carried"),
                Map.entry("ce_field", "network"), Map.entry("ce_figures", FIGURES)));
        assertThat(event.data()).containsExactly(1, 2);
        assertThat(event.toString()).doesNotContain("[B").contains("2 bytes");
    }

    /** Another type, the ensemble's digest, and what Dice to expect. */
    @Test
    void shouldTellLabelsOfTheEnsembleFromThoseOfTheStudent() {
        Labels result = Samples.labels(Network.ENSEMBLE, 8,
                new EncodedObject("2.25.1", "2.25.2", "2.25.9", new byte[]{3}), AT, Duration.ofMillis(900),
                Figures.of(List.of(FakeModel.HEAD, FakeModel.BODY), Map.of("head", 0.91, "body", 0.85)));

        CloudEvent event = events.labels(result);

        assertThat(headers(event)).containsEntry("ce_type", "org.regstream.labels.ensemble.v1")
                .containsEntry("ce_id", "2.25.9").containsEntry("ce_modeldigest", "01")
                .containsEntry("ce_sequence", "8").containsEntry("ce_modelmillis", "900.0")
                .containsEntry("ce_predicteddice", "{\"body\":0.85,\"head\":0.91}");
    }

    @Test
    void shouldNameTheQuantityOfAMap() {
        EncodedObject object = new EncodedObject("2.25.1", "2.25.2", "2.25.10", new byte[]{4});
        Labels result = Samples.labels(Network.ENSEMBLE, 8, object, AT.minusMillis(40), Duration.ofMillis(900),
                Figures.of(List.of(FakeModel.HEAD), Map.of()));

        CloudEvent event = events.map(result, new EncodedMap("label-entropy", object));

        assertThat(headers(event)).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                Map.entry("ce_specversion", "1.0"), Map.entry("ce_id", "2.25.10"),
                Map.entry("ce_type", "org.regstream.uncertainty.v1"), Map.entry("ce_source", "/regstream"),
                Map.entry("ce_runid", "run-1"),
                Map.entry("ce_time", "2026-11-21T08:00:00.250Z"), Map.entry("ce_subject", "p1"),
                Map.entry("content-type", "application/dicom"), Map.entry("ce_procedureid", "p1"),
                Map.entry("ce_volumeid", "0123"), Map.entry("ce_sequence", "8"),
                Map.entry("ce_acquired", "2026-11-21T08:00:00.250Z"), Map.entry("ce_modelid", "fake"),
                Map.entry("ce_modeldigest", "01"), Map.entry("ce_lastslice", "2026-11-21T08:00:00.210Z"),
                Map.entry("ce_quantity", "label-entropy")));
        assertThat(event.data()).containsExactly(4);
    }

    /** The package has an ensemble, which judges. */
    @Test
    void shouldWriteAlertsOfSchemaOne() {
        Alert alert = new Alert("p1", "abc-1", 1700, 3, AlertCode.LABEL_UNCERTAIN, AlertPriority.MEDIUM,
                AlertPhase.ACKNOWLEDGED, AlertState.ACTIVE,
                Optional.of(new Acknowledgement("Dr Grey", AT, AT.plusSeconds(60))), Optional.of("head"),
                Optional.of("0123"), Optional.of(new Measurement(0.75, 0.5, "nat", "fake-1")), AT,
                AT.plusMillis(750), "Look.");

        CloudEvent event = events.alert(alert);

        assertThat(new String(event.data(), StandardCharsets.UTF_8)).isEqualTo(
                "{\"schema\":1,\"procedureId\":\"p1\",\"alertId\":\"abc-1\",\"epoch\":1700,\"sequence\":3,\"code\":\"LABEL_UNCERTAIN\",\"kind\":\"CLINICAL\","
                        + "\"priority\":\"MEDIUM\",\"phase\":\"ACKNOWLEDGED\",\"state\":\"ACTIVE\","
                        + "\"acknowledgement\":{\"by\":\"Dr Grey\",\"at\":\"2026-11-21T08:00:00.250Z\",\"until\":\"2026-11-21T08:01:00.250Z\"},"
                        + "\"structure\":\"head\",\"volumeId\":\"0123\","
                        + "\"measurement\":{\"value\":0.75,\"threshold\":0.5,\"unit\":\"nat\",\"thresholdVersion\":\"fake-1\"},"
                        + "\"since\":\"2026-11-21T08:00:00.250Z\",\"at\":\"2026-11-21T08:00:01Z\",\"sentence\":\"Look.\","
                        + "\"modelId\":\"fake\",\"modelDigest\":\"01\"}");
        assertThat(headers(event)).containsEntry("ce_type", "org.regstream.alert.v1").containsEntry("ce_subject", "p1")
                .containsEntry("content-type", "application/json").containsEntry("ce_time", "2026-11-21T08:00:01Z");
    }

    @Test
    void shouldWriteHeartbeatsOfSchemaOne() {
        CloudEvent event = Samples.heartbeats().get(0);

        assertThat(new String(event.data(), StandardCharsets.UTF_8)).isEqualTo(
                "{\"schema\":1,\"procedureId\":\"p1\",\"epoch\":1700,\"sequence\":4,\"at\":\"2026-11-21T08:00:00.250Z\","
                        + "\"newestResult\":{\"acquired\":\"2026-11-21T07:59:59Z\",\"ageSeconds\":1.25},"
                        + "\"queue\":{\"frames\":20,\"volumes\":1},\"provider\":\"cpu\","
                        + "\"alerts\":{\"open\":2,\"worst\":\"MEDIUM\"},\"modelId\":\"fake\"}");
        assertThat(headers(event)).containsEntry("ce_type", "org.regstream.heartbeat.v1")
                .containsEntry("ce_id", "p1-1700-4").containsEntry("ce_epoch", "1700")
                .containsEntry("ce_sequence", "4");
    }

    @Test
    void shouldWriteThatThereIsNoValidRegistrationInSchemaOne() {
        CloudEvent event = Samples.noRegistrations().get(0);

        assertThat(new String(event.data(), StandardCharsets.UTF_8)).isEqualTo(
                "{\"schema\":1,\"procedureId\":\"p1\",\"sequence\":9,\"volumeId\":\"0123\","
                        + "\"acquired\":\"2026-11-21T08:00:00.250Z\",\"code\":\"NO_VALID_REGISTRATION\","
                        + "\"rule\":\"MODEL_FAULT\",\"reason\":\"The network gave up.\","
                        + "\"at\":\"2026-11-21T08:00:00.250Z\",\"modelId\":\"fake\"}");
        assertThat(headers(event)).containsEntry("ce_type", "org.regstream.noregistration.v1")
                .containsEntry("content-type", "application/json").containsEntry("ce_volumeid", "0123")
                .containsEntry("ce_id", "run-1/p1/9");
    }

    @Test
    void shouldKeepAnAlertBelow64KiBWhateverALibrarySays() {
        Alert alert = new Alert("p1", "abc-1", 1700, 1, AlertCode.NO_VALID_REGISTRATION, AlertPriority.MEDIUM,
                AlertPhase.RAISED, AlertState.ACTIVE, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), AT, AT, "\u20ac".repeat(100_000));

        assertThat(events.alert(alert).data().length).isLessThan(64 << 10);
    }

    @Test
    void shouldRefuseAnAttributeNameOutsideTheStandard() {
        assertThatThrownBy(() -> new CloudEvent("1", "t", "s", AT, "p", "text/plain", Map.of("procedureId", "p"),
                new byte[0])).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("procedureId");
    }

    private static Map<String, String> headers(CloudEvent event) {
        return Arrays.stream(event.headers().toArray())
                .collect(Collectors.toMap(h -> h.key(), h -> new String(h.value(), StandardCharsets.UTF_8)));
    }
}
