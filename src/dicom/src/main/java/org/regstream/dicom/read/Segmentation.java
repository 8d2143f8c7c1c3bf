package org.regstream.dicom.read;

import java.util.List;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;

/**
 * What a DICOM Segmentation says.
 *
 * @param labels     segment numbers as labels, 0 where there is no segment
 * @param structures one of each segment, in stored order
 */
public record Segmentation(LabelMap labels, List<Structure> structures) {

    public Segmentation {
        structures = List.copyOf(structures);
    }
}
