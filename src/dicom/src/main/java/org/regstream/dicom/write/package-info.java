/**
 * Labels and images to DICOM instances: explicit little endian, strict, and the same bytes for the same inputs; no clock and no
 * random number is read here.
 */
package org.regstream.dicom.write;
