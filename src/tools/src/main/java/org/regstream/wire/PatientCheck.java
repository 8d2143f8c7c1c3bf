package org.regstream.wire;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.PatientMark;

/**
 * Whose live images a procedure takes.
 *
 * @param mark     of the pre-operative image's patient
 * @param override who takes others too, and why; empty: nobody does
 */
public record PatientCheck(PatientMark mark, Optional<ProcedureDocument.PatientOverride> override) {

    /** Of a pre-operative image that names nobody. */
    public static final PatientCheck NONE = new PatientCheck(PatientMark.NONE, Optional.empty());

    /**
     * @param instances headers of an image
     * @return in what they are of another patient, such as {@code Patient ID}; empty if nothing speaks against it, or somebody has decided
     */
    public Optional<String> difference(Collection<DicomObject> instances) {
        List<String> differences = override.isPresent() ? List.of() : mark.differences(instances);
        return differences.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", differences));
    }
}
