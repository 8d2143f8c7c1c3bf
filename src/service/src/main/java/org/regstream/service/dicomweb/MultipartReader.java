package org.regstream.service.dicomweb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.resteasy.reactive.common.util.CaseInsensitiveMap;
import org.jboss.resteasy.reactive.server.core.multipart.MultipartParser;
import org.regstream.core.DecodeException;

/**
 * Takes a {@code multipart} body apart as it comes in, one part at a time in memory. The platform's parser does the parsing; what
 * it does not bound is bounded here: the whole body, a part, the headers, the number of parts. One body, one thread.
 */
final class MultipartReader {

    /** One part.
     *  @param contentType as sent; empty if it says none
     *  @param content     empty if it is larger than a part may be: it was read past and not kept */
    record Part(Optional<String> contentType, Optional<byte[]> content) {}

    /** More than the whole body may have. */
    static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLargeException(long limit) {
            super("the request has more than " + limit + " bytes; send fewer instances at a time");
        }
    }

    private static final int CHUNK = 16 << 10;
    private static final int MAX_HEADER_BYTES = 2 * CHUNK;
    private static final int MAX_PARTS = 20_000;

    private final long maxBytes;
    private final int maxPartBytes;

    MultipartReader(long maxBytes, int maxPartBytes) {
        this.maxBytes = maxBytes;
        this.maxPartBytes = maxPartBytes;
    }

    /**
     * @param in       read to the closing boundary; not closed
     * @param boundary without the two hyphens
     * @param parts    is given each part when it is complete
     * @throws DecodeException   if it is no such body, or ends before its closing boundary; parts that were complete are given
     * @throws TooLargeException if it goes on beyond the limit
     */
    void read(InputStream in, String boundary, Consumer<Part> parts) throws IOException {
        Collector collector = new Collector(parts);
        MultipartParser.ParseState parser = MultipartParser.beginParse(collector,
                boundary.getBytes(StandardCharsets.US_ASCII), StandardCharsets.UTF_8.name());
        byte[] chunk = new byte[CHUNK];
        long total = 0;
        while (!parser.isComplete()) {
            int length = in.read(chunk);
            total += Math.max(0, length);
            if (length < 0) {
                throw new DecodeException("the body ends before its closing boundary, after " + total
                        + " bytes and " + collector.count + " parts; send it again");
            }
            if (total > maxBytes) {
                throw new TooLargeException(maxBytes);
            }
            parse(parser, ByteBuffer.wrap(chunk, 0, length));
            collector.requireModestHeader(length);
        }
    }

    private static void parse(MultipartParser.ParseState parser, ByteBuffer bytes) throws IOException {
        try {
            parser.parse(bytes);
        } catch (MultipartParser.MalformedMessageException | IllegalStateException e) {
            throw new DecodeException("the headers of a part are damaged; expected lines of name, colon and value", e);
        }
    }

    private final class Collector implements MultipartParser.PartHandler {
        private final Consumer<Part> parts;
        private Optional<String> contentType = Optional.empty();
        private ByteArrayOutputStream content;
        private boolean isTooLarge;
        private int outside;
        private int count;

        Collector(Consumer<Part> parts) {
            this.parts = parts;
        }

        @Override
        public void beginPart(CaseInsensitiveMap<String> headers) {
            contentType = Optional.ofNullable(headers.getFirst("Content-Type"));
            content = new ByteArrayOutputStream();
            isTooLarge = false;
            outside = 0;
        }

        @Override
        public void data(ByteBuffer bytes) {
            isTooLarge |= content.size() + bytes.remaining() > maxPartBytes;
            if (isTooLarge) {
                content = new ByteArrayOutputStream();
            } else {
                byte[] kept = new byte[bytes.remaining()];
                bytes.get(kept);
                content.writeBytes(kept);
            }
        }

        @Override
        public void endPart() {
            if (++count > MAX_PARTS) {
                throw new DecodeException("the body has more than " + MAX_PARTS + " parts; send fewer at a time");
            }
            Part part = new Part(contentType,
                    isTooLarge ? Optional.empty() : Optional.of(content.toByteArray()));
            content = null;
            parts.accept(part);
        }

        private void requireModestHeader(int length) {
            outside = content == null ? outside + length : 0;
            if (outside > MAX_HEADER_BYTES) {
                throw new DecodeException("no part begins within " + MAX_HEADER_BYTES
                        + " bytes; is the boundary that of the Content-Type?");
            }
        }
    }
}
