package org.regstream.demo.topic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.regstream.core.DecodeException;

/** Reads what stands in the service's records. */
public final class Records {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Records() {}

    /** @return the header's text
     *  @throws DecodeException if the record has none of that name */
    public static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        if (header == null) {
            throw new DecodeException("a record of " + record.topic() + " must carry the header " + name
                    + ", got none at partition " + record.partition() + " offset " + record.offset());
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    /** @throws DecodeException if an event's value is no JSON */
    public static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new DecodeException("an event must be JSON, got " + value.length + " other bytes", e);
        }
    }
}
