package org.regstream.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** What a document may look like that somebody else has written: each of its values in turn is something else. */
final class OddJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VALUES = List.of("null", "true", "-1", "1e308", "9223372036854775807",
            "123456789012345678901234567890", "0.5", "\"\"", "\"17\"", "\"" + "x".repeat(70_000) + "\"",
            "\"+1000000000-12-31T23:59:59.999999999Z\"", "[]", "[null]", "[[null]]", "{}", "{\"x\": null}",
            "[".repeat(900) + "]".repeat(900));

    private OddJson() {}

    /** @return one for each value of the document and each oddity, the document without it, and the document cut anywhere */
    static List<byte[]> of(byte[] document) {
        List<byte[]> odd = new ArrayList<>();
        try {
            JsonNode root = JSON.readTree(document);
            List<JsonNode> oddities = new ArrayList<>();
            for (String value : VALUES) {
                oddities.add(JSON.readTree(value));
            }
            change(root, oddities, () -> odd.add(root.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int length = 0; length < document.length; length++) {
            odd.add(Arrays.copyOf(document, length));
        }
        return odd;
    }

    private static void change(JsonNode node, Collection<JsonNode> oddities, Runnable changed) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode before = object.get(name);
                change(before, oddities, changed);
                each(oddities, value -> object.set(name, value), changed);
                object.remove(name);
                changed.run();
                object.set(name, before);
            }
        } else if (node instanceof ArrayNode array) {
            for (int n = 0; n < array.size(); n++) {
                int at = n;
                JsonNode before = array.get(n);
                change(before, oddities, changed);
                each(oddities, value -> array.set(at, value), changed);
                array.set(n, before);
            }
        }
    }

    private static void each(Collection<JsonNode> oddities, Consumer<JsonNode> put, Runnable changed) {
        oddities.forEach(value -> {
            put.accept(value);
            changed.run();
        });
    }
}
