package org.regstream.service.rest;

import java.util.List;
import org.regstream.core.procedure.Procedure;
import org.regstream.dicom.read.Laterality;
import org.regstream.wire.PatientCheck;

/**
 * A procedure that was made of what was sent.
 *
 * @param procedure valid
 * @param side      which side of the patient it is of, as far as anything says
 * @param patient   whose live images it takes
 * @param notices   what its sender should know: files that are not used, places that are doubtful
 */
record MadeProcedure(Procedure procedure, Laterality side, PatientCheck patient, List<String> notices) {

    MadeProcedure {
        notices = List.copyOf(notices);
    }
}
