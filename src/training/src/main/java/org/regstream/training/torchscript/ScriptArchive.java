package org.regstream.training.torchscript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive of one module without parameters: a zip of stored entries.
 *
 * <pre>
 * m/data.pkl            pickle of the module object, its only attribute is {@code training}
 * m/code/__torch__.py   class Main and the functions that it calls, in TorchScript's serialised dialect
 * m/constants.pkl       pickle of the empty tuple
 * m/version             file format
 * </pre>
 */
final class ScriptArchive {

    /** PROTO 2, GLOBAL __torch__.Main, EMPTY_TUPLE, NEWOBJ, {training: true}, BUILD, STOP. */
    private static final byte[] MODULE = ("\u0080\u0002c__torch__\nMain\n)\u0081}(X\u0008\u0000\u0000\u0000training"
            + "\u0088ub.").getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] EMPTY_TUPLE = "\u0080\u0002).".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] VERSION = "3\n".getBytes(StandardCharsets.US_ASCII);

    private ScriptArchive() {}

    /** @param code source of {@code __torch__.py}; defines class {@code Main} with a method {@code forward} */
    static byte[] of(String code) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "m/data.pkl", MODULE);
            store(zip, "m/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            store(zip, "m/constants.pkl", EMPTY_TUPLE);
            store(zip, "m/version", VERSION);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
