package org.regstream.core.line;

/**
 * A map as a DICOM Parametric Map.
 *
 * @param quantity what its values are, lower-case words joined by hyphens: {@code label-entropy}
 * @param object   the map
 */
public record EncodedMap(String quantity, EncodedObject object) {}
