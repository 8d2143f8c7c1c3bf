package org.regstream.core.volume.nifti;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.regstream.core.DecodeException;

/**
 * The voxels of one NIfTI file in storage order, a chunk at a time. Reads no further than the header's declared size, so
 * that a gzip bomb ends there; a caller that keeps what it read holds memory only for bytes that came.
 */
final class VoxelStream {
    static final int CHUNK = 1 << 16;
    private static final int GZIP_MAGIC = 0x1f8b;

    private final InputStream in;
    private final boolean compressed;
    private final NiftiHeader header;
    private final byte[] bytes;
    private int read;

    VoxelStream(InputStream raw) {
        try {
            InputStream buffered = new BufferedInputStream(raw, CHUNK);
            compressed = isGzip(buffered);
            in = compressed ? new GZIPInputStream(buffered, CHUNK) : buffered;
            header = NiftiHeader.decode(require(in.readNBytes(NiftiHeader.BYTES), NiftiHeader.BYTES, "header"));
            in.skipNBytes(header.voxelStart() - NiftiHeader.BYTES);
            bytes = new byte[CHUNK * header.type().bytes];
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    NiftiHeader header() {
        return header;
    }

    /**
     * @param chunk receives up to {@value #CHUNK} values, scaled
     * @return how many; 0 after the last voxel
     */
    int next(double[] chunk) {
        int n = Math.min(chunk.length, header.grid().size() - read);
        try {
            int wanted = n * header.type().bytes;
            int got = in.readNBytes(bytes, 0, wanted);
            if (got < wanted) {
                throw new DecodeException("NIfTI voxels end after " + (read + got / header.type().bytes) + " of "
                        + header.grid().size() + " for " + header.grid() + "; the file is cut short, send it again");
            }
            if (n == 0 && compressed) {
                in.read(); // reaching the end makes the decompressor check its checksum
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

    private static byte[] require(byte[] got, int wanted, String what) {
        if (got.length < wanted) {
            throw new DecodeException("NIfTI " + what + " must have " + wanted + " bytes, got " + got.length);
        }
        return got;
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
