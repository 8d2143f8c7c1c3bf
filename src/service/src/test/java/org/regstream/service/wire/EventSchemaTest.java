package org.regstream.service.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.DecodeException;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertPhase;
import org.regstream.core.alert.AlertPriority;
import org.regstream.core.alert.AlertState;
import org.regstream.core.line.Network;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.pipeline.FieldSource;
import org.regstream.core.procedure.LabelSource;
import org.regstream.service.publish.Samples;
import org.regstream.service.testing.Schemas;

/** What the schemas say is what the code writes and reads. */
class EventSchemaTest {

    private static final String ALERT = "alert.v1.json";
    private static final String HEARTBEAT = "heartbeat.v1.json";
    private static final String NONE = "no-registration.v1.json";
    private static final String RECEIPT = "receipt.v1.json";
    private static final String FIGURES = "result-figures.v1.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {ALERT, HEARTBEAT, NONE, RECEIPT, FIGURES})
    void shouldBeASchemaItself(String name) {
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of(SchemaId.V202012)).validate(Schemas.text(name), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void shouldAllowWhatTheServiceWrites() {
        assertThat(Samples.alerts()).allSatisfy(e -> assertThat(Schemas.faults(ALERT, e.data())).isEmpty());
        assertThat(Samples.heartbeats()).allSatisfy(e -> assertThat(Schemas.faults(HEARTBEAT, e.data())).isEmpty());
        assertThat(Samples.noRegistrations()).allSatisfy(e -> assertThat(Schemas.faults(NONE, e.data())).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Network.class)
    void shouldAllowTheFiguresOfLabels(Network source) {
        String figures = new String(Samples.labels(source).headers().lastHeader("ce_figures").value(),
                StandardCharsets.UTF_8);

        assertThat(Schemas.faults(FIGURES, figures.getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(Schemas.faults(FIGURES, figures.replace("network", "guess").getBytes(StandardCharsets.UTF_8)))
                .isNotEmpty();
    }

    @Test
    void shouldNameEveryWordOfFigures() throws IOException {
        JsonNode figures = JSON.readTree(Schemas.text(FIGURES)).get("properties");

        assertThat(words(figures.get("field"))).isEqualTo(Stream.of(FieldSource.values()).map(Words::of).toList());
        assertThat(words(figures.get("labelSource")))
                .isEqualTo(Stream.of(LabelSource.values()).map(Words::of).toList());
        assertThat(words(figures.at("/structures/items/properties/features/propertyNames")))
                .isEqualTo(ReliabilityFeatures.NAMES);
    }

    @Test
    void shouldNameEveryWordOfTheCode() throws IOException {
        JsonNode alert = JSON.readTree(Schemas.text(ALERT)).get("properties");

        assertThat(words(alert.get("code"))).isEqualTo(names(AlertCode.values()));
        assertThat(words(alert.get("kind"))).isEqualTo(names(AlertCode.Kind.values()));
        assertThat(words(alert.get("priority"))).isEqualTo(names(AlertPriority.values()));
        assertThat(words(alert.get("phase"))).isEqualTo(names(AlertPhase.values()));
        assertThat(words(alert.get("state"))).isEqualTo(names(AlertState.values()));
        assertThat(words(JSON.readTree(Schemas.text(HEARTBEAT)).at("/properties/alerts/properties/worst")))
                .isEqualTo(names(AlertPriority.values()));
    }

    /** A schema that allows everything would prove nothing. */
    @Test
    void shouldRefuseAnAlertWithoutOneOfItsParts() throws IOException {
        ObjectNode alert = (ObjectNode) JSON.readTree(Samples.alerts().get(0).data());
        List<String> optional = List.of("structure", "volumeId", "measurement");

        for (String name : (Iterable<String>) alert::fieldNames) {
            ObjectNode without = alert.deepCopy();
            without.remove(name);
            assertThat(faults(ALERT, without)).as(name).satisfies(faults -> assertThat(faults.isEmpty())
                    .isEqualTo(optional.contains(name)));
        }
    }

    @ParameterizedTest
    @CsvSource({"phase, CLEARED", "phase, RAISED", "state, INACTIVE", "code, OTHER", "at, yesterday", "alertId, A_b",
            "unknown, x", "procedureId, Jane Doe"})
    void shouldRefuseAnAlertWithAnotherWord(String field, String word) throws IOException {
        ObjectNode alert = (ObjectNode) JSON.readTree(Samples.alerts().get(0).data());

        assertThat(faults(ALERT, alert.put(field, word))).isNotEmpty();
    }

    /** Schema and reader agree on what a receipt is. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"schema": 1, "procedureId": "p1", "display": "wall-1", "state": "SHOWING", "shown": "2.25.8", "at": "2026-11-21T08:00:00Z"} | true
            {"schema": 1, "procedureId": "p1", "display": "wall-1", "state": "CLOSED", "at": "2026-11-21T08:00:00Z"} | true
            {"schema": 2, "procedureId": "p1", "display": "wall-1", "state": "SHOWING", "at": "2026-11-21T08:00:00Z"} | false
            {"schema": 1, "procedureId": "p1", "display": "", "state": "SHOWING", "at": "2026-11-21T08:00:00Z"} | false
            {"schema": 1, "procedureId": "p1", "display": "Jane Doe", "state": "SHOWING", "at": "2026-11-21T08:00:00Z"} | false
            {"schema": 1, "procedureId": "p1", "display": "wall-1", "state": "HIDING", "at": "2026-11-21T08:00:00Z"} | false
            {"schema": 1, "procedureId": "p1", "display": "wall-1", "state": "SHOWING", "at": "today"} | false
            {"schema": 1, "procedureId": "p1", "display": "wall-1", "state": "SHOWING"} | false
            {"schema": 1, "procedureId": "p1", "display": "wall-1", "state": "SHOWING", "at": "2026-11-21T08:00:00Z", "by": "x"} | false
            [] | false
            null | false
            """)
    void shouldReadTheReceiptsThatTheSchemaAllows(String json, boolean isReceipt) {
        byte[] value = json.getBytes(StandardCharsets.UTF_8);

        assertThat(Schemas.faults(RECEIPT, value).isEmpty()).isEqualTo(isReceipt);
        assertThat(isRead("p1", value)).isEqualTo(isReceipt);
    }

    @Test
    void shouldRefuseAReceiptUnderAnotherKeyOrOfAnySizeOrNone() {
        String receipt = "{\"schema\": 1, \"procedureId\": \"p1\", \"display\": \"a\", \"state\": \"SHOWING\", "
                + "\"at\": \"2026-11-21T08:00:00Z\"";

        assertThat(isRead("p2", (receipt + "}").getBytes(StandardCharsets.UTF_8))).isFalse();
        assertThat(isRead(null, (receipt + "}").getBytes(StandardCharsets.UTF_8))).isFalse();
        assertThat(isRead("p1", (receipt + " ".repeat(4096) + "}").getBytes(StandardCharsets.UTF_8))).isFalse();
        assertThat(isRead("p1", null)).isFalse();
        assertThat(isRead("p1", new byte[]{(byte) 0xff, 0})).isFalse();
    }

    private static boolean isRead(String key, byte[] value) {
        try {
            ReceiptDocument.read(key, value);
            return true;
        } catch (DecodeException e) {
            assertThat(e.getMessage()).doesNotContain("Jane");
            return false;
        }
    }

    private static List<String> faults(String name, JsonNode document) throws IOException {
        return Schemas.faults(name, JSON.writeValueAsBytes(document));
    }

    private static List<String> words(JsonNode property) {
        List<String> words = new ArrayList<>();
        property.get("enum").forEach(word -> words.add(word.asText()));
        return words;
    }

    private static List<String> names(Enum<?>[] values) {
        return Stream.of(values).map(Enum::name).toList();
    }
}
