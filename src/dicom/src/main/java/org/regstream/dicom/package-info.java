/**
 * DICOM data sets as immutable values, shared by {@code dicom.read} and {@code dicom.write}. Whatever the transfer syntax of
 * the source, values in memory are little endian.
 */
package org.regstream.dicom;
