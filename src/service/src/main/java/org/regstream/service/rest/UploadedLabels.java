package org.regstream.service.rest;

import java.util.List;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.GivenLabels;
import org.regstream.dicom.read.Laterality;

/**
 * Pre-operative labels as they were sent.
 *
 * @param given with what they are
 * @param side  which their object says that it shows
 * @param headers of their object, empty if it says nothing but where they are
 * @param notices what their sender should know
 */
record UploadedLabels(GivenLabels given, Laterality side, List<DicomObject> headers,
        List<String> notices) {

    UploadedLabels {
        headers = List.copyOf(headers);
        notices = List.copyOf(notices);
    }
}
