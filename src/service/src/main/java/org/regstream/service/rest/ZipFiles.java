package org.regstream.service.rest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.regstream.core.DecodeException;
import org.regstream.core.memory.Tab;

/** The files in a ZIP, one at a time, within limits that a small ZIP of many bytes does not pass. */
final class ZipFiles {

    private static final int MAX_ENTRIES = 5_000;
    private static final long MAX_INFLATED = 1L << 30;

    private ZipFiles() {}

    static boolean isZip(byte[] bytes) {
        return bytes.length > 4 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3 && bytes[3] == 4;
    }

    /** @param memory pays for one file at a time
     *  @param files  takes name and content of each
     *  @throws DecodeException if the ZIP is damaged or holds too much */
    static void forEach(byte[] zip, Tab memory, BiConsumer<String, byte[]> files) {
        int entries = 0;
        long left = MAX_INFLATED;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (++entries > MAX_ENTRIES) {
                    throw new DecodeException("a ZIP may hold " + MAX_ENTRIES + " files, got more");
                }
                byte[] content = readAtMost(in, left, memory);
                left -= content.length;
                if (!entry.isDirectory()) {
                    files.accept(entry.getName(), content);
                }
                memory.giveBack(content.length);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new DecodeException("the ZIP file is damaged: " + e.getMessage(), e);
        }
    }

    private static byte[] readAtMost(ZipInputStream in, long limit, Tab memory) throws IOException {
        byte[] content = memory.read(in, limit);
        if (content.length > limit) {
            throw new DecodeException("a ZIP may inflate to " + MAX_INFLATED + " bytes, got more");
        }
        return content;
    }
}
