package org.regstream.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.regstream.core.procedure.Alignment;

/**
 * {@code procedure.json} of a bundle, and what is sent by REST beside the images.
 *
 * @param schema              version of this layout, {@link #SCHEMA}
 * @param id                  opaque name: 1 to 64 letters, digits, dots, dashes and underscores; never a patient's
 * @param structures          what the labels are, of any name and code; labels that are none of them are not used. By REST it may be
 *                            left out: then all that the map holds
 * @param alignment           how the pre-operative image is laid over the live one; null by REST: by what the images show, or as a crop
 *                            that fits into the network's window lies
 * @param regionOfInterestMm  middle of the region to register, LPS mm (x, y, z); null: the middle of the labels
 * @param frameOfReferenceUid patient space of the pre-operative image; null if it has none, or by REST that of its DICOM
 * @param live                which live frames belong to the procedure
 * @param ageBudgetSeconds    oldest a result may be while live images come; null by REST: the service's default
 * @param labelSource         which labels go out, {@code carried} or {@code refined}; null: carried
 * @param laterality          which side of the patient the pre-operative image shows, {@code left}, {@code right} or
 *                            {@code both}; null if nobody says, or by REST what its DICOM says
 * @param patient             whose the pre-operative image is, in hashes; null if it names nobody. Made of the images: not to be sent by REST
 * @param patientOverride     who takes live images of another patient, and why; null: nobody does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProcedureDocument(int schema, String id, List<StructureDocument> structures, Alignment alignment,
        List<Double> regionOfInterestMm, String frameOfReferenceUid, Live live, Double ageBudgetSeconds,
        String labelSource, String laterality, Patient patient, PatientOverride patientOverride) {

    public static final int SCHEMA = 1;

    /** Hashes, see {@link org.regstream.dicom.read.PatientMark}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Patient(String salt, String id, String issuer, String birthDate, String sex) {}

    /**
     * Somebody takes live images of another patient than the pre-operative image says.
     *
     * @param by     who, 1 to 64 characters; of the staff
     * @param reason why, 1 to 256 characters
     */
    public record PatientOverride(String by, String reason) {}

    /** As {@link org.regstream.core.model.Structure}. */
    public record StructureDocument(int label, String name, String code, String meaning, String colour) {}

    /** As {@link org.regstream.core.procedure.LiveSelector}: each UID may be null, not all. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Live(String studyInstanceUid, String seriesInstanceUid, String frameOfReferenceUid) {}

    /** The id only: UIDs lead to the patient. */
    @Override
    public String toString() {
        return "ProcedureDocument " + id;
    }
}
