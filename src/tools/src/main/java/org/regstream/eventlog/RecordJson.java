package org.regstream.eventlog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.regstream.core.DecodeException;
import org.regstream.core.alert.Acknowledgement;
import org.regstream.core.alert.Ending;
import org.regstream.core.alert.Finding;
import org.regstream.core.assembly.Frame;
import org.regstream.core.assembly.Marks;
import org.regstream.core.assembly.Marks.Mark;
import org.regstream.core.geometry.Grid;
import org.regstream.core.line.LineRules;
import org.regstream.core.line.Payload;
import org.regstream.core.line.Receipt;
import org.regstream.core.line.StoredAlerts;
import org.regstream.core.procedure.ProcedureFacts;
import org.regstream.core.volume.Volume;
import org.regstream.eventlog.Names.Kind;

/**
 * Values of {@code core} as JSON and back, by their shape: a record is an object of its components, a sealed interface says with {@code type} which of its records it is, what
 * is empty is left out. Of a volume the grid is written; read, it is zero everywhere. A {@link Payload} is left out. What identifies somebody is written under
 * other {@link Names}.
 *
 * <p>Reading is strict: a key that is missing, unknown or something else is told with its path.
 */
final class RecordJson {

    /** Whatever else is text is a number in words, a word of the code, or a sentence without identity; a test holds the list of all of them. */
    static final Map<Class<?>, Map<String, Kind>> HIDDEN = Map.of(
            Frame.class, Map.of("sopInstanceUid", Kind.UID, "studyInstanceUid", Kind.UID, "seriesInstanceUid", Kind.UID,
                    "frameOfReferenceUid", Kind.UID),
            ProcedureFacts.class, Map.of("space", Kind.UID),
            Finding.class, Map.of("volumeId", Kind.VOLUME),
            Ending.class, Map.of("volumeId", Kind.VOLUME),
            Receipt.class, Map.of("shown", Kind.EVENT),
            LineRules.class, Map.of("digest", Kind.BUNDLE),
            StoredAlerts.class, Map.of("digest", Kind.BUNDLE),
            Acknowledgement.class, Map.of("by", Kind.PERSON));

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String TYPE = "type";
    private static final int SHOWN = 40;

    /** @param component of a record
     *  @param hidden    what it names, null if nothing is hidden */
    private record Part(RecordComponent component, Kind hidden) {

        String name() {
            return component.getName();
        }
    }

    /** Of records, which are looked into once. */
    private static final Map<Class<?>, List<Part>> PARTS = new ConcurrentHashMap<>();

    private final Names names;
    /** Shared by volumes of one shape, which nobody writes to. */
    private float[] zeros = new float[0];

    RecordJson(Names names) {
        this.names = names;
    }

    ObjectNode write(Record value) {
        ObjectNode object = NODES.objectNode();
        if (isCase(value.getClass())) {
            object.put(TYPE, value.getClass().getSimpleName());
        }
        for (Part part : parts(value.getClass())) {
            contents(valueOf(part, value)).ifPresent(contents -> object.set(part.name(),
                    part.hidden == null ? node(contents) : NODES.textNode(names.of(part.hidden, (String) contents))));
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

    /** @throws DecodeException with the path of what it does not understand */
    <R> R read(Class<R> type, JsonNode node, String path) {
        return type.cast(value(type, node, path));
    }

    private Object value(Type type, JsonNode node, String path) {
        if (type instanceof TypeVariable<?>) {
            return value(LoggedFrame.class, node, path);
        }
        if (type instanceof ParameterizedType of && of.getRawType() instanceof Class<?> raw
                && (Collection.class.isAssignableFrom(raw) || raw == Map.class)) {
            return raw == Map.class ? map(of, node, path) : collection(raw, of, node, path);
        }
        Class<?> plain = (Class<?>) (type instanceof ParameterizedType of ? of.getRawType() : type);
        if (plain.isSealed()) {
            String name = text(node.path(TYPE), path + "." + TYPE);
            return record(cases(plain).filter(c -> c.getSimpleName().equals(name)).findFirst()
                    .orElseThrow(() -> wrong(path + "." + TYPE, "one of " + cases(plain).map(Class::getSimpleName)
                            .toList(), node.path(TYPE))),
                    node, path);
        }
        return plain.isRecord() ? record(plain, node, path) : scalar(plain, node, path);
    }

    private Object record(Class<?> type, JsonNode node, String path) {
        if (!node.isObject()) {
            throw wrong(path, "an object", node);
        }
        List<Part> parts = parts(type);
        Set<String> unknown = new HashSet<>();
        node.fieldNames().forEachRemaining(unknown::add);
        parts.forEach(part -> unknown.remove(part.name()));
        if (isCase(type)) {
            unknown.remove(TYPE);
        }
        if (!unknown.isEmpty()) {
            throw new DecodeException(path + " has a " + shortened(unknown.iterator().next()) + " that is not known");
        }
        Object[] values = new Object[parts.size()];
        for (int n = 0; n < values.length; n++) {
            RecordComponent component = parts.get(n).component;
            values[n] = component(component.getGenericType(), node.get(component.getName()),
                    path + "." + component.getName());
        }
        return make(type, parts, values, path);
    }

    private Object component(Type type, JsonNode node, String path) {
        if (type == OptionalDouble.class) {
            return node == null ? OptionalDouble.empty() : OptionalDouble.of((double) value(double.class, node, path));
        }
        if (type instanceof ParameterizedType of && of.getRawType() == Optional.class) {
            return Optional.ofNullable(node).map(n -> value(of.getActualTypeArguments()[0], n, path));
        }
        if (node == null) {
            throw new DecodeException(path + " is missing");
        }
        return value(type, node, path);
    }

    private static Object make(Class<?> type, List<Part> parts, Object[] values, String path) {
        try {
            return type.getConstructor(parts.stream().map(p -> p.component.getType()).toArray(Class<?>[]::new))
                    .newInstance(values);
        } catch (InvocationTargetException e) {
            throw new DecodeException(path + ": " + e.getCause().getMessage(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }

    private Map<String, Object> map(ParameterizedType type, JsonNode node, String path) {
        if (!node.isObject()) {
            throw wrong(path, "an object", node);
        }
        Map<String, Object> map = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            map.put(entry.getKey(), value(type.getActualTypeArguments()[1], entry.getValue(),
                    path + "." + shortened(entry.getKey())));
        }
        return map;
    }

    private Collection<Object> collection(Class<?> raw, ParameterizedType type, JsonNode node, String path) {
        if (!node.isArray()) {
            throw wrong(path, "an array", node);
        }
        Collection<Object> all = raw == Set.class ? new HashSet<>() : new ArrayList<>();
        for (int n = 0; n < node.size(); n++) {
            all.add(value(type.getActualTypeArguments()[0], node.get(n), path + "[" + n + "]"));
        }
        return all;
    }

    private Object scalar(Class<?> type, JsonNode node, String path) {
        try {
            if (type == Volume.class) {
                return blank((Grid) record(Grid.class, node, path));
            } else if (type == Marks.class) {
                return marks(node, path);
            } else if (type.isEnum()) {
                return constant(type, node, path);
            } else if (type == Instant.class) {
                return Instant.parse(text(node, path));
            } else if (type == Duration.class) {
                return Duration.parse(text(node, path));
            }
        } catch (DateTimeException e) {
            throw wrong(path, "a time as ISO 8601 has it", node);
        }
        return type == String.class ? text(node, path) : primitive(type, node, path);
    }

    private static Object primitive(Class<?> type, JsonNode node, String path) {
        if (type == boolean.class && node.isBoolean()) {
            return node.booleanValue();
        } else if ((type == int.class || type == Integer.class) && node.isIntegralNumber() && node.canConvertToInt()) {
            return node.intValue();
        } else if (type == long.class && node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        } else if ((type == double.class || type == Double.class) && node.isNumber()) {
            return node.doubleValue();
        } else if ((type == double.class || type == Double.class)
                && List.of("NaN", "Infinity", "-Infinity").contains(node.asText())) {
            return Double.valueOf(node.asText());
        }
        throw wrong(path, type.getSimpleName().toLowerCase(Locale.ROOT), node);
    }

    private Volume blank(Grid grid) {
        if (zeros.length != grid.size()) {
            zeros = new float[grid.size()];
        }
        return Volume.takeOwnershipOf(grid, zeros);
    }

    private static Marks marks(JsonNode node, String path) {
        if (!node.isObject()) {
            throw wrong(path, "an object", node);
        }
        Marks marks = Marks.NONE;
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            marks = marks.with((Mark) constant(Mark.class, NODES.textNode(entry.getKey()), path),
                    text(entry.getValue(), path + "." + entry.getKey()));
        }
        return marks;
    }

    private static Object constant(Class<?> type, JsonNode node, String path) {
        String name = text(node, path);
        return Arrays.stream(type.getEnumConstants()).filter(constant -> ((Enum<?>) constant).name().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong(path, "one of " + Arrays.toString(type.getEnumConstants()), node));
    }

    private static String text(JsonNode node, String path) {
        if (!node.isTextual()) {
            throw wrong(path, "text", node);
        }
        return node.textValue();
    }

    private static DecodeException wrong(String path, String expected, JsonNode got) {
        return new DecodeException(path + " must be " + expected + ", got "
                + (got.isMissingNode() ? "none" : shortened(got.toString())));
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    /** Whether a record is one of those of a sealed interface. */
    private static boolean isCase(Class<?> type) {
        return Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed);
    }

    private static Stream<Class<?>> cases(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses()).sorted(Comparator.comparing(Class::getSimpleName));
    }

    private static List<Part> parts(Class<?> type) {
        return PARTS.computeIfAbsent(type, t -> {
            Map<String, Kind> hidden = HIDDEN.getOrDefault(t, Map.of());
            return Arrays.stream(t.getRecordComponents()).map(c -> new Part(c, hidden.get(c.getName()))).toList();
        });
    }

    private static Object valueOf(Part part, Record value) {
        try {
            return part.component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(part.component + " cannot be read", e);
        }
    }
}
