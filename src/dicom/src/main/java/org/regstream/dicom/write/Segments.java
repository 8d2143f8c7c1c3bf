package org.regstream.dicom.write;

import java.util.ArrayList;
import java.util.List;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.dicom.CieLab;
import org.regstream.dicom.Code;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.DicomObjectBuilder;
import org.regstream.dicom.Tag;

/** What segmentations of either type say of their segments: code, colour, and who found them. */
final class Segments {

    private static final String BLACK = "#000000";

    private Segments() {}

    /** @throws IllegalArgumentException if there is no structure, one label names two, or a label in use is none of them */
    static void requireFit(LabelMap labels, List<Structure> structures) {
        if (structures.isEmpty()) {
            throw new IllegalArgumentException("a segmentation needs structures, got none");
        }
        requireKnownLabels(labels, structures);
        PlaneGroups.requireRightAngles(labels.grid());
    }

    private static void requireKnownLabels(LabelMap labels, List<Structure> structures) {
        boolean[] known = new boolean[256];
        for (Structure structure : structures) {
            if (known[structure.label()]) {
                throw new IllegalArgumentException("label " + structure.label() + " names two structures");
            }
            known[structure.label()] = true;
        }
        for (byte label : labels.labels()) {
            if (label != 0 && !known[label & 0xff]) {
                throw new IllegalArgumentException("label " + (label & 0xff) + " is none of the structures");
            }
        }
    }

    /** @return one item a structure, numbered from 1 without a gap in their order: what binary segmentations must have */
    static List<DicomObject> numbered(List<Structure> structures, SegmentationAlgorithm algorithm) {
        DicomObject identification = identification(algorithm);
        List<DicomObject> segments = new ArrayList<>();
        for (Structure structure : structures) {
            segments.add(found(structure, segments.size() + 1, algorithm, identification));
        }
        return segments;
    }

    /** @return one item a pixel value, which is the structure's label: that of the background, which nobody looked for, first */
    static List<DicomObject> byLabel(List<Structure> structures, SegmentationAlgorithm algorithm) {
        DicomObject identification = identification(algorithm);
        List<DicomObject> segments = new ArrayList<>();
        segments.add(item(0, Code.BACKGROUND.meaning(), BLACK, algorithm)
                .item(Tag.SEGMENTED_PROPERTY_CATEGORY_CODE_SEQUENCE, Code.BACKGROUND.toItem())
                .item(Tag.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE, Code.BACKGROUND.toItem()).build());
        structures.forEach(s -> segments.add(found(s, s.label(), algorithm, identification)));
        return segments;
    }

    private static DicomObject identification(SegmentationAlgorithm algorithm) {
        return DicomObject.builder()
                .item(Tag.ALGORITHM_FAMILY_CODE_SEQUENCE, Code.ARTIFICIAL_INTELLIGENCE.toItem())
                .text(Tag.ALGORITHM_NAME, algorithm.modelId()).text(Tag.ALGORITHM_VERSION, algorithm.modelDigest())
                .build();
    }

    private static DicomObject found(Structure structure, int number, SegmentationAlgorithm algorithm,
            DicomObject identification) {
        DicomObjectBuilder out = item(number, structure.name(), structure.colour(), algorithm);
        String description = algorithm.descriptions().get(structure.label());
        if (description != null) {
            out.text(Tag.SEGMENT_DESCRIPTION, description);
        }
        return out.item(Tag.SEGMENTATION_ALGORITHM_IDENTIFICATION_SEQUENCE, identification)
                .item(Tag.SEGMENTED_PROPERTY_CATEGORY_CODE_SEQUENCE, Code.ANATOMICAL_STRUCTURE.toItem())
                .item(Tag.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE,
                        new Code(structure.code(), "SCT", structure.meaning()).toItem())
                .build();
    }

    private static DicomObjectBuilder item(int number, String name, String colour, SegmentationAlgorithm algorithm) {
        CieLab lab = CieLab.ofSrgb(colour);
        return DicomObject.builder().shorts(Tag.SEGMENT_NUMBER, number)
                .text(Tag.SEGMENT_LABEL, name).text(Tag.SEGMENT_ALGORITHM_TYPE, "AUTOMATIC")
                .text(Tag.SEGMENT_ALGORITHM_NAME, algorithm.modelId())
                .shorts(Tag.RECOMMENDED_DISPLAY_CIELAB_VALUE, lab.l(), lab.a(), lab.b());
    }
}
