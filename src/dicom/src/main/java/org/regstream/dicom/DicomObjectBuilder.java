package org.regstream.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects attributes for one {@link DicomObject}; a later value of the same tag replaces the earlier. Not thread-safe. */
public final class DicomObjectBuilder {
    private static final int MAX_COPIED_BYTES = 0xfffe;

    private final SortedMap<Integer, Element> elements = new TreeMap<>(DicomObject.BY_TAG);
    private Charset charset;

    DicomObjectBuilder(Charset inherited) {
        this.charset = inherited;
    }

    public DicomObjectBuilder put(Element element) {
        elements.put(element.tag(), element);
        if (element.tag() == Tag.SPECIFIC_CHARACTER_SET.code() && element instanceof Element.Bytes bytes) {
            charset = Values.charset(bytes.value());
        }
        return this;
    }

    public boolean has(int tag) {
        boolean isBehindAll = elements.isEmpty() || DicomObject.BY_TAG.compare(elements.lastKey(), tag) < 0;
        return !isBehindAll && elements.containsKey(tag);
    }

    /** What text in nested data sets means unless they say otherwise. */
    public Charset charset() {
        return charset;
    }

    /**
     * Text values in the dictionary's representation; numbers of IS and DS in text form.
     *
     * @throws IllegalArgumentException if a value is longer than its representation allows
     */
    public DicomObjectBuilder text(Tag tag, String... values) {
        for (String value : values) {
            if (value.length() > tag.vr().maxCharacters()) {
                throw new IllegalArgumentException(tag + " must have at most " + tag.vr().maxCharacters()
                        + " characters, got " + value.length());
            }
        }
        byte[] value = String.join("\\", values).getBytes(charset);
        return put(new Element.Bytes(tag.code(), tag.vr(), value));
    }

    /** Decimal strings of at most 16 characters each. */
    public DicomObjectBuilder decimals(Tag tag, double... values) {
        String[] texts = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            texts[i] = Values.decimalString(values[i]);
        }
        return text(tag, texts);
    }

    /** Unsigned 16-bit values. */
    public DicomObjectBuilder shorts(Tag tag, int... values) {
        ByteBuffer value = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int v : values) {
            value.putShort((short) v);
        }
        return put(new Element.Bytes(tag.code(), tag.vr(), value.array()));
    }

    /** Unsigned 32-bit values. */
    public DicomObjectBuilder longs(Tag tag, int... values) {
        ByteBuffer value = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int v : values) {
            value.putInt(v);
        }
        return put(new Element.Bytes(tag.code(), tag.vr(), value.array()));
    }

    /** Numbers of 32 bits. */
    public DicomObjectBuilder floats(Tag tag, float... values) {
        ByteBuffer value = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        value.asFloatBuffer().put(values);
        return put(new Element.Bytes(tag.code(), tag.vr(), value.array()));
    }

    /** Numbers of 64 bits. */
    public DicomObjectBuilder doubles(Tag tag, double... values) {
        ByteBuffer value = ByteBuffer.allocate(Double.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        value.asDoubleBuffer().put(values);
        return put(new Element.Bytes(tag.code(), tag.vr(), value.array()));
    }

    /** A tag as a value: group, then element. */
    public DicomObjectBuilder pointer(Tag tag, Tag target) {
        return shorts(tag, target.code() >>> 16, target.code() & 0xffff);
    }

    /** Raw bytes in the given representation; owned by the object from now on. */
    public DicomObjectBuilder bytes(Tag tag, Vr vr, byte[] value) {
        return put(new Element.Bytes(tag.code(), vr, value));
    }

    public DicomObjectBuilder items(Tag tag, List<DicomObject> items) {
        return put(new Element.Items(tag.code(), items));
    }

    public DicomObjectBuilder item(Tag tag, DicomObject item) {
        return items(tag, List.of(item));
    }

    /** All attributes of another object. */
    public DicomObjectBuilder all(DicomObject other) {
        other.elements().forEach(this::put);
        return this;
    }

    /** Copies values byte for byte where the source has them, in the dictionary's representation whatever they came in. */
    public DicomObjectBuilder copy(DicomObject source, Tag... tags) {
        for (Tag tag : tags) {
            value(source, tag).ifPresent(value -> bytes(tag, tag.vr(), value));
        }
        return this;
    }

    /** Copies values that the result must have even when empty (type 2). */
    public DicomObjectBuilder copyOrEmpty(DicomObject source, Tag... tags) {
        for (Tag tag : tags) {
            bytes(tag, tag.vr(), value(source, tag).orElse(new byte[0]));
        }
        return this;
    }

    /** What a short value cannot hold is as good as missing. */
    private static Optional<byte[]> value(DicomObject source, Tag tag) {
        return source.element(tag).filter(Element.Bytes.class::isInstance).map(e -> ((Element.Bytes) e).value())
                .filter(value -> value.length <= MAX_COPIED_BYTES);
    }

    public DicomObject build() {
        return new DicomObject(new TreeMap<>(elements), charset);
    }
}
