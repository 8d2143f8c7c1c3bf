package org.regstream.service.rest;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.smallrye.reactive.messaging.memory.InMemorySink;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.alert.AlertPhase;
import org.regstream.core.testkit.FakeModel;
import org.regstream.dicom.testkit.Phantom;
import org.regstream.service.procedure.ProcedureDesk;
import org.regstream.service.testing.FrameMessages;
import org.regstream.service.testing.InMemoryChannels;
import org.regstream.service.testing.Schemas;
import org.regstream.wire.ProcedureCodec;

/** Of a procedure whose first volume is unfinished, which is a gap. */
@QuarkusTest
@TestProfile(InMemoryChannels.class)
class AlertResourceTest {

    private final Phantom phantom = new Phantom(16, 16, 16, List.of(FakeModel.HEAD, FakeModel.BODY));
    private final FrameMessages messages = new FrameMessages();
    private final String id = "alerts-" + UUID.randomUUID();

    @Inject
    ProcedureDesk desk;
    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector connector;

    @BeforeEach
    void raise() {
        desk.apply(id, ProcedureCodec.encode(phantom.procedure(id)), Instant.EPOCH);
        phantom.series("2.25.9", 1, Instant.now()).subList(0, 5)
                .forEach(slice -> connector.<Message<byte[]>>source("frames").send(messages.next(slice)));
        await().atMost(Duration.ofSeconds(20)).until(() -> !desk.line(id).orElseThrow().openAlerts().isEmpty());
    }

    @AfterEach
    void end() {
        desk.apply(id, null, Instant.EPOCH);
    }

    @Test
    void shouldListWhatIsOpen() {
        when().get("/procedures/" + id + "/alerts").then().statusCode(200).body("$", hasSize(1))
                .body("[0].schema", equalTo(1)).body("[0].code", equalTo("GAP"))
                .body("[0].state", equalTo("ACTIVE")).body("[0].phase", equalTo("RAISED"))
                .body("[0].alertId", matchesPattern("[a-z0-9-]{1,40}")).body("[0].acknowledgement", nullValue());
    }

    @Test
    void shouldKeepWhoTookNoteAndUntilWhenAndPublishIt() {
        acknowledge(alertId(), "{\"by\": \"Dr Grey\", \"minutes\": 5}").statusCode(200)
                .body("phase", equalTo("ACKNOWLEDGED")).body("acknowledgement.by", equalTo("Dr Grey"))
                .body("acknowledgement.until", containsString("T"));

        when().get("/procedures/" + id + "/alerts").then().body("[0].acknowledgement.by", equalTo("Dr Grey"));
        assertThat(published()).containsExactly(AlertPhase.RAISED.name(), AlertPhase.ACKNOWLEDGED.name());
    }

    /** Its references are relative: what it refers to lies beside it. */
    @Test
    void shouldServeTheDescriptionOfItsTopics() {
        String document = when().get("/asyncapi.yaml").then().statusCode(200).extract().asString();

        assertThat(document).contains("display.alerts", "$ref: schemas/alert.v1.json");
        Pattern.compile("\\$ref: (schemas/\\S+)").matcher(document).results().map(found -> found.group(1))
                .forEach(schema -> when().get("/" + schema).then().statusCode(200));
    }

    @Test
    void shouldAnswerTheSchemaOfItsDocuments() {
        assertThat(when().get("/schemas/alert.v1.json").then().statusCode(200).extract().asString())
                .isEqualTo(Schemas.text("alert.v1.json"));
        assertThat(Schemas.faults("alert.v1.json", when().get("/procedures/" + id + "/alerts").then().extract()
                .asString().replaceFirst("^\\[(.*)]$", "$1").getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void shouldSayThatThereIsNoSuchAlert() {
        acknowledge("none-1", "{\"by\": \"Dr Grey\", \"minutes\": 5}").statusCode(404)
                .contentType("application/problem+json").body("detail", containsString("none-1"));
        when().get("/procedures/unknown/alerts").then().statusCode(404).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "no JSON", "[]", "{}", "{\"by\": \"\", \"minutes\": 5}",
            "{\"by\": \"Dr Grey\", \"minutes\": 0}", "{\"by\": \"Dr Grey\", \"minutes\": 241}",
            "{\"by\": \"Dr Grey\", \"minutes\": -1}", "{\"by\": \"Dr Grey\", \"minutes\": \"soon\"}",
            "{\"by\": \"Dr\\u0000\", \"minutes\": 5}", "{\"by\": \"Dr Grey\", \"minutes\": 5, \"why\": \"\"}",
            "{\"by\": \"Dr Grey\", \"minutes\": 5} {}"})
    void shouldRefuseWhatIsNoAcknowledgement(String body) {
        acknowledge(alertId(), body).statusCode(400).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 100_000})
    void shouldRefuseANameThatIsTooLong(int length) {
        acknowledge(alertId(), "{\"by\": \"" + "x".repeat(length) + "\", \"minutes\": 5}").statusCode(400)
                .contentType("application/problem+json");
    }

    private String alertId() {
        return when().get("/procedures/" + id + "/alerts").then().extract().path("[0].alertId");
    }

    private ValidatableResponse acknowledge(String alertId, String body) {
        return given().contentType("application/json").body(body)
                .post("/procedures/" + id + "/alerts/" + alertId + "/acknowledge").then();
    }

    /** Phases of this procedure's alerts on the topic. */
    private List<String> published() {
        InMemorySink<byte[]> sink = connector.sink("alerts");
        return sink.received().stream().map(m -> json(m.getPayload())).filter(a -> a.contains(id))
                .flatMap(a -> Stream.of(AlertPhase.values()).map(Enum::name)
                        .filter(phase -> a.contains("\"phase\":\"" + phase + "\"")))
                .collect(Collectors.toList());
    }

    private static String json(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
