package org.regstream.service.publish;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * An event in the binary mode of the CloudEvents 1.0 Kafka binding: attributes in headers {@code ce_…}, data as the value.
 *
 * @param id          names the event; with its source it is equal for a repeat of the same result
 * @param type        what it is, with schema version
 * @param source      which service
 * @param time        when the result was made
 * @param subject     procedure id; also the record's key, so one procedure's events stay in order
 * @param contentType of the data
 * @param extensions  further attributes; names of lower-case letters and digits
 * @param data        the value; owned by the event
 */
public record CloudEvent(String id, String type, String source, Instant time, String subject, String contentType,
        Map<String, String> extensions, byte[] data) {

    public static final String SPEC_VERSION = "1.0";

    public CloudEvent {
        extensions = Map.copyOf(extensions);
        for (String name : extensions.keySet()) {
            if (!name.matches("[a-z0-9]{1,20}")) {
                throw new IllegalArgumentException(
                        "CloudEvents attribute names are 1 to 20 lower-case letters or digits, got " + name);
            }
        }
    }

    /** The same event without its data, which are to be fetched (the extension Dataref of CloudEvents).
     *  @param address where */
    public CloudEvent byReference(String address) {
        Map<String, String> more = new TreeMap<>(extensions);
        more.put("dataref", address);
        return new CloudEvent(id, type, source, time, subject, contentType, more, new byte[0]);
    }

    /** @return new headers, in a fixed order */
    public Headers headers() {
        Headers headers = new RecordHeaders();
        add(headers, "ce_specversion", SPEC_VERSION);
        add(headers, "ce_id", id);
        add(headers, "ce_type", type);
        add(headers, "ce_source", source);
        add(headers, "ce_time", time.toString());
        add(headers, "ce_subject", subject);
        add(headers, "content-type", contentType);
        new TreeMap<>(extensions).forEach((name, value) -> add(headers, "ce_" + name, value));
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Without the data: it is patient data. */
    @Override
    public String toString() {
        return "CloudEvent " + type + " " + id + " of " + subject + ", " + data.length + " bytes";
    }
}
