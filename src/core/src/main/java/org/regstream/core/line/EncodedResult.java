package org.regstream.core.line;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a network says of a volume, as DICOM objects.
 *
 * @param labels       the carried labels
 * @param maps         their uncertainty, one object a map; none of a network that does not judge
 * @param displacement the field that has pulled them; empty where DICOM cannot tell the two patient spaces apart
 * @param pose         how the images lay before registration; empty likewise, and of a network that takes the volume's second look
 */
public record EncodedResult(EncodedObject labels, List<EncodedMap> maps, Optional<EncodedObject> displacement,
        Optional<EncodedObject> pose) {

    public EncodedResult {
        maps = List.copyOf(maps);
    }

    /** @return the same labels with those of the other objects that can be handed out: the labels are as good without */
    EncodedResult keeping(Predicate<EncodedObject> fits) {
        return new EncodedResult(labels, maps.stream().filter(map -> fits.test(map.object())).toList(),
                displacement.filter(fits), pose.filter(fits));
    }
}
