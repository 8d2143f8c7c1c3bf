package org.regstream.service.dicomweb;

import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * A {@code multipart/related} body of parts of one type.
 *
 * @param type     of each part
 * @param boundary that no part contains
 * @param parts    written one after the other; not modified
 */
record MultipartWriter(String type, String boundary, List<byte[]> parts) implements StreamingOutput {

    /** With a boundary that cannot be foreseen. */
    static MultipartWriter of(String type, List<byte[]> parts) {
        return new MultipartWriter(type, "regstream-" + UUID.randomUUID(), parts);
    }

    String contentType() {
        return "multipart/related; type=\"" + type + "\"; boundary=" + boundary;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        for (byte[] part : parts) {
            out.write(ascii("--" + boundary + "\r\nContent-Type: " + type + "\r\nContent-Length: " + part.length
                    + "\r\n\r\n"));
            out.write(part);
            out.write(ascii("\r\n"));
        }
        out.write(ascii("--" + boundary + "--\r\n"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
