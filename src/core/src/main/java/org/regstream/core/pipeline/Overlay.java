package org.regstream.core.pipeline;

import java.util.List;
import org.regstream.core.Lazy;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;

/**
 * What is laid over a live volume: the labels that were given, and how they came there.
 *
 * @param choice     the field that moves everything, and what it was chosen from
 * @param labels     on the live grid; background outside the window. A structure may have none.
 * @param box        the live voxels that the window can reach
 * @param maps       on {@code box.part()}; made when they are first asked for
 * @param quality    folding and Jacobian figures of the field inside the live image
 * @param outline    the package's own structures as the networks paint them on the live image, on the window: a second opinion
 * @param structures in the reference's order
 */
public record Overlay(Choice choice, LabelMap labels, WindowBox box, Lazy<UncertaintyMaps> maps, FieldQuality quality,
        LabelProbabilities outline, List<StructureFigures> structures) {

    public Overlay {
        structures = List.copyOf(structures);
    }
}
