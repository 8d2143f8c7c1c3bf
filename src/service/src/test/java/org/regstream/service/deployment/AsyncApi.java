package org.regstream.service.deployment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.regstream.core.line.Network;
import org.regstream.service.config.RegstreamSettings;
import org.regstream.service.publish.CloudEvent;
import org.regstream.service.publish.Samples;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** The AsyncAPI document, made from the topics of the settings, and from the types and headers of the events that the code makes. */
final class AsyncApi {

    /** Beside the document, in the repository and at the service. */
    private static final String SCHEMAS = "schemas/";
    private static final String DICOM_NOTE = "One DICOM Part 10 object; none if the header ce_dataref says where it is.";

    private static final String FRAME_NOTE = "One DICOM Part 10 object; a record without one goes to the dead-letter topic.";
    /** No header is looked at: what a record is, its bytes tell. */
    private static final Map<String, Object> FRAME_HEADERS = ordered("type", "object", "properties",
            ordered("content-type", ordered("type", "string", "description",
                    "By custom application/dicom; no header is required or looked at.")));
    private static final Map<String, Object> RECEIPT_HEADERS = ordered("type", "object", "description",
            "No header is required or looked at.");

    private final Map<String, Object> channels = new LinkedHashMap<>();
    private final Map<String, Object> operations = new LinkedHashMap<>();
    private final Map<String, Object> messages = new TreeMap<>();

    private AsyncApi() {}

    /** @return YAML, always the same for the same code */
    static String document(RegstreamSettings.Topics topics) {
        AsyncApi api = new AsyncApi();
        api.receives("frames", topics.frames(), "Live images, one instance a record; key: SeriesInstanceUID.",
                api.message("frame", "application/dicom", Optional.empty(), FRAME_HEADERS, FRAME_NOTE));
        api.sends("labels", topics.labels(), "Warped labels, and the volumes that have none; key: procedure id.",
                api.dicom(Samples.labels(Network.STUDENT)), api.dicom(Samples.labels(Network.ENSEMBLE)),
                api.json(Samples.noRegistrations(), "no-registration.v1.json"));
        api.sends("uncertainty", topics.uncertainty(), "Maps of uncertainty, one a record; key: procedure id.",
                api.dicom(Samples.map()));
        api.sends("displacement", topics.displacement(),
                "Poses before registration and displacement fields, one a record; key: procedure id.",
                api.dicom(Samples.pose()),
                api.dicom(Samples.displacement(Network.STUDENT)),
                api.dicom(Samples.displacement(Network.ENSEMBLE)));
        api.sends("alerts", topics.alerts(), "What happens to alerts; key: procedure id.",
                api.json(Samples.alerts(), "alert.v1.json"));
        api.sends("status", topics.status(), "A heartbeat each second; silence is a fault; key: procedure id.",
                api.json(Samples.heartbeats(), "heartbeat.v1.json"));
        api.receives("receipts", topics.receipts(), "What displays show; key: procedure id.",
                api.message("receipt", "application/json", Optional.of("receipt.v1.json"), RECEIPT_HEADERS,
                        DICOM_NOTE));
        return api.toYaml();
    }

    private void sends(String name, String topic, String description, String... sent) {
        channel(name, topic, description, "send", List.of(sent));
    }

    private void receives(String name, String topic, String description, String... received) {
        channel(name, topic, description, "receive", List.of(received));
    }

    private void channel(String name, String topic, String description, String action, List<String> names) {
        Map<String, Object> references = new LinkedHashMap<>();
        names.forEach(n -> references.put(n, reference("#/components/messages/" + n)));
        channels.put(name, ordered("address", topic, "description", description, "messages", references));
        operations.put(action + Character.toUpperCase(name.charAt(0)) + name.substring(1),
                ordered("action", action, "channel", reference("#/channels/" + name), "messages",
                        names.stream().map(n -> reference("#/channels/" + name + "/messages/" + n)).toList()));
    }

    private String dicom(CloudEvent event) {
        return message(event.type(), event.contentType(), Optional.empty(),
                headers(event.type(), List.of(event, event.byReference("/dicomweb/studies"))), DICOM_NOTE);
    }

    private String json(List<CloudEvent> samples, String schema) {
        String type = samples.get(0).type();
        return message(type, samples.get(0).contentType(), Optional.of(schema), headers(type, samples), DICOM_NOTE);
    }

    /** @param note of a payload that no schema describes */
    private String message(String name, String contentType, Optional<String> schema, Map<String, Object> headers,
            String note) {
        Map<String, Object> message = ordered("name", name, "contentType", contentType, "headers", headers);
        message.put("payload",
                schema.<Object>map(s -> ordered("schemaFormat", "application/schema+json;version=2020-12",
                        "schema", reference(SCHEMAS + s)))
                        .orElse(ordered("type", "string", "format", "binary", "description", note)));
        messages.put(name, message);
        return name;
    }

    /** @param samples whose headers it has; required are those that each has */
    private static Map<String, Object> headers(String type, List<CloudEvent> samples) {
        Map<String, Object> properties = new TreeMap<>();
        List<String> required = new ArrayList<>(names(samples.get(0)));
        for (CloudEvent sample : samples) {
            names(sample).forEach(name -> properties.put(name, ordered("type", "string")));
            required.retainAll(names(sample));
        }
        properties.put("ce_type", ordered("const", type));
        return ordered("type", "object", "required", required.stream().sorted().toList(), "properties", properties);
    }

    private static List<String> names(CloudEvent event) {
        return Stream.of(event.headers().toArray()).map(Header::key).toList();
    }

    private static Map<String, Object> reference(String to) {
        return ordered("$ref", to);
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int n = 0; n < keysAndValues.length; n += 2) {
            map.put((String) keysAndValues[n], keysAndValues[n + 1]);
        }
        return map;
    }

    private String toYaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(120);
        options.setSplitLines(false);
        options.setDereferenceAliases(true);
        options.setLineBreak(DumperOptions.LineBreak.UNIX);
        return "# Made by AsyncApiTest from the code; not to be edited.\n" + new Yaml(options).dump(ordered(
                "asyncapi", "3.0.0",
                "info", ordered("title", "regstream", "version", "1",
                        "description",
                        "What the service sends and receives on Kafka. Events are CloudEvents 1.0 in binary mode: attributes in headers, "
                                + "data as the value."),
                "servers", ordered("kafka", ordered("host", "localhost:9092", "protocol", "kafka", "description",
                        "The brokers of kafka.bootstrap.servers; here what a service takes that is told of none.")),
                "channels", channels, "operations", operations, "components", ordered("messages", messages)));
    }
}
