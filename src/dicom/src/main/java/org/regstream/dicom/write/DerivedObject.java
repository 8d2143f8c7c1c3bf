package org.regstream.dicom.write;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.DicomObjectBuilder;
import org.regstream.dicom.Tag;

/**
 * What all objects derived from a live volume have in common: patient, study, space and time are the source's, byte for byte;
 * identifiers are derived; the equipment is the network.
 *
 * @param sources   headers of the live volume, each instance once, in an order that does not depend on their arrival
 * @param phase     of the volume
 * @param algorithm what made the result
 * @param kind      of result
 * @param uids      of the object
 */
record DerivedObject(List<DicomObject> sources, String phase, SegmentationAlgorithm algorithm, DerivedKind kind,
        DerivedUids uids) {

    private static final Pattern POSITION = Pattern.compile("(?:^| )[ta](\\d{1,9})(?: |$)");

    /** @throws IllegalArgumentException if there are no sources, or they are not of one series */
    static DerivedObject of(DerivedKind kind, List<DicomObject> sources, String phase,
            SegmentationAlgorithm algorithm) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a " + kind.name() + " needs source images, got none");
        }
        List<DicomObject> ordered = SourceModules.ordered(sources);
        SourceModules.requireOneSeries(ordered);
        return new DerivedObject(ordered, phase, algorithm, kind,
                DerivedUids.of(kind.name(), ordered, phase, algorithm));
    }

    /** @return a new builder with the attributes all kinds share */
    DicomObjectBuilder begin() {
        DicomObject first = sources.get(0);
        DicomObjectBuilder out = DicomObject.builder();
        SourceModules.copy(out, first);
        String seriesNumber = first.optionalString(Tag.SERIES_NUMBER).orElse("");
        return out.text(Tag.SOP_CLASS_UID, kind.sopClass()).text(Tag.SOP_INSTANCE_UID, uids.instance())
                .text(Tag.SERIES_INSTANCE_UID, uids.series()).text(Tag.MODALITY, kind.modality())
                .text(Tag.SERIES_NUMBER, String.valueOf(kind.seriesNumberOffset() + number(seriesNumber, 0)))
                .text(Tag.INSTANCE_NUMBER, String.valueOf(position()))
                .text(Tag.SERIES_DESCRIPTION, seriesDescription())
                .text(Tag.MANUFACTURER, "regstream").text(Tag.MANUFACTURER_MODEL_NAME, algorithm.modelId())
                .text(Tag.DEVICE_SERIAL_NUMBER, algorithm.modelDigest()).text(Tag.SOFTWARE_VERSIONS, "0.1")
                .text(Tag.CONTENT_LABEL, "REGSTREAM").text(Tag.CONTENT_DESCRIPTION, kind.description())
                .text(Tag.CONTENT_CREATOR_NAME, "REGSTREAM^SERVICE");
    }

    /** The temporal position or acquisition that the phase names, else 1. */
    private int position() {
        Matcher named = POSITION.matcher(phase);
        return named.find() ? Integer.parseInt(named.group(1)) : 1;
    }

    private String seriesDescription() {
        String text = "regstream " + kind.title() + ": " + algorithm.resultKind();
        return text.substring(0, Math.min(text.length(), Tag.SERIES_DESCRIPTION.vr().maxCharacters()));
    }

    private static int number(String text, int otherwise) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : otherwise;
    }
}
