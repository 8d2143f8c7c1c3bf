package org.regstream.dicom.read;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.regstream.core.DecodeException;

/** The data set of the deflated syntax (RFC 1951, no header), at most so many bytes of it. */
final class Inflate {
    private static final int CHUNK = 1 << 16;

    private Inflate() {}

    static byte[] from(byte[] bytes, int start, long maxBytes) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, start, bytes.length - start);
            return inflate(inflater, maxBytes);
        } catch (DataFormatException e) {
            throw new DecodeException("deflated data set at byte " + start + " is damaged after "
                    + inflater.getBytesRead() + " bytes", e);
        } finally {
            inflater.end();
        }
    }

    private static byte[] inflate(Inflater inflater, long maxBytes) throws DataFormatException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        while (!inflater.finished()) {
            int n = inflater.inflate(chunk);
            if (n == 0) {
                throw new DecodeException("deflated data set ends after " + inflater.getBytesRead()
                        + " bytes, expected its end mark");
            }
            if (out.size() + (long) n > maxBytes) {
                throw new DecodeException("deflated data set holds more than " + maxBytes + " bytes");
            }
            out.write(chunk, 0, n);
        }
        return out.toByteArray();
    }
}
