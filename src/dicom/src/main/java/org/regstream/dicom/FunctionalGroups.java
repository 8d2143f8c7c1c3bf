package org.regstream.dicom;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.Marks;
import org.regstream.core.assembly.Marks.Mark;

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

    /** @return what a frame says of the part of its series that it belongs to; in its groups, else in the data set */
    public Marks marks(int frame) {
        Marks marks = Marks.NONE;
        for (Map.Entry<Mark, List<Place>> mark : PLACES.entrySet()) {
            Optional<String> value = mark.getValue().stream().flatMap(place -> place.in(this, frame).stream())
                    .findFirst();
            marks = value.isPresent() ? marks.with(mark.getKey(), value.get()) : marks;
        }
        return marks;
    }

    /** Where a mark may be said. @param group of a frame; empty for the data set itself */
    private record Place(Optional<Tag> group, Tag tag) {
        private static final Pattern WORD = Pattern.compile("[0-9A-Za-z]{1,8}");

        static Place ofFrame(Tag group, Tag tag) {
            return new Place(Optional.of(group), tag);
        }

        static Place ofInstance(Tag tag) {
            return new Place(Optional.empty(), tag);
        }

        Optional<String> in(FunctionalGroups groups, int frame) {
            DicomObject holder = group.map(g -> groups.group(g, frame)).orElse(groups.dicom);
            return tag.vr() == Vr.SH ? holder.optionalString(tag).map(Place::word) : number(holder, tag);
        }

        /** Scanners number stacks; any other text is not to travel. */
        private static String word(String text) {
            return WORD.matcher(text).matches() ? text : Integer.toHexString(text.hashCode());
        }
    }

    private static final Map<Mark, List<Place>> PLACES = new EnumMap<>(Map.of(Mark.STACK,
            List.of(Place.ofFrame(Tag.FRAME_CONTENT_SEQUENCE, Tag.STACK_ID)), Mark.TEMPORAL_POSITION,
            List.of(Place.ofFrame(Tag.FRAME_CONTENT_SEQUENCE, Tag.TEMPORAL_POSITION_INDEX),
                    Place.ofInstance(Tag.TEMPORAL_POSITION_IDENTIFIER)),
            Mark.TRIGGER_TIME,
            List.of(Place.ofFrame(Tag.CARDIAC_SYNCHRONIZATION_SEQUENCE, Tag.NOMINAL_CARDIAC_TRIGGER_DELAY_TIME),
                    Place.ofInstance(Tag.TRIGGER_TIME)),
            Mark.ECHO,
            List.of(Place.ofFrame(Tag.MR_ECHO_SEQUENCE, Tag.EFFECTIVE_ECHO_TIME), Place.ofInstance(Tag.ECHO_TIME)),
            Mark.ACQUISITION, List.of(Place.ofFrame(Tag.FRAME_CONTENT_SEQUENCE, Tag.FRAME_ACQUISITION_NUMBER),
                    Place.ofInstance(Tag.ACQUISITION_NUMBER))));

    /** A number that is none tells nothing. */
    private static Optional<String> number(DicomObject holder, Tag tag) {
        try {
            OptionalDouble number = holder.optionalNumber(tag);
            return number.isEmpty() ? Optional.empty() : Optional.of(text(number.getAsDouble()));
        } catch (DecodeException e) {
            return Optional.empty();
        }
    }

    /** One short form for one number, however it was padded: 7 for "07", 12.5 for "12.50". */
    private static String text(double number) {
        boolean isWhole = number == Math.rint(number) && Math.abs(number) < Integer.MAX_VALUE;
        return isWhole ? String.valueOf((long) number) : String.valueOf((float) number);
    }
}
