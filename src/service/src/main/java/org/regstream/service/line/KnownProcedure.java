package org.regstream.service.line;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.regstream.core.procedure.Procedure;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.Laterality;

/**
 * A procedure as it stands on the topic.
 *
 * @param procedure decoded
 * @param digest    SHA-256 of its bundle, lower-case hexadecimal: results follow from it
 * @param side      which side of the patient the pre-operative image says that it shows
 */
public record KnownProcedure(Procedure procedure, String digest, Laterality side) {

    /** Of which nobody says a side. */
    public KnownProcedure(Procedure procedure, String digest) {
        this(procedure, digest, Laterality.UNTOLD);
    }

    public String id() {
        return procedure.id();
    }

    /**
     * @param instances headers of a live volume
     * @return why it cannot be the pre-operative side's, for the operator; empty if nothing speaks against it
     */
    public Optional<String> sideFault(Collection<DicomObject> instances) {
        Laterality live = Laterality.of(instances);
        return live.contradicts(side)
                ? Optional.of(String.format(Locale.ROOT,
                        "The live volume says that it shows the patient's %s side, the pre-operative image its %s side: the "
                                + "wrong side is scanned, or the wrong image was loaded.",
                        word(live), word(side)))
                : Optional.empty();
    }

    private static String word(Laterality side) {
        return side.name().toLowerCase(Locale.ROOT);
    }
}
