package org.regstream.gateway.transcode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.imageio.codec.ImageDescriptor;
import org.dcm4che3.imageio.codec.Transcoder;
import org.dcm4che3.imageio.codec.TransferSyntaxType;
import org.dcm4che3.io.DicomInputStream;
import org.regstream.gateway.refuse.Refusal;
import org.regstream.gateway.refuse.RefusedException;

/**
 * Brings what a peer sent into the one form that the topic carries: Part 10, explicit VR little endian, native pixels.
 * The decoded pixels are those of the sender; where the sender's compression lost something, the object says so. Safe for use by
 * many threads.
 */
public final class Transcoding {

    private final int limit;

    /** @param limit most bytes of an object, as sent, inflated and decoded; positive */
    public Transcoding(int limit) {
        this.limit = limit;
    }

    /**
     * @param received a data set; not modified
     * @return the instance for the topic; owned by the caller
     * @throws RefusedException if it cannot be read or decoded, is not what was announced, or exceeds the limit
     */
    public Instance transcode(Received received) {
        try {
            return isDeflated(received) ? transcode(inflate(received)) : write(received);
        } catch (RefusedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new RefusedException(Refusal.UNREADABLE, "cannot be decoded: " + e.getClass().getSimpleName(), e);
        }
    }

    /** Inflated here and not by dcm4che, whose read limit counts the deflated bytes. */
    private Received inflate(Received received) throws IOException {
        Inflater raw = new Inflater(true);
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(received.dataset()), raw)) {
            byte[] inflated = in.readNBytes(limit);
            if (inflated.length == limit) {
                throw new RefusedException(Refusal.TOO_LARGE,
                        "inflated object is over the limit of " + limit + " bytes");
            }
            return new Received(received.sopClassUid(), received.sopInstanceUid(), UID.ExplicitVRLittleEndian,
                    inflated);
        } finally {
            raw.end();
        }
    }

    private Instance write(Received received) throws IOException {
        double ratio = holdsCodestreams(received) ? checkCodestreams(received) : 1;
        BoundedOutput part10 = new BoundedOutput(limit);
        Attributes[] header = new Attributes[1];
        try (Transcoder transcoder = new Transcoder(open(received))) {
            transcoder.setIncludeFileMetaInformation(true);
            transcoder.setDestinationTransferSyntax(UID.ExplicitVRLittleEndian);
            transcoder.transcode((self, dataset) -> {
                check(received, dataset);
                requirePixels(self.getImageDescriptor());
                LossyMark.put(dataset, received.transferSyntax(), ratio);
                header[0] = dataset;
                return part10;
            });
        }
        byte[] written = part10.toByteArray();
        requireWhole(written, header[0]);
        return new Instance(header[0].getString(Tag.SeriesInstanceUID), written);
    }

    /** A decoder may give samples of another width than the header allocates (8 bits in 16): dcm4che writes them as they are. */
    private static void requireWhole(byte[] part10, Attributes header) throws IOException {
        try (DicomInputStream in = DicomInputStream.createWithLimit(new ByteArrayInputStream(part10), part10.length)) {
            byte[] pixels = in.readDataset().getBytes(Tag.PixelData);
            if (pixels == null || pixels.length < pixelBytes(header)) {
                throw new RefusedException(Refusal.UNREADABLE, "fewer pixels than the header declares");
            }
        }
    }

    private static DicomInputStream open(Received received) throws IOException {
        byte[] bytes = received.dataset();
        return DicomInputStream.createWithLimit(new ByteArrayInputStream(bytes), received.transferSyntax(),
                bytes.length);
    }

    /** Called with all attributes before the pixels, and before anything is allocated for them. */
    private void check(Received received, Attributes dataset) {
        requireSame("SOP Class UID", received.sopClassUid(), dataset.getString(Tag.SOPClassUID));
        requireSame("SOP Instance UID", received.sopInstanceUid(), dataset.getString(Tag.SOPInstanceUID));
        if (dataset.getString(Tag.SeriesInstanceUID, "").isEmpty()) {
            throw new RefusedException(Refusal.MISMATCH, "no Series Instance UID");
        }
        if (pixelBytes(dataset) > limit) {
            throw new RefusedException(Refusal.TOO_LARGE, "decoded object is over the limit of " + limit + " bytes");
        }
    }

    /** Every class that is stored is an image; dcm4che would hand on one without pixels. */
    private static void requirePixels(ImageDescriptor pixels) {
        if (pixels == null) {
            throw new RefusedException(Refusal.MISMATCH, "an image without Pixel Data");
        }
    }

    private static void requireSame(String what, String announced, String found) {
        if (!announced.equals(found)) {
            throw new RefusedException(Refusal.MISMATCH, what + " of command and data set differ");
        }
    }

    private static double pixelBytes(Attributes dataset) {
        return (double) dataset.getInt(Tag.Rows, 0) * dataset.getInt(Tag.Columns, 0)
                * dataset.getInt(Tag.SamplesPerPixel, 1) * dataset.getInt(Tag.NumberOfFrames, 1)
                * dataset.getInt(Tag.BitsAllocated, 16) / Byte.SIZE;
    }

    /** @return bytes of the pixels as they will be over those as they came */
    private static double checkCodestreams(Received received) throws IOException {
        try (DicomInputStream in = open(received)) {
            Attributes dataset = in.readDataset();
            Codestreams codestreams = Codestreams.of(dataset);
            codestreams.requireSizeOf(dataset);
            return pixelBytes(dataset) / codestreams.bytes();
        }
    }

    private static boolean holdsCodestreams(Received received) {
        TransferSyntaxType type = TransferSyntaxType.forUID(received.transferSyntax());
        return type.isPixeldataEncapsulated() && type != TransferSyntaxType.RLE;
    }

    private static boolean isDeflated(Received received) {
        return UID.DeflatedExplicitVRLittleEndian.equals(received.transferSyntax());
    }
}
