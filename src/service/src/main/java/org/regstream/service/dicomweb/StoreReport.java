package org.regstream.service.dicomweb;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of the instances of one request. Not thread-safe. */
final class StoreReport {

    private record Failure(Optional<SopReference> instance, FailureReason reason) {}

    private final List<SopReference> stored = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    void stored(SopReference instance) {
        stored.add(instance);
    }

    /** @param instance empty if it cannot be named */
    void failed(Optional<SopReference> instance, FailureReason reason) {
        failures.add(new Failure(instance, reason));
    }

    int count() {
        return stored.size() + failures.size();
    }

    int storedCount() {
        return stored.size();
    }

    /** 200: all; 202: some; 409: none; 503: none, and for no fault of theirs. */
    int status() {
        if (failures.isEmpty()) {
            return 200;
        }
        boolean isOurs = failures.stream().allMatch(f -> f.reason == FailureReason.BROKER_AWAY);
        return stored.isEmpty() ? isOurs ? 503 : 409 : 202;
    }

    /** @return how often which reason, for logs */
    Map<FailureReason, Integer> reasons() {
        Map<FailureReason, Integer> counts = new EnumMap<>(FailureReason.class);
        failures.forEach(f -> counts.merge(f.reason, 1, Integer::sum));
        return counts;
    }

    /** @return the response of PS3.18 table 10.5.3-1; what was stored cannot be retrieved here, so no address is given */
    byte[] toJson() {
        ObjectNode report = DicomJson.strings(JsonNodeFactory.instance.objectNode(), "00081190", "UR");
        sequence(report, "00081198", failures.stream().filter(f -> f.instance.isPresent())
                .map(f -> reason(item(f.instance.orElseThrow()), f.reason)).toList());
        sequence(report, "00081199",
                stored.stream().map(s -> DicomJson.strings(item(s), "00081190", "UR")).toList());
        sequence(report, "0008119A", failures.stream().filter(f -> f.instance.isEmpty())
                .map(f -> reason(JsonNodeFactory.instance.objectNode(), f.reason)).toList());
        return DicomJson.bytes(report);
    }

    private static void sequence(ObjectNode report, String tag, List<ObjectNode> items) {
        if (!items.isEmpty()) {
            DicomJson.sequence(report, tag, items);
        }
    }

    private static ObjectNode item(SopReference instance) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        DicomJson.strings(item, "00081150", "UI", instance.sopClass());
        return DicomJson.strings(item, "00081155", "UI", instance.sopInstance());
    }

    private static ObjectNode reason(ObjectNode item, FailureReason reason) {
        return DicomJson.numbers(item, "00081197", "US", reason.code());
    }
}
