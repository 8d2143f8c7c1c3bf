package org.regstream.dicom.write;

import java.util.List;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.dicom.DicomObject;

/** How labels are written. */
public enum SegmentationType {

    /** A plane of bits for each segment and slice: what every reader of segmentations knows. */
    BINARY {
        @Override
        public DicomObject dataSet(LabelMap labels, List<Structure> structures, List<DicomObject> sources, String phase,
                SegmentationAlgorithm algorithm) {
            return SegmentationWriter.dataSet(labels, structures, sources, phase, algorithm);
        }
    },

    /** One image a slice, whose values are the segments: smaller with many structures, and of a newer class. */
    LABELMAP {
        @Override
        public DicomObject dataSet(LabelMap labels, List<Structure> structures, List<DicomObject> sources, String phase,
                SegmentationAlgorithm algorithm) {
            return LabelmapWriter.dataSet(labels, structures, sources, phase, algorithm);
        }
    };

    /** @return the data set before it is encoded
     *  @see SegmentationWriter#dataSet
     *  @see LabelmapWriter#dataSet */
    public abstract DicomObject dataSet(LabelMap labels, List<Structure> structures, List<DicomObject> sources,
            String phase, SegmentationAlgorithm algorithm);
}
