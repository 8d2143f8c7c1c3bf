package org.regstream.service.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.regstream.core.DecodeException;
import org.regstream.core.line.Receipt;

/**
 * A receipt as a display writes it to the topic, JSON of at most 4 KiB; schema version 1.
 *
 * @param schema      version of this layout
 * @param procedureId of the operation; also the record's key
 * @param display     names the display; 1 to 64 letters, digits, dots, hyphens and underscores
 * @param state       {@code SHOWING}, or {@code CLOSED} when it will show nothing more
 * @param shown       id of the CloudEvent that is on the screen, at most 128 characters; left out before the first
 * @param at          when, ISO 8601 in UTC
 */
public record ReceiptDocument(int schema, String procedureId, String display, String state, String shown, String at) {

    public static final int SCHEMA = 1;
    static final int MAX_BYTES = 4096;
    private static final int MAX_SHOWN = 128;

    /** @throws DecodeException if it is no receipt of the procedure that the record's key names */
    public static Receipt read(String key, byte[] json) {
        if (json == null || json.length > MAX_BYTES) {
            throw new DecodeException("a receipt has 1 to " + MAX_BYTES + " bytes, got "
                    + (json == null ? "none" : json.length));
        }
        ReceiptDocument d = Json.read(json, ReceiptDocument.class);
        require(d.schema == SCHEMA, "schema " + SCHEMA);
        require(d.procedureId != null && d.procedureId.equals(key), "its record's key as procedureId");
        require(d.display != null && d.display.matches("[A-Za-z0-9._-]{1,64}"),
                "a display's name of 1 to 64 letters, digits, dots, hyphens and underscores");
        require("SHOWING".equals(d.state) || "CLOSED".equals(d.state), "the state SHOWING or CLOSED");
        require(d.shown == null || d.shown.length() <= MAX_SHOWN,
                "an event's id of at most " + MAX_SHOWN + " characters");
        return new Receipt(key, d.display, d.state.equals("CLOSED"), Optional.ofNullable(d.shown), instant(d.at));
    }

    private static Instant instant(String at) {
        try {
            return Instant.parse(at == null ? "" : at);
        } catch (DateTimeException e) {
            throw new DecodeException("a receipt has a time by ISO 8601 in UTC, got something else");
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new DecodeException("a receipt has " + what + ", got something else");
        }
    }
}
