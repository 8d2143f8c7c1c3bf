package org.regstream.dicom.write;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.DicomObjectBuilder;
import org.regstream.dicom.SopClass;
import org.regstream.dicom.Tag;
import org.regstream.dicom.Vr;

/**
 * Writes a volume as single-frame MR images of an invented patient, one a slice: what the demo sends in place of a scanner.
 * Identifiers are derived from the series and the position, so that a repeat is the same object. Thread-safe.
 */
public final class MrImageWriter {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss.SSSSSS").withZone(ZoneOffset.UTC);

    private MrImageWriter() {}

    /**
     * @param volume intensities, [D, H, W]; whole numbers of 0 to 65535 are kept as they are, all else comes back within half a
     *               65535th of its range (a rescale slope and intercept say how)
     * @param series what the volume is called
     * @return D Part 10 instances in explicit little endian, in slice order
     */
    public static List<byte[]> write(Volume volume, MrSeriesDescription series) {
        StoredPixels pixels = StoredPixels.of(volume);
        List<byte[]> instances = new ArrayList<>();
        for (int k = 0; k < volume.grid().depth(); k++) {
            instances.add(DicomWriter.write(instance(volume, series, pixels, k)));
        }
        return instances;
    }

    private static DicomObject instance(Volume volume, MrSeriesDescription series, StoredPixels pixels, int k) {
        DicomObjectBuilder out = DicomObject.builder();
        describePatient(out);
        describeSeries(out, series);
        describeSlice(out, volume, series, k);
        describeScan(out);
        describePixels(out, volume, pixels);
        return out.bytes(Tag.PIXEL_DATA, Vr.OW, pixels.slice(volume, k)).build();
    }

    private static void describePatient(DicomObjectBuilder out) {
        out.text(Tag.PATIENT_NAME, "DEMO^PHANTOM").text(Tag.PATIENT_ID, "DEMO").text(Tag.PATIENT_BIRTH_DATE, "")
                .text(Tag.PATIENT_SEX, "O");
    }

    private static void describeSeries(DicomObjectBuilder out, MrSeriesDescription series) {
        String date = DATE.format(series.acquiredAt());
        String time = TIME.format(series.acquiredAt());
        out.text(Tag.STUDY_INSTANCE_UID, series.studyInstanceUid()).text(Tag.STUDY_DATE, date)
                .text(Tag.STUDY_TIME, time).text(Tag.STUDY_ID, "1").text(Tag.ACCESSION_NUMBER, "")
                .text(Tag.REFERRING_PHYSICIAN_NAME, "");
        out.text(Tag.SERIES_INSTANCE_UID, series.seriesInstanceUid()).text(Tag.SERIES_NUMBER, "1")
                .text(Tag.SERIES_DESCRIPTION, "regstream demo").text(Tag.MODALITY, "MR")
                .text(Tag.BODY_PART_EXAMINED, "BRAIN")
                .text(Tag.PATIENT_POSITION, "HFS").text(Tag.FRAME_OF_REFERENCE_UID, series.frameOfReferenceUid())
                .text(Tag.POSITION_REFERENCE_INDICATOR, "").text(Tag.MANUFACTURER, "regstream");
        out.text(Tag.ACQUISITION_DATE, date).text(Tag.ACQUISITION_TIME, time).text(Tag.CONTENT_DATE, date)
                .text(Tag.CONTENT_TIME, time).text(Tag.TIMEZONE_OFFSET_FROM_UTC, "+0000");
    }

    private static void describeSlice(DicomObjectBuilder out, Volume volume, MrSeriesDescription series, int k) {
        int depth = volume.grid().depth();
        String uid = DerivedUid.of("mr image", List.of(series.seriesInstanceUid(),
                String.valueOf(series.temporalPosition()), String.valueOf(k)));
        out.text(Tag.SOP_CLASS_UID, SopClass.MR_IMAGE_STORAGE).text(Tag.SOP_INSTANCE_UID, uid)
                .text(Tag.ACQUISITION_NUMBER, String.valueOf(series.temporalPosition()))
                .text(Tag.TEMPORAL_POSITION_IDENTIFIER, String.valueOf(series.temporalPosition()))
                .text(Tag.INSTANCE_NUMBER, String.valueOf((series.temporalPosition() - 1) * depth + k + 1))
                .text(Tag.NUMBER_OF_TEMPORAL_POSITIONS, "1").text(Tag.IMAGES_IN_ACQUISITION, String.valueOf(depth))
                .all(PlaneGroups.position(volume.grid(), k)).all(PlaneGroups.orientation(volume.grid()))
                .all(PlaneGroups.measures(volume.grid()));
    }

    /** Attributes an MR image must have, of a scan that did not take place. */
    private static void describeScan(DicomObjectBuilder out) {
        out.text(Tag.IMAGE_TYPE, "DERIVED", "SECONDARY", "OTHER").text(Tag.SCANNING_SEQUENCE, "GR")
                .text(Tag.SEQUENCE_VARIANT, "NONE").text(Tag.SCAN_OPTIONS, "").text(Tag.MR_ACQUISITION_TYPE, "3D")
                .text(Tag.REPETITION_TIME, "").text(Tag.ECHO_TIME, "").text(Tag.ECHO_TRAIN_LENGTH, "");
    }

    private static void describePixels(DicomObjectBuilder out, Volume volume, StoredPixels pixels) {
        out.shorts(Tag.SAMPLES_PER_PIXEL, 1).text(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
                .shorts(Tag.ROWS, volume.grid().height()).shorts(Tag.COLUMNS, volume.grid().width())
                .shorts(Tag.BITS_ALLOCATED, 16).shorts(Tag.BITS_STORED, 16).shorts(Tag.HIGH_BIT, 15)
                .shorts(Tag.PIXEL_REPRESENTATION, 0);
        if (!pixels.isPlain()) {
            out.decimals(Tag.RESCALE_INTERCEPT, pixels.intercept()).decimals(Tag.RESCALE_SLOPE, pixels.slope())
                    .text(Tag.RESCALE_TYPE, "US");
        }
    }
}
