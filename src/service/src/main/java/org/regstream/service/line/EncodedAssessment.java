package org.regstream.service.line;

import java.util.List;

/**
 * What the ensemble says of a volume, as DICOM objects.
 *
 * @param labels its warped labels
 * @param maps   its uncertainty, one object a map
 */
public record EncodedAssessment(EncodedLabels labels, List<EncodedMap> maps) {

    public EncodedAssessment {
        maps = List.copyOf(maps);
    }
}
