package org.regstream.service.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import org.eclipse.microprofile.config.spi.Converter;

/** A region or an offset to a time zone; nothing to none. */
public final class ZoneConverter implements Converter<ZoneId> {
    private static final long serialVersionUID = 1L;

    @Override
    public ZoneId convert(String value) {
        try {
            return value.isEmpty() ? null : ZoneId.of(value);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a time zone must be a region such as Europe/Berlin or an offset such as"
                    + " +01:00, got '" + value + "'", e);
        }
    }
}
