package org.regstream.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.regstream.core.DecodeException;

/** Values of topics as JSON, strictly: unknown keys and anything after the value are refused. */
final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private Json() {}

    /** @return UTF-8 */
    static byte[] write(Object event) {
        try {
            return MAPPER.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(event.getClass().getSimpleName() + " cannot be written as JSON", e);
        }
    }

    /** @throws DecodeException if it is something else; the message does not repeat what was got */
    static <T> T read(byte[] json, Class<T> type) {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new DecodeException(type.getSimpleName() + " must be a JSON object, got null");
            }
            return value;
        } catch (IOException e) {
            throw new DecodeException(type.getSimpleName() + " must be a JSON object of its schema, got " + json.length
                    + " bytes of something else");
        }
    }
}
