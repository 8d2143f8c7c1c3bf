package org.regstream.dicom.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.dicom.CieLab;
import org.regstream.dicom.Code;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.DicomObjectBuilder;
import org.regstream.dicom.SopClass;
import org.regstream.dicom.Tag;
import org.regstream.dicom.Vr;

/**
 * Writes a label map on the live grid as a DICOM Segmentation of type BINARY. Patient and study are the source's, byte for byte;
 * dates are the source's, identifiers are derived ({@link DerivedUid}): the same inputs give the same bytes. Segment numbers run
 * from 1 in the order of the structures; {@link SegmentFrames} says which frames there are. Thread-safe.
 */
public final class SegmentationWriter {

    /** Keeps derived series behind those of the scanner in a sorted list. */
    private static final int SERIES_NUMBER_OFFSET = 1000;
    private static final double RIGHT_ANGLE = 1e-3;

    private SegmentationWriter() {}

    /**
     * Writes labels of a series, or of the only volume in it.
     *
     * @throws IllegalArgumentException if the sources are of several volumes: name one
     * @see #write(LabelMap, List, List, String, SegmentationAlgorithm)
     */
    public static byte[] write(LabelMap labels, List<Structure> structures, List<DicomObject> sources,
            SegmentationAlgorithm algorithm) {
        Set<String> phases = SourceSlices.phases(sources);
        if (phases.size() != 1) {
            throw new IllegalArgumentException("sources must be of one volume, got " + phases.size()
                    + " phases; name the phase of the labels");
        }
        return write(labels, structures, sources, phases.iterator().next(), algorithm);
    }

    /**
     * @param labels     on the live grid; every label in use must be one of the structures
     * @param structures what the labels are, at least one
     * @param sources    headers of the live volume (see {@link DicomObject#withoutPixelData}): one of each slice, or enhanced
     *                   ones; in any order, repeats allowed; matched to slices by position
     * @param phase      which volume of the series the labels belong to, as in its key
     * @param algorithm  what made the labels
     * @return a Part 10 instance in explicit little endian, as a new array
     * @throws IllegalArgumentException           if labels, structures and sources do not fit each other
     * @throws org.regstream.core.DecodeException if a source lacks an identifier the segmentation needs
     */
    public static byte[] write(LabelMap labels, List<Structure> structures, List<DicomObject> sources, String phase,
            SegmentationAlgorithm algorithm) {
        requireFit(labels, structures, sources);
        List<DicomObject> ordered = SourceModules.ordered(sources);
        SegmentationUids uids = SegmentationUids.of(ordered, phase, algorithm);
        SegmentFrames frames = new SegmentFrames(labels, structures);
        DicomObjectBuilder out = DicomObject.builder();
        SourceModules.copy(out, ordered.get(0));
        SourceModules.copyCompression(out, ordered);
        identify(out, ordered.get(0).optionalString(Tag.SERIES_NUMBER).orElse(""), phase, uids, algorithm);
        describeImage(out, labels.grid(), frames.frames().size());
        describeDimensions(out, uids.dimensions());
        out.items(Tag.SEGMENT_SEQUENCE, segments(structures, algorithm));
        out.item(Tag.REFERENCED_SERIES_SEQUENCE, SourceModules.referencedSeries(ordered));
        out.item(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, sharedGroups(labels.grid()));
        out.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE,
                frameGroups(frames, new SourceSlices(labels.grid(), ordered, phase), labels.grid()));
        out.bytes(Tag.PIXEL_DATA, Vr.OB, frames.bits());
        return DicomWriter.write(out.build());
    }

    private static void requireFit(LabelMap labels, List<Structure> structures, List<DicomObject> sources) {
        if (structures.isEmpty() || sources.isEmpty()) {
            throw new IllegalArgumentException("a segmentation needs structures and source images, got "
                    + structures.size() + " and " + sources.size());
        }
        requireKnownLabels(labels, structures);
        Affine affine = labels.grid().affine();
        if (Math.abs(affine.stepI().normalized().dot(affine.stepJ().normalized())) > RIGHT_ANGLE) {
            throw new IllegalArgumentException("rows and columns must be at right angles, got " + affine);
        }
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

    private static void identify(DicomObjectBuilder out, String seriesNumber, String phase,
            SegmentationUids uids, SegmentationAlgorithm algorithm) {
        out.text(Tag.SOP_CLASS_UID, SopClass.SEGMENTATION_STORAGE).text(Tag.SOP_INSTANCE_UID, uids.instance())
                .text(Tag.SERIES_INSTANCE_UID, uids.series()).text(Tag.MODALITY, "SEG")
                .text(Tag.SERIES_NUMBER, String.valueOf(SERIES_NUMBER_OFFSET + number(seriesNumber, 0)))
                .text(Tag.INSTANCE_NUMBER, String.valueOf(number(phase, 1)))
                .text(Tag.SERIES_DESCRIPTION, "regstream labels: " + algorithm.resultKind())
                .text(Tag.MANUFACTURER, "regstream").text(Tag.MANUFACTURER_MODEL_NAME, algorithm.modelId())
                .text(Tag.DEVICE_SERIAL_NUMBER, algorithm.modelDigest()).text(Tag.SOFTWARE_VERSIONS, "0.1")
                .text(Tag.CONTENT_LABEL, "REGSTREAM").text(Tag.CONTENT_DESCRIPTION, "Warped pre-operative labels")
                .text(Tag.CONTENT_CREATOR_NAME, "REGSTREAM^SERVICE");
    }

    private static int number(String text, int otherwise) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : otherwise;
    }

    private static void describeImage(DicomObjectBuilder out, Grid grid, int frames) {
        out.text(Tag.IMAGE_TYPE, "DERIVED", "PRIMARY").shorts(Tag.SAMPLES_PER_PIXEL, 1)
                .text(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
                .text(Tag.NUMBER_OF_FRAMES, String.valueOf(frames)).shorts(Tag.ROWS, grid.height())
                .shorts(Tag.COLUMNS, grid.width()).shorts(Tag.BITS_ALLOCATED, 1).shorts(Tag.BITS_STORED, 1)
                .shorts(Tag.HIGH_BIT, 0).shorts(Tag.PIXEL_REPRESENTATION, 0)
                .text(Tag.SEGMENTATION_TYPE, "BINARY").text(Tag.SEGMENTS_OVERLAP, "NO");
    }

    /** Frames are ordered by segment number, then by position. */
    private static void describeDimensions(DicomObjectBuilder out, String uid) {
        DicomObject bySegment = DicomObject.builder().text(Tag.DIMENSION_ORGANIZATION_UID, uid)
                .pointer(Tag.DIMENSION_INDEX_POINTER, Tag.REFERENCED_SEGMENT_NUMBER)
                .pointer(Tag.FUNCTIONAL_GROUP_POINTER, Tag.SEGMENT_IDENTIFICATION_SEQUENCE).build();
        DicomObject byPosition = DicomObject.builder().text(Tag.DIMENSION_ORGANIZATION_UID, uid)
                .pointer(Tag.DIMENSION_INDEX_POINTER, Tag.IMAGE_POSITION_PATIENT)
                .pointer(Tag.FUNCTIONAL_GROUP_POINTER, Tag.PLANE_POSITION_SEQUENCE).build();
        out.item(Tag.DIMENSION_ORGANIZATION_SEQUENCE,
                DicomObject.builder().text(Tag.DIMENSION_ORGANIZATION_UID, uid).build())
                .items(Tag.DIMENSION_INDEX_SEQUENCE, List.of(bySegment, byPosition));
    }

    private static List<DicomObject> segments(List<Structure> structures, SegmentationAlgorithm algorithm) {
        DicomObject identification = DicomObject.builder()
                .item(Tag.ALGORITHM_FAMILY_CODE_SEQUENCE, Code.ARTIFICIAL_INTELLIGENCE.toItem())
                .text(Tag.ALGORITHM_NAME, algorithm.modelId()).text(Tag.ALGORITHM_VERSION, algorithm.modelDigest())
                .build();
        List<DicomObject> segments = new ArrayList<>();
        for (Structure structure : structures) {
            CieLab colour = CieLab.ofSrgb(structure.colour());
            segments.add(DicomObject.builder().shorts(Tag.SEGMENT_NUMBER, segments.size() + 1)
                    .text(Tag.SEGMENT_LABEL, structure.name()).text(Tag.SEGMENT_ALGORITHM_TYPE, "AUTOMATIC")
                    .text(Tag.SEGMENT_ALGORITHM_NAME, algorithm.modelId())
                    .item(Tag.SEGMENTATION_ALGORITHM_IDENTIFICATION_SEQUENCE, identification)
                    .item(Tag.SEGMENTED_PROPERTY_CATEGORY_CODE_SEQUENCE, Code.ANATOMICAL_STRUCTURE.toItem())
                    .item(Tag.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE,
                            new Code(structure.code(), "SCT", structure.meaning()).toItem())
                    .shorts(Tag.RECOMMENDED_DISPLAY_CIELAB_VALUE, colour.l(), colour.a(), colour.b()).build());
        }
        return segments;
    }

    private static DicomObject sharedGroups(Grid grid) {
        Affine affine = grid.affine();
        Vector3 row = affine.stepI().normalized();
        Vector3 column = affine.stepJ().normalized();
        double sliceStep = Math.abs(affine.stepK().dot(row.cross(column).normalized()));
        DicomObject orientation = DicomObject.builder().decimals(Tag.IMAGE_ORIENTATION_PATIENT, row.x(), row.y(),
                row.z(), column.x(), column.y(), column.z()).build();
        DicomObject measures = DicomObject.builder().decimals(Tag.SLICE_THICKNESS, sliceStep)
                .decimals(Tag.SPACING_BETWEEN_SLICES, sliceStep)
                .decimals(Tag.PIXEL_SPACING, affine.stepJ().norm(), affine.stepI().norm()).build();
        return DicomObject.builder().item(Tag.PLANE_ORIENTATION_SEQUENCE, orientation)
                .item(Tag.PIXEL_MEASURES_SEQUENCE, measures).build();
    }

    private static List<DicomObject> frameGroups(SegmentFrames frames, SourceSlices sources, Grid grid) {
        List<DicomObject> groups = new ArrayList<>();
        for (SegmentFrames.SegmentFrame frame : frames.frames()) {
            Vector3 position = grid.affine().toLps(frame.slice(), 0, 0);
            DicomObject content = DicomObject.builder()
                    .longs(Tag.DIMENSION_INDEX_VALUES, frame.segment(), frames.rank(frame.slice())).build();
            DicomObject derivation = DicomObject.builder()
                    .item(Tag.DERIVATION_CODE_SEQUENCE, Code.SEGMENTATION.toItem())
                    .item(Tag.SOURCE_IMAGE_SEQUENCE, sources.reference(frame.slice())).build();
            groups.add(DicomObject.builder().item(Tag.DERIVATION_IMAGE_SEQUENCE, derivation)
                    .item(Tag.FRAME_CONTENT_SEQUENCE, content)
                    .item(Tag.PLANE_POSITION_SEQUENCE,
                            DicomObject.builder().decimals(Tag.IMAGE_POSITION_PATIENT, position.x(), position.y(),
                                    position.z()).build())
                    .item(Tag.SEGMENT_IDENTIFICATION_SEQUENCE,
                            DicomObject.builder().shorts(Tag.REFERENCED_SEGMENT_NUMBER, frame.segment()).build())
                    .build());
        }
        return groups;
    }
}
