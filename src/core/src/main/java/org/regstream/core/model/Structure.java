package org.regstream.core.model;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * A labelled structure: the value of its voxels, what it is, and how it is shown.
 *
 * @param label  value in a label map, 1 to 255; of a package's own structures also their channel in its outlines
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

    /** By name and code, whatever its label, its colour and the words of its meaning. */
    public boolean isSameAs(Structure other) {
        return name.equals(other.name) && code.equals(other.code);
    }

    /** Figures, limits and alerts go by name, voxels by label. @throws IllegalArgumentException if two share one of them */
    public static void requireDistinct(Collection<Structure> structures) {
        Set<Object> taken = new HashSet<>();
        for (Structure s : structures) {
            if (!taken.add(s.name()) || !taken.add(s.label())) {
                throw new IllegalArgumentException("no two structures may have the same name or label, got another "
                        + s.label() + " (" + s.name() + "); name each as what it is, such as left and right");
            }
        }
    }
}
