package org.regstream.service.rest;

import org.regstream.core.procedure.Procedure;
import org.regstream.dicom.read.Laterality;

/**
 * A procedure that was made of what was sent.
 *
 * @param procedure valid
 * @param side      which side of the patient it is of, as far as anything says
 */
record MadeProcedure(Procedure procedure, Laterality side) {}
