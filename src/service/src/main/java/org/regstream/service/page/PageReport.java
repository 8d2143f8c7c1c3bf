package org.regstream.service.page;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.time.Instant;
import org.regstream.core.DecodeException;
import org.regstream.service.line.LabelsSource;

/**
 * What a page says of a result.
 *
 * @param type      {@code received}: it has it; {@code shown}: it is on the screen, and the rest says which
 * @param displayId names the page
 * @param volumeId  of the live volume
 * @param sequence  of the result
 * @param source    {@code STUDENT} or {@code ENSEMBLE}
 * @param shownAt   milliseconds since 1970, UTC, fractions allowed, by the browser's machine
 */
record PageReport(String type, String displayId, String volumeId, long sequence, LabelsSource source, double shownAt) {

    private static final String SHOWN = "shown";
    private static final String RECEIVED = "received";
    private static final int MAX_LENGTH = 1024;
    private static final int MAX_ID = 64;
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
            if (report == null || !report.isShown() && !RECEIVED.equals(report.type) || !report.isWhole()) {
                throw new DecodeException("a report must be received, or shown with all its fields, got "
                        + json.length() + " other characters");
            }
            return report;
        } catch (IOException e) {
            throw new DecodeException("a report must be a JSON object, got " + json.length() + " other characters", e);
        }
    }

    boolean isShown() {
        return SHOWN.equals(type);
    }

    private boolean isWhole() {
        return !isShown() || isId(displayId) && isId(volumeId) && source != null && shownAt >= 0
                && shownAt < LATEST_MILLIS;
    }

    private static boolean isId(String id) {
        return id != null && id.length() <= MAX_ID && id.matches("[A-Za-z0-9-]+");
    }

    PageReceipt receipt(String procedureId) {
        Instant at = Instant.ofEpochMilli((long) shownAt)
                .plusNanos(Math.round((shownAt - Math.floor(shownAt)) * NANOS_PER_MILLI));
        return new PageReceipt(procedureId, displayId, volumeId, sequence, source, at);
    }
}
