package org.regstream.training.data;

import java.util.List;
import org.regstream.core.model.IntensityMapping;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.Structure;

/**
 * What a network is trained for.
 *
 * @param id         of the package
 * @param grid       the window
 * @param intensity  how intensities are mapped
 * @param structures what the labels are, from 1
 * @param licence    data set and licence, for the package's provenance
 */
public record Task(String id, ModelGrid grid, IntensityMapping intensity, List<Structure> structures, String licence) {

    /**
     * Hippocampus crops, window and mapping by METHODS. Both parts carry the SNOMED CT code of the whole, since codes
     * of head and body could not be verified; their names tell them apart.
     */
    public static final Task HIPPOCAMPUS = new Task("hippocampus", new ModelGrid(48, 64, 48, 1, "RAS"),
            new IntensityMapping(99.9),
            List.of(new Structure(1, "anterior hippocampus", "5366008", "Hippocampus", "#e69f00"),
                    new Structure(2, "posterior hippocampus", "5366008", "Hippocampus", "#56b4e9")),
            "Medical Segmentation Decathlon, Task04 Hippocampus, CC BY-SA 4.0");

    public Task {
        structures = List.copyOf(structures);
    }

    /** Label channels, background included. */
    public int channels() {
        return structures.size() + 1;
    }
}
