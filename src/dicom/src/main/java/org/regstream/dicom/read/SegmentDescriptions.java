package org.regstream.dicom.read;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.regstream.core.DecodeException;
import org.regstream.core.model.Structure;
import org.regstream.dicom.CieLab;
import org.regstream.dicom.Code;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.SnomedRt;
import org.regstream.dicom.Tag;

/** The items of a segment sequence as structures. */
final class SegmentDescriptions {
    private static final int MAX_LABEL = 255;
    private static final int MAX_MEANING = 64;
    private static final String NO_COLOUR = "#808080";

    private SegmentDescriptions() {}

    /** @return what the segments are, by their number
     *  @throws DecodeException if a number is not 1 to 255, or is described twice */
    static Map<Integer, Structure> of(List<DicomObject> segments) {
        Map<Integer, Structure> byNumber = new LinkedHashMap<>();
        for (DicomObject segment : segments) {
            Structure structure = structure(segment);
            if (byNumber.put(structure.label(), structure) != null) {
                throw new DecodeException(Tag.SEGMENT_SEQUENCE + " describes segment " + structure.label() + " twice");
            }
        }
        return byNumber;
    }

    /** A type that has no code in SNOMED CT becomes the general anatomical structure; the segment's own label stays. */
    private static Structure structure(DicomObject segment) {
        int number = segment.integer(Tag.SEGMENT_NUMBER);
        if (number < 1 || number > MAX_LABEL) {
            throw new DecodeException(Tag.SEGMENT_NUMBER + " must be 1 to " + MAX_LABEL + ", got " + number);
        }
        Code type = segment.item(Tag.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE).flatMap(Code::of)
                .map(SegmentDescriptions::inSnomedCt).orElse(Code.ANATOMICAL_STRUCTURE);
        String name = segment.optionalString(Tag.SEGMENT_LABEL).orElse("segment " + number);
        return new Structure(number, name, type.value(), type.meaning(), colour(segment));
    }

    private static Code inSnomedCt(Code code) {
        Code any = Code.ANATOMICAL_STRUCTURE;
        return code.scheme().equals(any.scheme())
                ? code
                : new Code(SnomedRt.toSnomedCt(code).orElse(any.value()), any.scheme(), traced(code));
    }

    /** Whoever sees the meaning sees what the file has; as long as a code's meaning may be. */
    private static String traced(Code code) {
        String trace = " (" + code.scheme() + " " + code.value() + ")";
        int room = Math.max(0, MAX_MEANING - trace.length());
        return code.meaning().substring(0, Math.min(room, code.meaning().length())) + trace;
    }

    private static String colour(DicomObject segment) {
        double[] lab = segment.numbers(Tag.RECOMMENDED_DISPLAY_CIELAB_VALUE);
        return lab.length == 3 ? new CieLab((int) lab[0], (int) lab[1], (int) lab[2]).toSrgb() : NO_COLOUR;
    }
}
