/**
 * Bytes of DICOM instances to data sets, frames and label maps. Nothing a file says is believed before it is checked against
 * {@link org.regstream.dicom.read.ReadLimits} and against the bytes really there; what fails ends in a
 * {@link org.regstream.core.DecodeException} that says what, where, got and expected, without patient data.
 */
package org.regstream.dicom.read;
