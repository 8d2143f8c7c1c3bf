package org.regstream.dicom.write;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.DicomObjectBuilder;
import org.regstream.dicom.Tag;
import org.regstream.dicom.Vr;

/** What a derived object takes over from the live series: patient, study, space and time, byte for byte. */
final class SourceModules {

    /** Where neither image nor series nor study says when: dates must have a value, and the clock is not asked. */
    private static final String NO_DATE = "19000101";
    private static final String NO_TIME = "000000";

    private SourceModules() {}

    /** Each instance once, in the order of their identifiers: what arrives in another order makes the same object. */
    static List<DicomObject> ordered(List<DicomObject> sources) {
        SortedMap<String, DicomObject> byUid = new TreeMap<>();
        sources.forEach(source -> byUid.putIfAbsent(source.string(Tag.SOP_INSTANCE_UID), source));
        return List.copyOf(byUid.values());
    }

    static void copy(DicomObjectBuilder out, DicomObject source) {
        out.copy(source, Tag.SPECIFIC_CHARACTER_SET, Tag.TIMEZONE_OFFSET_FROM_UTC, Tag.STUDY_DESCRIPTION,
                Tag.ISSUER_OF_PATIENT_ID, Tag.PATIENT_AGE);
        out.copyOrEmpty(source, Tag.PATIENT_NAME, Tag.PATIENT_ID, Tag.PATIENT_BIRTH_DATE, Tag.PATIENT_SEX,
                Tag.STUDY_DATE, Tag.STUDY_TIME, Tag.STUDY_ID, Tag.ACCESSION_NUMBER, Tag.REFERRING_PHYSICIAN_NAME,
                Tag.POSITION_REFERENCE_INDICATOR);
        out.text(Tag.STUDY_INSTANCE_UID, source.string(Tag.STUDY_INSTANCE_UID));
        out.text(Tag.FRAME_OF_REFERENCE_UID, space(source));
        copyTime(out, source);
    }

    /** @return the frame of reference of a series; one that nobody else is in where the series names none */
    static String space(DicomObject source) {
        return source.optionalString(Tag.FRAME_OF_REFERENCE_UID).orElseGet(
                () -> DerivedUid.of("frame of reference", List.of(source.string(Tag.SERIES_INSTANCE_UID))));
    }

    /** What was lossily compressed once stays marked so, and so does what is derived from it. */
    static void copyCompression(DicomObjectBuilder out, List<DicomObject> sources) {
        out.text(Tag.LOSSY_IMAGE_COMPRESSION, "00");
        sources.stream().filter(s -> s.optionalString(Tag.LOSSY_IMAGE_COMPRESSION).orElse("").equals("01")).findFirst()
                .ifPresent(lossy -> out.copy(lossy, Tag.LOSSY_IMAGE_COMPRESSION, Tag.LOSSY_IMAGE_COMPRESSION_RATIO,
                        Tag.LOSSY_IMAGE_COMPRESSION_METHOD));
    }

    private static void copyTime(DicomObjectBuilder out, DicomObject source) {
        String[] moment = moment(source);
        out.text(Tag.SERIES_DATE, moment[0]).text(Tag.SERIES_TIME, moment[1]);
        out.text(Tag.CONTENT_DATE, moment[0]).text(Tag.CONTENT_TIME, moment[1]);
    }

    /** @return date and time of the first pair that is there: of acquisition, content, series, study */
    private static String[] moment(DicomObject source) {
        String dateTime = source.optionalString(Tag.ACQUISITION_DATE_TIME).orElse("");
        if (dateTime.matches("\\d{14}.*")) {
            return new String[]{dateTime.substring(0, 8), dateTime.substring(8, 14)};
        }
        Tag[][] pairs = {{Tag.ACQUISITION_DATE, Tag.ACQUISITION_TIME}, {Tag.CONTENT_DATE, Tag.CONTENT_TIME},
                {Tag.SERIES_DATE, Tag.SERIES_TIME}, {Tag.STUDY_DATE, Tag.STUDY_TIME}};
        for (Tag[] pair : pairs) {
            String date = digits(source, pair[0], "\\d{8}", "");
            if (!date.isEmpty()) {
                return new String[]{date, digits(source, pair[1], "\\d{6}(\\.\\d{1,6})?", NO_TIME)};
            }
        }
        return new String[]{NO_DATE, NO_TIME};
    }

    /** The value without the separators of old standards, if it then has the form it should. */
    private static String digits(DicomObject source, Tag tag, String form, String otherwise) {
        String text = source.optionalString(tag).orElse("").replaceAll("[:-]", "");
        String plain = tag.vr() == Vr.DA ? text.replace(".", "") : text;
        return plain.matches(form) ? plain : otherwise;
    }

    /** @throws IllegalArgumentException if the sources are not of one series */
    static void requireOneSeries(List<DicomObject> sources) {
        if (sources.stream().map(source -> source.string(Tag.SERIES_INSTANCE_UID)).distinct().count() > 1) {
            throw new IllegalArgumentException("source images must be of one series");
        }
    }
}
