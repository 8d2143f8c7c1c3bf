package org.regstream.dicom.read;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;

/** When an image was acquired, as far as it tells. */
final class AcquisitionTime {
    private static final Pattern DATE = Pattern.compile("(\\d{4})[.-]?(\\d{2})[.-]?(\\d{2})");
    private static final Pattern TIME = Pattern.compile("(\\d{2}):?(\\d{2})?:?(\\d{2})?(?:\\.(\\d{1,9}))?\\d*");
    private static final Pattern DATE_TIME = Pattern
            .compile("(\\d{8})(\\d{2}(?:\\d{2}(?:\\d{2}(?:\\.\\d{1,6})?)?)?)([-+]\\d{4})?");

    /** A scanner's clock may run ahead by so much of the clock that says when its images came. */
    private static final Duration AHEAD = Duration.ofSeconds(5);

    private AcquisitionTime() {}

    /**
     * The first that is there and readable: the frame's own time, the acquisition's date-time, its date and time, the content's.
     *
     * @param content    the frame content group, or the data set itself
     * @param scanner    where the scanner's clock is, for an instance that does not say
     * @param receivedAt by when it was acquired: in the hour that comes twice at the end of summer time, the later one unless it came before
     * @return empty if no attribute tells
     */
    static Optional<Instant> of(DicomObject dicom, DicomObject content, ZoneId scanner, Instant receivedAt) {
        ZoneId zone = dicom.optionalString(Tag.TIMEZONE_OFFSET_FROM_UTC).flatMap(AcquisitionTime::offset)
                .map(ZoneId.class::cast).orElse(scanner);
        return dateTime(content, Tag.FRAME_ACQUISITION_DATE_TIME, zone, receivedAt)
                .or(() -> dateTime(dicom, Tag.ACQUISITION_DATE_TIME, zone, receivedAt))
                .or(() -> dateAndTime(dicom, Tag.ACQUISITION_DATE, Tag.ACQUISITION_TIME, zone, receivedAt))
                .or(() -> dateAndTime(dicom, Tag.CONTENT_DATE, Tag.CONTENT_TIME, zone, receivedAt));
    }

    private static Optional<Instant> dateTime(DicomObject dicom, Tag tag, ZoneId zone, Instant receivedAt) {
        Matcher m = DATE_TIME.matcher(dicom.optionalString(tag).orElse(""));
        if (!m.matches()) {
            return Optional.empty();
        }
        ZoneId own = Optional.ofNullable(m.group(3)).flatMap(AcquisitionTime::offset).map(ZoneId.class::cast)
                .orElse(zone);
        return instant(m.group(1), m.group(2), own, receivedAt);
    }

    private static Optional<Instant> dateAndTime(DicomObject dicom, Tag date, Tag time, ZoneId zone,
            Instant receivedAt) {
        return dicom.optionalString(date)
                .flatMap(d -> dicom.optionalString(time).flatMap(t -> instant(d, t, zone, receivedAt)));
    }

    private static Optional<Instant> instant(String date, String time, ZoneId zone, Instant receivedAt) {
        Matcher d = DATE.matcher(date);
        Matcher t = TIME.matcher(time);
        if (!d.matches() || !t.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.of(number(d.group(1)), number(d.group(2)), number(d.group(3)));
            ZonedDateTime first = LocalDateTime.of(day, timeOfDay(t)).atZone(zone);
            Instant again = first.withLaterOffsetAtOverlap().toInstant();
            return Optional.of(again.isAfter(receivedAt.plus(AHEAD)) ? first.toInstant() : again);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A leap second is read as the second before it. */
    private static LocalTime timeOfDay(Matcher t) {
        String fraction = t.group(4) == null ? "" : t.group(4);
        int nanos = number((fraction + "000000000").substring(0, 9));
        return LocalTime.of(number(t.group(1)), number(t.group(2)), Math.min(59, number(t.group(3))), nanos);
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** @return the offset of a text such as {@code +0100} */
    private static Optional<ZoneOffset> offset(String text) {
        try {
            return Optional.of(ZoneOffset.of(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
