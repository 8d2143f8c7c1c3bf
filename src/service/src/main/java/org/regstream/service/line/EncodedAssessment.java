package org.regstream.service.line;

import java.util.List;
import java.util.Optional;

/**
 * What the ensemble says of a volume, as DICOM objects.
 *
 * @param labels       its warped labels
 * @param maps         its uncertainty, one object a map
 * @param displacement its mean field; empty where DICOM cannot tell the two patient spaces apart
 */
public record EncodedAssessment(EncodedObject labels, List<EncodedMap> maps, Optional<EncodedObject> displacement) {

    public EncodedAssessment {
        maps = List.copyOf(maps);
    }
}
