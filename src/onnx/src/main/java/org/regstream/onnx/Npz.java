package org.regstream.onnx;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Arrays in numpy's {@code .npz} form (a zip of {@code .npy} entries, format 1.0, C order), restricted to what a golden
 * pair needs: bytes ({@code |u1}) and little-endian floats ({@code <f4}). Equal arrays give equal bytes.
 */
final class Npz {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    /** numpy aligns the data to this many bytes. */
    private static final int ALIGNMENT = 64;
    /** The first moment a zip entry can hold: the bytes must not depend on the clock. */
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    Npz putBytes(String name, byte[] values, int... shape) {
        return put(name, "|u1", values, shape);
    }

    Npz putFloats(String name, float[] values, int... shape) {
        ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return put(name, "<f4", data.array(), shape);
    }

    byte[] bytes(String name, int... shape) throws IOException {
        return data(name, "|u1", Npz.elements(shape), shape);
    }

    float[] floats(String name, int... shape) throws IOException {
        byte[] data = data(name, "<f4", Math.multiplyExact(4, Npz.elements(shape)), shape);
        float[] values = new float[data.length / 4];
        ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    byte[] encode() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey() + ".npy");
                header.setTimeLocal(EPOCH);
                zip.putNextEntry(header);
                zip.write(entry.getValue());
            }
        }
        return out.toByteArray();
    }

    /** @param maxEntryBytes no entry is unpacked beyond this size */
    static Npz decode(byte[] file, int maxEntryBytes) throws IOException {
        Npz npz = new Npz();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] content = zip.readNBytes(maxEntryBytes + 1);
                if (content.length > maxEntryBytes || npz.entries.size() == 64) {
                    throw new IOException(entry.getName() + ": more than 64 arrays of " + maxEntryBytes + " bytes");
                }
                npz.entries.put(entry.getName().replaceFirst("\\.npy$", ""), content);
            }
        }
        return npz;
    }

    private Npz put(String name, String type, byte[] data, int... shape) {
        byte[] header = header(type, shape);
        byte[] entry = Arrays.copyOf(header, header.length + data.length);
        System.arraycopy(data, 0, entry, header.length, data.length);
        entries.put(name, entry);
        return this;
    }

    /** The array's bytes; only the very header that {@link #header} writes is accepted, so nothing is parsed. */
    private byte[] data(String name, String type, int length, int... shape) throws IOException {
        byte[] entry = entries.get(name);
        byte[] header = header(type, shape);
        if (entry == null) {
            throw new IOException("array " + name + " is missing, found " + entries.keySet());
        }
        if (entry.length != header.length + length
                || !Arrays.equals(header, 0, header.length, entry, 0, header.length)) {
            throw new IOException("array " + name + " must be " + type + " of shape " + Arrays.toString(shape));
        }
        return Arrays.copyOfRange(entry, header.length, entry.length);
    }

    private static byte[] header(String type, int... shape) {
        String sizes = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + sizes + "), }";
        int length = MAGIC.length + 2 + text.length() + 1;
        int padded = (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        String line = text + " ".repeat(padded - length) + "\n";
        return ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN).put(MAGIC).putShort((short) line.length())
                .put(line.getBytes(StandardCharsets.US_ASCII)).array();
    }

    private static int elements(int... shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
