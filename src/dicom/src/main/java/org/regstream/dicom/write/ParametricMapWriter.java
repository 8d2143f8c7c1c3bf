package org.regstream.dicom.write;

import java.util.ArrayList;
import java.util.List;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.Code;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.DicomObjectBuilder;
import org.regstream.dicom.Tag;
import org.regstream.dicom.write.FrameGroups.Dimension;

/**
 * Writes a map on the live grid, or on a box of it, as a DICOM Parametric Map of 32-bit floats, one map an object. Patient, study and dates are the
 * source's, identifiers are derived: the same inputs give the same bytes. Frame f is slice k = f - 1 of the map; stored values are the
 * real-world values (slope 1, intercept 0). Thread-safe.
 */
public final class ParametricMapWriter {

    private ParametricMapWriter() {}

    /**
     * @param map       on the live grid or a box of it, [D, H, W], unit of the quantity; NaN where it was not computed: written as the padding
     *                  value, a whole number below all others, and left out of the real-world value mapping. Not modified.
     * @param quantity  what the values are
     * @param sources   headers of the live volume, as for {@link SegmentationWriter}
     * @param phase     which volume of the series the map belongs to, as in its key
     * @param algorithm what made the map
     * @return a Part 10 instance in explicit little endian, as a new array
     * @throws IllegalArgumentException           if map and sources do not fit each other, or a value is infinite
     * @throws org.regstream.core.DecodeException if a source lacks an identifier the map needs
     */
    public static byte[] write(Volume map, MapQuantity quantity, List<DicomObject> sources, String phase,
            SegmentationAlgorithm algorithm) {
        return DicomWriter.write(dataSet(map, quantity, sources, phase, algorithm));
    }

    /** The data set of {@link #write}, for a caller who needs its identifiers too. */
    public static DicomObject dataSet(Volume map, MapQuantity quantity, List<DicomObject> sources, String phase,
            SegmentationAlgorithm algorithm) {
        PlaneGroups.requireRightAngles(map.grid());
        DerivedObject object = DerivedObject.of(DerivedKind.parametricMap(quantity, modality(sources)), sources, phase,
                algorithm);
        FloatPixels pixels = FloatPixels.of(map);
        DicomObjectBuilder out = object.begin();
        SourceModules.copyCompression(out, object.sources());
        describeImage(out, map.grid());
        describeScheme(out, quantity.code());
        FrameGroups.describeDimensions(out, object.uids().dimensions(), Dimension.POSITION);
        References.of(object.sources()).describe(out, object.sources().get(0));
        out.item(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, sharedGroups(map.grid(), quantity, pixels, anatomy(object)));
        out.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, frameGroups(
                new FrameGroups(map.grid(), object, Code.IMAGE_CONTENT_BASED_ALIGNMENT), map.grid().depth()));
        if (pixels.hasPadding()) {
            out.floats(Tag.FLOAT_PIXEL_PADDING_VALUE, pixels.padding())
                    .floats(Tag.FLOAT_PIXEL_PADDING_RANGE_LIMIT, pixels.padding());
        }
        return out.floats(Tag.FLOAT_PIXEL_DATA, pixels.values()).build();
    }

    private static String modality(List<DicomObject> sources) {
        return sources.stream().findFirst().flatMap(source -> source.optionalString(Tag.MODALITY)).orElse("OT");
    }

    private static void describeImage(DicomObjectBuilder out, Grid grid) {
        out.text(Tag.IMAGE_TYPE, "DERIVED", "PRIMARY", "VOLUME", "NONE").shorts(Tag.SAMPLES_PER_PIXEL, 1)
                .text(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
                .text(Tag.NUMBER_OF_FRAMES, String.valueOf(grid.depth())).shorts(Tag.ROWS, grid.height())
                .shorts(Tag.COLUMNS, grid.width()).shorts(Tag.BITS_ALLOCATED, Float.SIZE)
                .text(Tag.PRESENTATION_LUT_SHAPE, "IDENTITY").text(Tag.CONTENT_QUALIFICATION, "RESEARCH")
                .text(Tag.BURNED_IN_ANNOTATION, "NO").text(Tag.RECOGNIZABLE_VISUAL_FEATURES, "NO")
                .items(Tag.ACQUISITION_CONTEXT_SEQUENCE, List.of());
    }

    private static void describeScheme(DicomObjectBuilder out, Code quantity) {
        if (quantity.scheme().equals(MapQuantity.PRIVATE_SCHEME)) {
            out.item(Tag.CODING_SCHEME_IDENTIFICATION_SEQUENCE, DicomObject.builder()
                    .text(Tag.CODING_SCHEME_DESIGNATOR, quantity.scheme()).text(Tag.CODING_SCHEME_NAME, "regstream")
                    .build());
        }
    }

    private static DicomObject sharedGroups(Grid grid, MapQuantity quantity, FloatPixels pixels,
            DicomObject anatomy) {
        DicomObject frameType = DicomObject.builder().text(Tag.FRAME_TYPE, "DERIVED", "PRIMARY", "VOLUME", "NONE")
                .build();
        DicomObject identity = DicomObject.builder().decimals(Tag.RESCALE_INTERCEPT, 0).decimals(Tag.RESCALE_SLOPE, 1)
                .text(Tag.RESCALE_TYPE, "US").build();
        DicomObject window = DicomObject.builder()
                .decimals(Tag.WINDOW_CENTER, (quantity.displayFrom() + quantity.displayTo()) / 2)
                .decimals(Tag.WINDOW_WIDTH, quantity.displayTo() - quantity.displayFrom())
                .text(Tag.VOI_LUT_FUNCTION, "LINEAR_EXACT").build();
        return PlaneGroups.shared(grid).item(Tag.PARAMETRIC_MAP_FRAME_TYPE_SEQUENCE, frameType)
                .item(Tag.FRAME_VOI_LUT_SEQUENCE, window).item(Tag.FRAME_ANATOMY_SEQUENCE, anatomy)
                .item(Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE, identity)
                .item(Tag.REAL_WORLD_VALUE_MAPPING_SEQUENCE, mapping(quantity, pixels)).build();
    }

    /** The source's region; the whole body where it names none, as a region must be given. */
    private static DicomObject anatomy(DerivedObject object) {
        DicomObject region = object.sources().get(0).item(Tag.ANATOMIC_REGION_SEQUENCE).flatMap(Code::of)
                .orElse(Code.ENTIRE_BODY).toItem();
        return DicomObject.builder().text(Tag.FRAME_LATERALITY, "U").item(Tag.ANATOMIC_REGION_SEQUENCE, region).build();
    }

    /** Stored values are real-world values already; the mapping says of what, and from where to where. */
    private static DicomObject mapping(MapQuantity quantity, FloatPixels pixels) {
        DicomObject definition = DicomObject.builder().text(Tag.VALUE_TYPE, "CODE")
                .item(Tag.CONCEPT_NAME_CODE_SEQUENCE, Code.QUANTITY.toItem())
                .item(Tag.CONCEPT_CODE_SEQUENCE, quantity.code().toItem()).build();
        return DicomObject.builder().item(Tag.MEASUREMENT_UNITS_CODE_SEQUENCE, quantity.unit().toItem())
                .text(Tag.LUT_EXPLANATION, quantity.explanation()).text(Tag.LUT_LABEL, quantity.unit().meaning())
                .doubles(Tag.DOUBLE_FLOAT_REAL_WORLD_VALUE_FIRST_VALUE_MAPPED, pixels.min())
                .doubles(Tag.DOUBLE_FLOAT_REAL_WORLD_VALUE_LAST_VALUE_MAPPED, pixels.max())
                .doubles(Tag.REAL_WORLD_VALUE_INTERCEPT, 0).doubles(Tag.REAL_WORLD_VALUE_SLOPE, 1)
                .item(Tag.QUANTITY_DEFINITION_SEQUENCE, definition).build();
    }

    private static List<DicomObject> frameGroups(FrameGroups groups, int depth) {
        List<DicomObject> frames = new ArrayList<>();
        for (int k = 0; k < depth; k++) {
            frames.add(groups.frame(k, k + 1).build());
        }
        return frames;
    }
}
