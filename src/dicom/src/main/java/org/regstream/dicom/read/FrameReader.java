package org.regstream.dicom.read;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.Frame;
import org.regstream.core.assembly.GeometryTolerance;
import org.regstream.core.assembly.Marks;
import org.regstream.core.assembly.Marks.Mark;
import org.regstream.core.assembly.Phases;
import org.regstream.core.assembly.Phases.Placed;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.FunctionalGroups;
import org.regstream.dicom.Tag;

/**
 * Turns an instance into the frames the assembler takes: one of a single-frame image, one for each volume of an enhanced
 * multi-frame image. Intensities are rescaled (slope and intercept of the frame); padding is NaN.
 * Thread-safe.
 */
public final class FrameReader {
    private static final Pattern UID = Pattern.compile("[0-9.]{1,64}");

    /** Times the largest stored value of 32 bits, this still fits a float. */
    private static final double MAX_RESCALE = 1e27;

    private final ReadLimits limits;
    private final ZoneId scannerZone;

    /** @param scannerZone where the scanner's clock is, for instances without (0008,0201) */
    public FrameReader(ReadLimits limits, ZoneId scannerZone) {
        this.limits = limits;
        this.scannerZone = scannerZone;
    }

    /** With default limits, and the scanner's clock in this machine's time zone. */
    public static FrameReader withDefaults() {
        return new FrameReader(ReadLimits.DEFAULT, ZoneId.systemDefault());
    }

    /** The same for what somebody uploads. @param memory bytes for an instance and what is made of it */
    public static FrameReader within(long memory) {
        return new FrameReader(ReadLimits.DEFAULT.within(memory), ZoneId.systemDefault());
    }

    ReadLimits limits() {
        return limits;
    }

    /** Reads the bytes and their frames; see {@link #frames}. */
    public List<Frame> read(byte[] part10, Instant receivedAt) {
        return frames(new DicomReader(limits).read(part10), receivedAt);
    }

    /** Reads the bytes as {@link DicomReader} does, within the limits of this reader. */
    public DicomObject readObject(byte[] part10) {
        return new DicomReader(limits).read(part10);
    }

    /** Reads the attributes as {@link DicomReader#readCompressed} does. */
    DicomObject readCompressed(byte[] part10) {
        return new DicomReader(limits).readCompressed(part10);
    }

    /** Reads the file meta group as {@link DicomReader#readMeta} does. */
    public DicomObject readMeta(byte[] part10) {
        return new DicomReader(limits).readMeta(part10);
    }

    /**
     * What its frames will take, before they are read.
     *
     * @param dicom the whole instance, pixel data included
     * @return bytes
     * @throws DecodeException if it has no pixels that can be read
     */
    public long pixelBytes(DicomObject dicom) {
        PixelReader pixels = new PixelReader(dicom, limits);
        return (long) Float.BYTES * pixels.frames() * pixels.format().pixels();
    }

    /**
     * @param dicom      the whole instance, pixel data included
     * @param receivedAt stands in for an acquisition time the instance does not tell, and tells the two hours apart that summer time ends with
     * @return one frame for each volume the instance adds to, in order of first appearance; slices in stored order
     * @throws DecodeException if geometry, pixels or identifiers are missing or contradict each other
     */
    public List<Frame> frames(DicomObject dicom, Instant receivedAt) {
        uid(dicom, Tag.SOP_CLASS_UID); // what is derived from the image must be able to name its class
        PixelReader pixels = new PixelReader(dicom, limits);
        FunctionalGroups groups = new FunctionalGroups(dicom, pixels.frames());
        requireOneSlice(dicom, groups);
        List<Placed> placed = new ArrayList<>();
        for (int frame = 0; frame < pixels.frames(); frame++) {
            placed.add(new Placed(SliceGeometry.of(groups, frame, pixels.format().rows(), pixels.format().columns()),
                    groups.marks(frame)));
        }
        List<Frame> result = new ArrayList<>();
        volumes(placed).forEach(members -> result.add(frame(dicom, groups, pixels, placed, members, receivedAt)));
        return result;
    }

    /** Siemens lays the slices of a fast volume side by side in one image, whose own place is that of none of them. */
    private static void requireOneSlice(DicomObject dicom, FunctionalGroups groups) {
        if (!groups.isEnhanced() && dicom.strings(Tag.IMAGE_TYPE).contains("MOSAIC")) {
            throw new DecodeException(Tag.IMAGE_TYPE
                    + " says MOSAIC: slices side by side in one image, where only private"
                    + " attributes tell how they lie; let the scanner store single slices or enhanced images, or convert to NIfTI");
        }
    }

    /** @return the frames of each volume, in order of first appearance */
    private static Collection<List<Integer>> volumes(List<Placed> placed) {
        Set<Mark> apart = new Phases(GeometryTolerance.DEFAULT).tell(placed).orElse(Set.of());
        Map<Marks, List<Integer>> volumes = new LinkedHashMap<>();
        for (int frame = 0; frame < placed.size(); frame++) {
            volumes.computeIfAbsent(placed.get(frame).marks().only(apart), key -> new ArrayList<>()).add(frame);
        }
        return volumes.values();
    }

    private Frame frame(DicomObject dicom, FunctionalGroups groups, PixelReader pixels, List<Placed> placed,
            List<Integer> members, Instant receivedAt) {
        List<Volume> slices = new ArrayList<>();
        for (int member : members) {
            slices.add(Volume.takeOwnershipOf(placed.get(member).grid(), intensities(groups, pixels, member)));
        }
        DicomObject content = groups.group(Tag.FRAME_CONTENT_SEQUENCE, members.get(0));
        return new Frame(uid(dicom, Tag.SOP_INSTANCE_UID), uid(dicom, Tag.STUDY_INSTANCE_UID),
                uid(dicom, Tag.SERIES_INSTANCE_UID),
                Marks.common(members.stream().map(member -> placed.get(member).marks()).toList()),
                dicom.has(Tag.FRAME_OF_REFERENCE_UID) ? uid(dicom, Tag.FRAME_OF_REFERENCE_UID) : "",
                AcquisitionTime.of(dicom, content, scannerZone, receivedAt).orElse(receivedAt),
                declaredSlices(dicom, groups, members.size()), slices);
    }

    private static float[] intensities(FunctionalGroups groups, PixelReader pixels, int frame) {
        DicomObject transformation = groups.group(Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE, frame);
        double slope = transformation.optionalNumber(Tag.RESCALE_SLOPE).orElse(1);
        double intercept = transformation.optionalNumber(Tag.RESCALE_INTERCEPT).orElse(0);
        if (slope == 0 || !(Math.abs(slope) <= MAX_RESCALE) || !(Math.abs(intercept) <= MAX_RESCALE)) {
            throw new DecodeException(Tag.RESCALE_SLOPE + " must be other than 0, and it and the intercept within "
                    + MAX_RESCALE + ", got " + slope + " and " + intercept);
        }
        if (transformation.has(Tag.MODALITY_LUT_SEQUENCE)) {
            throw new DecodeException(Tag.MODALITY_LUT_SEQUENCE + " is not read; expected rescale slope and intercept");
        }
        return pixels.read(frame, slope, intercept);
    }

    /** Digits and dots: identifiers travel into logs and events, where no other text of an instance may go. */
    private static String uid(DicomObject dicom, Tag tag) {
        String uid = dicom.string(tag);
        if (!UID.matcher(uid).matches()) {
            throw new DecodeException(tag + " must be 1 to 64 digits and dots, got " + uid.length()
                    + " characters, others among them; de-identify anew with a tool that makes valid UIDs");
        }
        return uid;
    }

    /**
     * An enhanced instance holds its volumes whole unless it is one part of a concatenation. Images in Acquisition counts the
     * slices of a slab with some scanners and those of all phases with others; only of a series that says that it has one
     * temporal position it is taken for the slices of a volume.
     */
    private static int declaredSlices(DicomObject dicom, FunctionalGroups groups, int members) {
        if (groups.isEnhanced()) {
            return dicom.has(Tag.CONCATENATION_UID) ? 0 : members;
        }
        boolean isOnePhase = dicom.optionalInteger(Tag.NUMBER_OF_TEMPORAL_POSITIONS).orElse(0) == 1;
        return isOnePhase ? Math.max(0, dicom.optionalInteger(Tag.IMAGES_IN_ACQUISITION).orElse(0)) : 0;
    }
}
