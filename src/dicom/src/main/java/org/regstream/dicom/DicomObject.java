package org.regstream.dicom;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.regstream.core.DecodeException;

/**
 * A DICOM data set: its attributes in ascending order of tag, sequences nested. Immutable by contract, safe to share between
 * threads. The file meta group (0002,xxxx) of a file is part of its object. Holds patient data: its text form shows none.
 *
 * <p>A getter of a missing, empty or unreadable attribute throws a {@link DecodeException} that names the attribute; the
 * {@code optional} forms give empty for missing and empty ones.
 */
public final class DicomObject {
    /** One object for all maps: the copy of a map in the same order need not be sorted again. */
    static final Comparator<Integer> BY_TAG = Integer::compareUnsigned;

    /** Overlays begin here; pixel data follow them. */
    private static final int FIRST_BULK_TAG = 0x60000000;

    private final SortedMap<Integer, Element> elements;
    private final Charset charset;

    DicomObject(SortedMap<Integer, Element> elements, Charset charset) {
        this.elements = Collections.unmodifiableSortedMap(elements);
        this.charset = charset;
    }

    public static DicomObjectBuilder builder() {
        return new DicomObjectBuilder(StandardCharsets.ISO_8859_1);
    }

    /** Starts a nested data set, which reads text as its parent does unless it says otherwise. */
    public static DicomObjectBuilder builder(Charset inherited) {
        return new DicomObjectBuilder(inherited);
    }

    /** @return all attributes in ascending order of (unsigned) tag */
    public Collection<Element> elements() {
        return elements.values();
    }

    public Optional<Element> element(Tag tag) {
        return Optional.ofNullable(elements.get(tag.code()));
    }

    /** Whether the attribute is present with a value. */
    public boolean has(Tag tag) {
        return element(tag).map(e -> !(e instanceof Element.Bytes b) || b.value().length > 0).orElse(false);
    }

    /** @return the first value as text, without padding */
    public String string(Tag tag) {
        return optionalString(tag).orElseThrow(() -> missing(tag));
    }

    public Optional<String> optionalString(Tag tag) {
        return strings(tag).stream().findFirst().filter(s -> !s.isEmpty());
    }

    /** @return all values as text, without padding; empty if missing */
    public List<String> strings(Tag tag) {
        return bytes(tag).map(value -> Values.strings(value, charset)).orElse(List.of());
    }

    public int integer(Tag tag) {
        return optionalInteger(tag).orElseThrow(() -> missing(tag));
    }

    public OptionalInt optionalInteger(Tag tag) {
        OptionalDouble number = optionalNumber(tag);
        return number.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Values.toInt(tag, number.getAsDouble()));
    }

    public OptionalDouble optionalNumber(Tag tag) {
        double[] numbers = numbers(tag);
        return numbers.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(numbers[0]);
    }

    /** @return all values as numbers, text or binary, as a new array; empty if missing */
    public double[] numbers(Tag tag) {
        return bytes(tag).map(Values::numbers).orElse(new double[0]);
    }

    /** @return exactly {@code count} numbers as a new array */
    public double[] numbers(Tag tag, int count) {
        double[] numbers = numbers(tag);
        if (numbers.length == 0) {
            throw missing(tag);
        }
        if (numbers.length != count) {
            throw new DecodeException(tag + " must have " + count + " values, got " + numbers.length);
        }
        return numbers;
    }

    /** @return the items of a sequence, empty if missing */
    public List<DicomObject> sequence(Tag tag) {
        return element(tag).map(e -> e instanceof Element.Items i ? i.items() : List.<DicomObject>of())
                .orElse(List.of());
    }

    /** @return the first item of a sequence, empty if there is none */
    public Optional<DicomObject> item(Tag tag) {
        return sequence(tag).stream().findFirst();
    }

    /** @return the standard's attributes before overlays and pixel data: what is small enough to hold beside a frame */
    public DicomObject withoutPixelData() {
        SortedMap<Integer, Element> kept = new TreeMap<>(BY_TAG);
        elements.forEach((tag, element) -> {
            boolean isPrivate = (tag >>> 16) % 2 != 0;
            if (!isPrivate && Integer.compareUnsigned(tag, FIRST_BULK_TAG) < 0) {
                kept.put(tag, element);
            }
        });
        return new DicomObject(kept, charset);
    }

    private Optional<Element.Bytes> bytes(Tag tag) {
        return element(tag).filter(Element.Bytes.class::isInstance).map(Element.Bytes.class::cast);
    }

    private static DecodeException missing(Tag tag) {
        return new DecodeException(tag + " is missing or empty, expected a value");
    }

    @Override
    public String toString() {
        return "DicomObject of " + elements.size() + " elements";
    }
}
