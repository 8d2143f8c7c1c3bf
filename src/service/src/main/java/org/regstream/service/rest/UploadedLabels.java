package org.regstream.service.rest;

import java.util.List;
import org.regstream.dicom.read.Laterality;
import org.regstream.service.procedure.GivenLabels;

/**
 * Pre-operative labels as they were sent.
 *
 * @param given with what they are
 * @param side  which their object says that it shows
 * @param notices what their sender should know
 */
record UploadedLabels(GivenLabels given, Laterality side, List<String> notices) {

    UploadedLabels {
        notices = List.copyOf(notices);
    }
}
