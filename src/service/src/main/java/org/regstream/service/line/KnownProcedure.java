package org.regstream.service.line;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.regstream.core.procedure.Procedure;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.Laterality;
import org.regstream.wire.PatientCheck;

/**
 * A procedure as it stands on the topic.
 *
 * @param procedure decoded
 * @param digest    SHA-256 of its bundle, lower-case hexadecimal: results follow from it
 * @param side      which side of the patient the pre-operative image says that it shows
 * @param patient   whose live images it takes
 */
public record KnownProcedure(Procedure procedure, String digest, Laterality side, PatientCheck patient) {

    /** Of which nobody says a side or a patient. */
    public KnownProcedure(Procedure procedure, String digest) {
        this(procedure, digest, Laterality.UNTOLD, PatientCheck.NONE);
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

    /**
     * @param instances headers of a live volume
     * @return why it cannot be of the pre-operative image's patient, for the operator; empty if nothing speaks against it. No identity
     */
    public Optional<String> patientFault(Collection<DicomObject> instances) {
        return patient.difference(instances)
                .map(what -> "The live volume is of another patient than the pre-operative image ("
                        + what
                        + "): the wrong patient is scanned, or the wrong image was loaded. If it is right, make the procedure "
                        + "with patientOverride.");
    }

    private static String word(Laterality side) {
        return side.name().toLowerCase(Locale.ROOT);
    }
}
