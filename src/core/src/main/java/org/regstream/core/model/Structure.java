package org.regstream.core.model;

/**
 * A labelled structure: the value of its voxels, what it is, and how it is shown.
 *
 * @param label  value in a label map, 1 to 255, and its channel in label probabilities
 * @param name   short English name, such as {@code anterior hippocampus}
 * @param code   SNOMED CT code of the anatomical structure
 * @param meaning SNOMED CT meaning of {@code code}
 * @param colour sRGB, {@code #rrggbb}
 */
public record Structure(int label, String name, String code, String meaning, String colour) {

    public Structure {
        if (label < 1 || label > 255) {
            throw new IllegalArgumentException("label of " + name + " must be 1 to 255, got " + label);
        }
        if (!colour.matches("#[0-9a-fA-F]{6}")) {
            throw new IllegalArgumentException("colour of " + name + " must be #rrggbb, got " + colour);
        }
    }
}
