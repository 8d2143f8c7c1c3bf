package org.regstream.service.rest;

import org.regstream.dicom.read.Laterality;
import org.regstream.service.procedure.GivenLabels;

/**
 * Pre-operative labels as they were sent.
 *
 * @param given with what they are
 * @param side  which their object says that it shows
 */
record UploadedLabels(GivenLabels given, Laterality side) {}
