package org.regstream.service.page;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.regstream.core.DecodeException;

/**
 * What a page says.
 *
 * @param type      {@code received}: it has got a result; {@code shown}: that is on its screen; {@code closed}: it shows nothing any more
 * @param displayId names the page; left out if a result was received
 * @param eventId   of the labels that are drawn; left out if none are
 * @param at        milliseconds since 1970, UTC, fractions allowed, by the browser's machine; likewise
 */
record PageReport(String type, String displayId, String eventId, double at) {

    private static final String RECEIVED = "received";
    private static final String SHOWN = "shown";
    private static final String CLOSED = "closed";
    private static final int MAX_LENGTH = 1024;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double LATEST_MILLIS = 1e14;
    private static final ObjectReader JSON = new ObjectMapper().readerFor(PageReport.class)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** @throws DecodeException if it is not a report; the message holds nothing of it but its length */
    static PageReport read(String json) {
        if (json.length() > MAX_LENGTH) {
            throw new DecodeException("a report must have at most " + MAX_LENGTH + " characters, got " + json.length());
        }
        try {
            PageReport report = JSON.readValue(json);
            if (report == null || !report.isWhole()) {
                throw new DecodeException("a report must be received, shown or closed with all its fields, got "
                        + json.length() + " other characters");
            }
            return report;
        } catch (IOException e) {
            throw new DecodeException("a report must be a JSON object, got " + json.length() + " other characters", e);
        }
    }

    boolean isReceived() {
        return RECEIVED.equals(type);
    }

    private boolean isWhole() {
        return isReceived() || (SHOWN.equals(type) || CLOSED.equals(type)) && displayId != null
                && displayId.matches("[A-Za-z0-9-]{1,64}") && at >= 0 && at < LATEST_MILLIS
                && (eventId == null || eventId.matches("[A-Za-z0-9.-]{1,128}"));
    }

    PageReceipt receipt(String procedureId) {
        Instant painted = Instant.ofEpochMilli((long) at)
                .plusNanos(Math.round((at - Math.floor(at)) * NANOS_PER_MILLI));
        return new PageReceipt(procedureId, displayId, CLOSED.equals(type), Optional.ofNullable(eventId), painted);
    }
}
