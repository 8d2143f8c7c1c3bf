package org.regstream.navigation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.regstream.core.geometry.Vector3;

/** A line the reference client printed: type, device, time, and {@code key=value} fields. */
public record ReceivedLine(String type, String device, String time, Map<String, String> fields) {

    public static ReceivedLine of(String line) {
        String[] words = line.split(" ", 4);
        Map<String, String> fields = new HashMap<>();
        for (String field : words.length < 4 ? new String[0] : words[3].split(" ")) {
            String[] pair = field.split("=", 2);
            fields.put(pair[0], pair.length < 2 ? "" : pair[1]);
        }
        return new ReceivedLine(words[0], words[1], words[2], fields);
    }

    public double[] numbers(String field) {
        return Arrays.stream(fields.get(field).split("[,;]")).mapToDouble(Double::parseDouble).toArray();
    }

    public Vector3 vector(String field) {
        double[] n = numbers(field);
        return new Vector3(n[0], n[1], n[2]);
    }
}
