package org.regstream.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;

/** MR slices of a made-up patient: a ramp with seeded noise, 16 bits, different in each slice. */
final class SyntheticMr {

    static final int SIZE = 64;
    static final String PATIENT = "SECRET^PATIENT";
    static final String SERIES = "2.25.4711";
    private static final int SEED = 20261121;
    private static final int TWELVE_BITS = 0xFFF;

    private SyntheticMr() {}

    /** @return SOP Instance UID of the n-th slice */
    static String instanceUid(int n) {
        return SERIES + ".1." + n;
    }

    /** @return [SIZE, SIZE] pixels, little endian, of the n-th slice */
    static byte[] pixels(int n) {
        Random random = new Random(SEED + n);
        ByteBuffer pixels = ByteBuffer.allocate(2 * SIZE * SIZE).order(ByteOrder.LITTLE_ENDIAN);
        for (int j = 0; j < SIZE; j++) {
            for (int i = 0; i < SIZE; i++) {
                pixels.putShort((short) ((40 * i + 20 * j + 7 * n + random.nextInt(64)) & TWELVE_BITS));
            }
        }
        return pixels.array();
    }

    /** @return the n-th slice, all attributes but the pixels */
    static Attributes header(int n) {
        Attributes a = new Attributes();
        a.setString(Tag.SOPClassUID, VR.UI, UID.MRImageStorage);
        a.setString(Tag.SOPInstanceUID, VR.UI, instanceUid(n));
        a.setString(Tag.StudyInstanceUID, VR.UI, "2.25.4710");
        a.setString(Tag.SeriesInstanceUID, VR.UI, SERIES);
        a.setString(Tag.PatientName, VR.PN, PATIENT);
        a.setString(Tag.PatientID, VR.LO, "SECRET-ID");
        a.setString(Tag.Modality, VR.CS, "MR");
        a.setInt(Tag.InstanceNumber, VR.IS, n + 1);
        a.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
        a.setInt(Tag.SamplesPerPixel, VR.US, 1);
        a.setInt(Tag.Rows, VR.US, SIZE);
        a.setInt(Tag.Columns, VR.US, SIZE);
        a.setInt(Tag.BitsAllocated, VR.US, 16);
        a.setInt(Tag.BitsStored, VR.US, 12);
        a.setInt(Tag.HighBit, VR.US, 11);
        a.setInt(Tag.PixelRepresentation, VR.US, 0);
        return a;
    }

    static Attributes slice(int n) {
        Attributes a = header(n);
        a.setBytes(Tag.PixelData, VR.OW, pixels(n));
        return a;
    }

    /** @return a slice with two's complement values over all 16 bits, as CT has them */
    static Attributes signedSlice() {
        Attributes a = header(0);
        a.setInt(Tag.BitsStored, VR.US, 16);
        a.setInt(Tag.HighBit, VR.US, 15);
        a.setInt(Tag.PixelRepresentation, VR.US, 1);
        ByteBuffer pixels = ByteBuffer.allocate(2 * SIZE * SIZE).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < SIZE * SIZE; n++) {
            pixels.putShort((short) (16 * n - 32768));
        }
        a.setBytes(Tag.PixelData, VR.OW, pixels.array());
        return a;
    }

    static Attributes threeFrames() {
        Attributes a = header(0);
        a.setInt(Tag.NumberOfFrames, VR.IS, 3);
        ByteBuffer frames = ByteBuffer.allocate(3 * 2 * SIZE * SIZE);
        frames.put(pixels(0)).put(pixels(1)).put(pixels(2));
        a.setBytes(Tag.PixelData, VR.OW, frames.array());
        return a;
    }

    /** @return the n-th slice with its upper eight bits alone, each in 8 */
    static Attributes sliceOfBytes(int n) {
        Attributes a = header(n);
        a.setInt(Tag.BitsAllocated, VR.US, 8);
        a.setInt(Tag.BitsStored, VR.US, 8);
        a.setInt(Tag.HighBit, VR.US, 7);
        byte[] words = pixels(n);
        byte[] bytes = new byte[words.length / 2];
        for (int x = 0; x < bytes.length; x++) {
            bytes[x] = (byte) ((words[2 * x] & 0xFF | words[2 * x + 1] << 8) >> 4);
        }
        a.setBytes(Tag.PixelData, VR.OW, bytes);
        return a;
    }

    /** @return a slice of values of 8 bits, each in 16 */
    static Attributes sliceOfBytesInWords() {
        Attributes a = header(0);
        a.setInt(Tag.BitsStored, VR.US, 8);
        a.setInt(Tag.HighBit, VR.US, 7);
        byte[] pixels = pixels(0);
        for (int high = 1; high < pixels.length; high += 2) {
            pixels[high] = 0;
        }
        a.setBytes(Tag.PixelData, VR.OW, pixels);
        return a;
    }

    /** Writes a Part 10 file, explicit VR little endian. */
    static Path write(Attributes slice, Path file) throws IOException {
        return write(slice, UID.ExplicitVRLittleEndian, file);
    }

    /** Writes a Part 10 file; compressed pixels are written as they are. */
    static Path write(Attributes slice, String transferSyntax, Path file) throws IOException {
        try (DicomOutputStream out = new DicomOutputStream(file.toFile())) {
            out.writeDataset(slice.createFileMetaInformation(transferSyntax), slice);
        }
        return file;
    }
}
