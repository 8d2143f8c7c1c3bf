package org.regstream.service.eventlog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * One log on disk, compressed; what is flushed can be read whatever happens then. Only its owner can read it. Not thread-safe: belongs to the thread of {@link EventLogs}.
 */
final class LogFile implements AutoCloseable {

    private static final DateTimeFormatter BEGUN = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC);
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final int MOST_OF_ONE_NAME = 1000;

    private final FileChannel file;
    private final OutputStream gzip;

    private LogFile(FileChannel file) throws IOException {
        this.file = file;
        this.gzip = new GZIPOutputStream(Channels.newOutputStream(file), 1 << 13, true);
    }

    /** @param id of the procedure
     *  @return a new file, named by procedure and time */
    static LogFile create(Path folder, String id, Instant begun) throws IOException {
        Files.createDirectories(folder);
        String name = safe(id) + "-" + BEGUN.format(begun);
        for (int n = 1; n < MOST_OF_ONE_NAME; n++) {
            try {
                return new LogFile(FileChannel.open(folder.resolve(name + (n == 1 ? "" : "-" + n) + ".jsonl.gz"), NEW,
                        ownerOnly(folder)));
            } catch (FileAlreadyExistsException e) {
                // another of the same second has it
            }
        }
        throw new FileAlreadyExistsException(name);
    }

    /** Never a path, and never hidden. */
    static String safe(String id) {
        return id.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.", "_");
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[]{
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }

    void write(String line) throws IOException {
        gzip.write(line.getBytes(StandardCharsets.UTF_8));
        gzip.write('\n');
    }

    void flush() throws IOException {
        gzip.flush();
    }

    /** Of what has come to the disk, bytes. */
    long size() throws IOException {
        return file.position();
    }

    @Override
    public void close() throws IOException {
        try {
            gzip.close();
        } finally {
            file.close();
        }
    }
}
