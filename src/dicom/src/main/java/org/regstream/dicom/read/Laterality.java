package org.regstream.dicom.read;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;

/**
 * Which side of the patient an image says that it shows: Frame Laterality of an enhanced instance, else Image Laterality,
 * else Laterality of the series. The patient's left, not the viewer's.
 */
public enum Laterality {

    /** The patient's left. */
    LEFT,

    /** The patient's right. */
    RIGHT,

    /** Both: nothing that shows one of them contradicts it. */
    BOTH,

    /** It does not say, or the part has no sides. */
    UNTOLD;

    /** @return of one instance */
    public static Laterality of(DicomObject dicom) {
        return of(Set.of(dicom));
    }

    /** @param instances of one volume, in any order
     *  @return both if some are of the left and others of the right */
    public static Laterality of(Collection<DicomObject> instances) {
        Set<Laterality> told = EnumSet.noneOf(Laterality.class);
        instances.forEach(dicom -> told.addAll(toldBy(dicom)));
        told.remove(UNTOLD);
        if (told.isEmpty()) {
            return UNTOLD;
        }
        return told.size() == 1 ? told.iterator().next() : BOTH;
    }

    /** Whether the two are of different sides; whoever does not say contradicts nobody. */
    public boolean contradicts(Laterality other) {
        return this == LEFT && other == RIGHT || this == RIGHT && other == LEFT;
    }

    private static Set<Laterality> toldBy(DicomObject dicom) {
        Set<Laterality> told = EnumSet.noneOf(Laterality.class);
        Stream.concat(dicom.sequence(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE).stream(),
                dicom.sequence(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE).stream())
                .flatMap(group -> group.item(Tag.FRAME_ANATOMY_SEQUENCE).stream())
                .map(anatomy -> valueOf(anatomy.optionalString(Tag.FRAME_LATERALITY))).forEach(told::add);
        told.remove(UNTOLD);
        if (told.isEmpty()) {
            told.add(valueOf(dicom.optionalString(Tag.IMAGE_LATERALITY)
                    .or(() -> dicom.optionalString(Tag.LATERALITY))));
        }
        return told;
    }

    private static Laterality valueOf(Optional<String> code) {
        switch (code.orElse("")) {
            case "L" :
                return LEFT;
            case "R" :
                return RIGHT;
            case "B" :
                return BOTH;
            default :
                return UNTOLD;
        }
    }
}
