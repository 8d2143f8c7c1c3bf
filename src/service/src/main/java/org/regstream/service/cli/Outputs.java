package org.regstream.service.cli;

/** In which forms results are written. */
enum Outputs {
    NIFTI, NIFTI_AND_DICOM
}
