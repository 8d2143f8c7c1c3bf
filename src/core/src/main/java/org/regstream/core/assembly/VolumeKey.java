package org.regstream.core.assembly;

/**
 * What makes frames belong to one volume.
 *
 * @param seriesInstanceUid the DICOM series
 * @param phase             temporal position, acquisition number or trigger time as text, empty if the series has one volume
 */
public record VolumeKey(String seriesInstanceUid, String phase) {}
