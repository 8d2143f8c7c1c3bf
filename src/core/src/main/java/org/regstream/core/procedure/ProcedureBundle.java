package org.regstream.core.procedure;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.regstream.core.DecodeException;
import org.regstream.core.memory.Tab;

/**
 * A procedure as one object, for the topic: a ZIP of exactly {@code procedure.json},
 * {@code preoperative.nii.gz} and {@code labels.nii.gz}, and {@code overview.nii.gz} where the image is not kept whole. Equal contents give equal bytes. What the entries mean is not
 * looked at here.
 *
 * @param json         UTF-8 text. Not to be modified
 * @param preoperative NIfTI-1, gzip. Not to be modified
 * @param labels       NIfTI-1, gzip. Not to be modified
 * @param overview     NIfTI-1, gzip; empty where {@code preoperative} is the whole image. Not to be modified
 */
public record ProcedureBundle(byte[] json, byte[] preoperative, byte[] labels, Optional<byte[]> overview) {

    public static final int MAX_JSON_BYTES = 1 << 20;
    public static final int MAX_IMAGE_BYTES = 256 << 20;

    private static final String JSON = "procedure.json";
    private static final String PREOPERATIVE = "preoperative.nii.gz";
    private static final String LABELS = "labels.nii.gz";
    private static final String OVERVIEW = "overview.nii.gz";
    private static final List<String> NEEDED = List.of(JSON, PREOPERATIVE, LABELS);
    /** A fixed time keeps equal contents equal; for ZIP's first day Java adds the moment in universal time. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    public ProcedureBundle {
        requireLength(JSON, json.length);
        requireLength(PREOPERATIVE, preoperative.length);
        requireLength(LABELS, labels.length);
        overview.ifPresent(bytes -> requireLength(OVERVIEW, bytes.length));
    }

    /** Of a whole image. */
    public ProcedureBundle(byte[] json, byte[] preoperative, byte[] labels) {
        this(json, preoperative, labels, Optional.empty());
    }

    private static void requireLength(String name, int length) {
        if (length == 0 || length > limit(name)) {
            throw new IllegalArgumentException(name + " must have 1 to " + limit(name) + " bytes, got " + length);
        }
    }

    private static int limit(String name) {
        return name.equals(JSON) ? MAX_JSON_BYTES : MAX_IMAGE_BYTES;
    }

    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(json.length + preoperative.length + labels.length);
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            write(zip, JSON, json);
            write(zip, PREOPERATIVE, preoperative);
            write(zip, LABELS, labels);
            if (overview.isPresent()) {
                write(zip, OVERVIEW, overview.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /**
     * Reads no more of an entry than its limit, however much it inflates to.
     *
     * @param memory pays for the entries
     * @throws DecodeException if the bytes are not a ZIP of exactly these entries, each within its limit
     */
    public static ProcedureBundle decode(byte[] bytes, Tab memory) {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = requireExpected(entry.getName(), contents);
                contents.put(name, read(zip, name, memory));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new DecodeException("a procedure bundle must be a ZIP file, got " + bytes.length
                    + " bytes that are not: " + e.getMessage(), e);
        }
        if (!contents.keySet().containsAll(NEEDED)) {
            throw new DecodeException("a procedure bundle must hold " + NEEDED + ", got " + contents.keySet());
        }
        return new ProcedureBundle(contents.get(JSON), contents.get(PREOPERATIVE), contents.get(LABELS),
                Optional.ofNullable(contents.get(OVERVIEW)));
    }

    private static String requireExpected(String name, Map<String, byte[]> soFar) {
        if (!NEEDED.contains(name) && !name.equals(OVERVIEW)) {
            throw new DecodeException("a procedure bundle must hold " + NEEDED + ", may hold " + OVERVIEW
                    + ", and nothing else, got an entry of "
                    + name.length() + " characters that is none of them");
        }
        if (soFar.containsKey(name)) {
            throw new DecodeException("a procedure bundle must hold " + name + " once, got it twice");
        }
        return name;
    }

    private static byte[] read(ZipInputStream zip, String name, Tab memory) throws IOException {
        byte[] content = memory.read(zip, limit(name));
        if (content.length == 0 || content.length > limit(name)) {
            throw new DecodeException(name + " must inflate to 1 to " + limit(name) + " bytes, got "
                    + (content.length == 0 ? "none" : "more"));
        }
        return content;
    }

    /** Lengths only: the contents are patient data. */
    @Override
    public String toString() {
        return "ProcedureBundle of " + json.length + " + " + preoperative.length + " + " + labels.length + " + "
                + overview.map(bytes -> bytes.length).orElse(0) + " bytes";
    }
}
