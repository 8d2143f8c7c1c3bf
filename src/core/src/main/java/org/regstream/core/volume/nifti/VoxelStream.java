package org.regstream.core.volume.nifti;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.regstream.core.DecodeException;

/**
 * The voxels of one NIfTI image in storage order, a chunk at a time. Reads no further than the header's declared size, so
 * that a gzip bomb ends there; a caller that keeps what it read holds memory only for bytes that came.
 */
final class VoxelStream {
    static final int CHUNK = 1 << 16;
    private static final int GZIP_MAGIC = 0x1f8b;

    private final Source source;
    private final NiftiHeader header;
    private final byte[] bytes;
    private long read;

    /** Bytes, plain by now. @param compressed whether they came in gzip */
    private record Source(InputStream in, boolean compressed) {

        static Source of(InputStream raw) throws IOException {
            InputStream buffered = new BufferedInputStream(raw, CHUNK);
            boolean compressed = isGzip(buffered);
            return new Source(compressed ? new GZIPInputStream(buffered, CHUNK) : buffered, compressed);
        }
    }

    /** @param raw        header and voxels
     *  @param components as for {@link NiftiHeader#decode} */
    VoxelStream(InputStream raw, int components) {
        this(raw, components, () -> {
            throw new DecodeException(
                    "got one half of a NIfTI pair (.hdr, .img), expected a single file here; save it as"
                            + " .nii, or name a file that lies beside its other half");
        });
    }

    /**
     * @param raw        header, and voxels unless they are in a file of their own
     * @param components as for {@link NiftiHeader#decode}
     * @param voxels     opens that file
     */
    VoxelStream(InputStream raw, int components, Supplier<InputStream> voxels) {
        try {
            Source first = Source.of(raw);
            byte[] head = headerOf(first.in());
            header = NiftiHeader.decode(head, components);
            source = header.pair() ? Source.of(voxels.get()) : first;
            source.in().skipNBytes(header.voxelStart() - (header.pair() ? 0 : head.length));
            bytes = new byte[CHUNK * header.type().bytes];
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    private static byte[] headerOf(InputStream in) throws IOException {
        byte[] start = in.readNBytes(NiftiFields.BYTES);
        requireHeader(start.length, NiftiFields.BYTES);
        byte[] whole = Arrays.copyOf(start, NiftiFields.length(start));
        int more = in.readNBytes(whole, start.length, whole.length - start.length);
        requireHeader(start.length + more, whole.length);
        return whole;
    }

    NiftiHeader header() {
        return header;
    }

    /**
     * @param chunk receives up to {@value #CHUNK} values, scaled
     * @return how many; 0 after the last voxel
     */
    int next(double[] chunk) {
        int n = (int) Math.min(chunk.length, header.size() - read);
        try {
            int wanted = n * header.type().bytes;
            int got = source.in().readNBytes(bytes, 0, wanted);
            if (got < wanted) {
                throw new DecodeException("NIfTI voxels end after " + (read + got / header.type().bytes) + " of "
                        + header.size() + " for " + header.grid() + "; the file is cut short, send it again");
            }
            if (n == 0 && source.compressed()) {
                source.in().read(); // reaching the end makes the decompressor check its checksum
            }
        } catch (IOException e) {
            throw refusal(e);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(header.order());
        NiftiType type = header.type();
        for (int x = 0; x < n; x++) {
            chunk[x] = header.slope() * type.next(buffer) + header.intercept();
        }
        read += n;
        return n;
    }

    private static boolean isGzip(InputStream buffered) throws IOException {
        buffered.mark(2);
        int magic = buffered.read() << 8 | buffered.read();
        buffered.reset();
        return magic == GZIP_MAGIC;
    }

    private static void requireHeader(int got, int wanted) {
        if (got < wanted) {
            throw new DecodeException("NIfTI header must have " + wanted + " bytes, got " + got
                    + "; the file is cut short, send it again");
        }
    }

    /** Broken bytes are the sender's fault and permanent; everything else is the device's. */
    private static RuntimeException refusal(IOException e) {
        if (e instanceof EOFException || e instanceof ZipException) {
            return new DecodeException("NIfTI file is cut short or its gzip data is damaged (" + e.getMessage()
                    + "); send it again", e);
        }
        return new UncheckedIOException("cannot read NIfTI: " + e.getMessage(), e);
    }
}
