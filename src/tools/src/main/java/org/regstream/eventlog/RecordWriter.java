package org.regstream.eventlog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.regstream.core.assembly.Marks;
import org.regstream.core.line.Payload;
import org.regstream.core.volume.Volume;

/**
 * Values of {@code core} as JSON, by their shape: a record is an object of its components, a sealed interface says with {@code type} which of its records it is, what is empty
 * is left out. Of a volume the grid is written. A {@link Payload} is left out. What identifies somebody is written under other {@link Names}.
 */
final class RecordWriter {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Names names;

    RecordWriter(Names names) {
        this.names = names;
    }

    ObjectNode write(Record value) {
        ObjectNode object = NODES.objectNode();
        if (RecordShape.isCase(value.getClass())) {
            object.put(RecordShape.TYPE, value.getClass().getSimpleName());
        }
        for (RecordShape.Part part : RecordShape.parts(value.getClass())) {
            contents(valueOf(part, value)).ifPresent(contents -> object.set(part.name(),
                    part.hidden() == null
                            ? node(contents)
                            : NODES.textNode(names.of(part.hidden(), (String) contents))));
        }
        return object;
    }

    /** @return what is there, empty if nothing is or if it is passed over */
    private static Optional<Object> contents(Object value) {
        if (value instanceof Optional<?> some) {
            return some.filter(v -> !(v instanceof Payload)).map(Function.identity());
        }
        if (value instanceof OptionalDouble some) {
            return some.isPresent() ? Optional.of(some.getAsDouble()) : Optional.empty();
        }
        return Optional.of(value);
    }

    private JsonNode node(Object value) {
        if (value instanceof Record fields) {
            return write(fields);
        } else if (value instanceof Volume volume) {
            return write(volume.grid());
        } else if (value instanceof Marks marks) {
            return node(marks.values());
        } else if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            TreeMap<String, Object> sorted = new TreeMap<>();
            map.forEach((key, entry) -> sorted.put(key.toString(), entry));
            sorted.forEach((key, entry) -> object.set(key, node(entry)));
            return object;
        } else if (value instanceof Collection<?> all) {
            ArrayNode array = NODES.arrayNode();
            (value instanceof Set<?> ? all.stream().sorted() : all.stream()).forEach(one -> array.add(node(one)));
            return array;
        } else if (value instanceof Double number) {
            return Double.isFinite(number) ? NODES.numberNode(number) : NODES.textNode(number.toString());
        } else if (value instanceof Long || value instanceof Integer) {
            return NODES.numberNode(((Number) value).longValue());
        } else if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        } else if (value instanceof String || value instanceof Enum<?> || value instanceof Instant
                || value instanceof Duration) {
            return NODES.textNode(value instanceof Enum<?> constant ? constant.name() : value.toString());
        }
        throw new IllegalArgumentException(
                "a log has no form for " + value.getClass().getName() + "; give it one here");
    }

    private static Object valueOf(RecordShape.Part part, Record value) {
        try {
            return part.component().getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(part.component() + " cannot be read", e);
        }
    }
}
