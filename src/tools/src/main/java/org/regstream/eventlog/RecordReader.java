package org.regstream.eventlog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.Marks;
import org.regstream.core.assembly.Marks.Mark;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.Volume;

/**
 * Values of {@code core} from what {@link RecordWriter} has written; volumes are zero everywhere. Strict: a key that is missing, unknown or something else is told with its
 * path. Not thread-safe.
 */
final class RecordReader {

    private static final int SHOWN = 40;

    /** Shared by volumes of one shape, which nobody writes to. */
    private float[] zeros = new float[0];

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
            String name = text(node.path(RecordShape.TYPE), path + "." + RecordShape.TYPE);
            return record(RecordShape.cases(plain).filter(c -> c.getSimpleName().equals(name)).findFirst()
                    .orElseThrow(() -> wrong(path + "." + RecordShape.TYPE,
                            "one of " + RecordShape.cases(plain).map(Class::getSimpleName)
                                    .toList(),
                            node.path(RecordShape.TYPE))),
                    node, path);
        }
        return plain.isRecord() ? record(plain, node, path) : scalar(plain, node, path);
    }

    private Object record(Class<?> type, JsonNode node, String path) {
        if (!node.isObject()) {
            throw wrong(path, "an object", node);
        }
        List<RecordShape.Part> parts = RecordShape.parts(type);
        Set<String> unknown = new HashSet<>();
        node.fieldNames().forEachRemaining(unknown::add);
        parts.forEach(part -> unknown.remove(part.name()));
        if (RecordShape.isCase(type)) {
            unknown.remove(RecordShape.TYPE);
        }
        if (!unknown.isEmpty()) {
            throw new DecodeException(path + " has a " + shortened(unknown.iterator().next()) + " that is not known");
        }
        Object[] values = new Object[parts.size()];
        for (int n = 0; n < values.length; n++) {
            RecordComponent component = parts.get(n).component();
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

    private static Object make(Class<?> type, List<RecordShape.Part> parts, Object[] values, String path) {
        try {
            return type.getConstructor(parts.stream().map(p -> p.component().getType()).toArray(Class<?>[]::new))
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
        } else if ((type == long.class || type == Long.class) && node.isIntegralNumber() && node.canConvertToLong()) {
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
            marks = marks.with((Mark) constant(Mark.class, JsonNodeFactory.instance.textNode(entry.getKey()), path),
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
}
