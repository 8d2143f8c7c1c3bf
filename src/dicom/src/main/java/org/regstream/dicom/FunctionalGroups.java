package org.regstream.dicom;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.regstream.core.DecodeException;

/**
 * Where the attributes of one frame are: in an item of a functional group sequence, the frame's own before the shared one; in
 * a single-frame instance in the data set itself. Thread-safe.
 */
public final class FunctionalGroups {
    private final DicomObject dicom;
    private final DicomObject shared;
    private final List<DicomObject> perFrame;

    /** @param frames of the instance
     *  @throws DecodeException if an instance of several frames does not say where each of them is */
    public FunctionalGroups(DicomObject dicom, int frames) {
        this.dicom = dicom;
        this.shared = dicom.item(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE).orElse(dicom);
        this.perFrame = dicom.sequence(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
        if (perFrame.size() != frames && (frames > 1 || !perFrame.isEmpty())) {
            throw new DecodeException(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE + " must have an item for each of "
                    + frames + " frames, got " + perFrame.size()
                    + "; send single-frame or enhanced multi-frame images");
        }
    }

    public boolean isEnhanced() {
        return !perFrame.isEmpty();
    }

    /** @param frame from 0
     *  @return the object that holds the attributes of a group for one frame; the data set itself if there is no such group */
    public DicomObject group(Tag sequence, int frame) {
        if (!isEnhanced()) {
            return dicom;
        }
        return perFrame.get(frame).item(sequence).or(() -> shared.item(sequence)).orElse(dicom);
    }

    /**
     * Which volume of its series a frame belongs to, as a number in text form: its temporal position, else its acquisition
     * number, else its trigger time in ms.
     *
     * @return empty text if nothing tells
     */
    public String phase(int frame) {
        Optional<String> ofFrame = isEnhanced() ? phaseOfFrame(frame) : Optional.empty();
        return ofFrame.or(this::phaseOfInstance).orElse("");
    }

    private Optional<String> phaseOfFrame(int frame) {
        DicomObject content = group(Tag.FRAME_CONTENT_SEQUENCE, frame);
        return number(content, Tag.TEMPORAL_POSITION_INDEX).or(() -> number(content, Tag.FRAME_ACQUISITION_NUMBER));
    }

    private Optional<String> phaseOfInstance() {
        return number(dicom, Tag.TEMPORAL_POSITION_IDENTIFIER).or(() -> number(dicom, Tag.ACQUISITION_NUMBER))
                .or(() -> number(dicom, Tag.TRIGGER_TIME));
    }

    private static Optional<String> number(DicomObject holder, Tag tag) {
        OptionalDouble number = holder.optionalNumber(tag);
        return number.isEmpty() ? Optional.empty() : Optional.of(text(number.getAsDouble()));
    }

    /** One short form for one number, however it was padded: 7 for "07", 12.5 for "12.50". */
    private static String text(double number) {
        boolean isWhole = number == Math.rint(number) && Math.abs(number) < Integer.MAX_VALUE;
        return isWhole ? String.valueOf((long) number) : String.valueOf(number);
    }
}
