package org.regstream.gateway;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;

/**
 * An image of each storage class that is taken, besides MR, and of two that are not: what is peculiar to the class, over made-up
 * pixels. The last two are of a class that is taken with the pixels of one that is not: what codecs must not spoil.
 */
enum LiveImage {
    ENHANCED_MR(UID.EnhancedMRImageStorage, "MR", 3), CT(UID.CTImageStorage, "CT", 1) {
        @Override
        void describe(Attributes image) {
            image.setString(Tag.RescaleIntercept, VR.DS, "-1024");
            image.setString(Tag.RescaleSlope, VR.DS, "1");
            image.setInt(Tag.BitsStored, VR.US, 16);
            image.setInt(Tag.HighBit, VR.US, 15);
            image.setInt(Tag.PixelRepresentation, VR.US, 1);
            image.setBytes(Tag.PixelData, VR.OW, SyntheticMr.signedSlice().getSafeBytes(Tag.PixelData));
        }
    },
    ENHANCED_CT(UID.EnhancedCTImageStorage, "CT", 4), LEGACY_MR(UID.LegacyConvertedEnhancedMRImageStorage, "MR",
            3), LEGACY_CT(UID.LegacyConvertedEnhancedCTImageStorage, "CT", 2), ULTRASOUND(
                    UID.UltrasoundMultiFrameImageStorage, "US", 3), ANGIOGRAPHY(UID.XRayAngiographicImageStorage, "XA",
                            5), COLOURS(UID.EnhancedMRImageStorage, "MR", 3) {
                                @Override
                                void describe(Attributes image) {
                                    super.describe(image);
                                    image.setString(Tag.PhotometricInterpretation, VR.CS, "RGB");
                                    image.setInt(Tag.SamplesPerPixel, VR.US, 3);
                                    image.setInt(Tag.PlanarConfiguration, VR.US, 0);
                                    bytes(image, 3 * frames);
                                }
                            },
    BYTES(UID.EnhancedCTImageStorage, "CT", 5) {
        @Override
        void describe(Attributes image) {
            super.describe(image);
            bytes(image, frames);
        }
    };

    private final String sopClass;
    private final String modality;
    final int frames;

    LiveImage(String sopClass, String modality, int frames) {
        this.sopClass = sopClass;
        this.modality = modality;
        this.frames = frames;
    }

    /** Enhanced: spacing for all frames, a position for each. */
    void describe(Attributes image) {
        Attributes measures = new Attributes();
        measures.setString(Tag.PixelSpacing, VR.DS, "0.9", "1.1");
        Attributes shared = new Attributes();
        shared.newSequence(Tag.PixelMeasuresSequence, 1).add(measures);
        image.newSequence(Tag.SharedFunctionalGroupsSequence, 1).add(shared);
        Sequence each = image.newSequence(Tag.PerFrameFunctionalGroupsSequence, frames);
        for (int frame = 0; frame < frames; frame++) {
            Attributes position = new Attributes();
            position.setDouble(Tag.ImagePositionPatient, VR.DS, -10.5, 20.25, 3 * frame);
            Attributes group = new Attributes();
            group.newSequence(Tag.PlanePositionSequence, 1).add(position);
            each.add(group);
        }
    }

    Attributes make() {
        Attributes image = SyntheticMr.header(0);
        image.setString(Tag.SOPClassUID, VR.UI, sopClass);
        image.setString(Tag.Modality, VR.CS, modality);
        image.setString(Tag.PatientName, VR.PN, "M\u00fcller^Zo\u00eb");
        image.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 100");
        image.setInt(Tag.NumberOfFrames, VR.IS, frames);
        ByteBuffer pixels = ByteBuffer.allocate(frames * 2 * SyntheticMr.SIZE * SyntheticMr.SIZE);
        for (int frame = 0; frame < frames; frame++) {
            pixels.put(SyntheticMr.pixels(frame));
        }
        image.setBytes(Tag.PixelData, VR.OW, pixels.array());
        if (frames == 1) {
            image.remove(Tag.NumberOfFrames);
        }
        describe(image);
        return image;
    }

    /** Smooth planes of 8 bits, with some noise: what lossy compression is made for. */
    private static void bytes(Attributes image, int planes) {
        image.setInt(Tag.BitsAllocated, VR.US, 8);
        image.setInt(Tag.BitsStored, VR.US, 8);
        image.setInt(Tag.HighBit, VR.US, 7);
        Random random = new Random(planes);
        byte[] pixels = new byte[planes * SyntheticMr.SIZE * SyntheticMr.SIZE];
        for (int x = 0; x < pixels.length; x++) {
            pixels[x] = (byte) (128 + 100 * Math.sin(x / 50.0) + random.nextInt(8));
        }
        image.setBytes(Tag.PixelData, VR.OB, pixels);
    }

    /** Samples of a pixel together, whatever the planar configuration. */
    static byte[] bySample(Attributes image) {
        byte[] pixels = image.getSafeBytes(Tag.PixelData);
        if (image.getInt(Tag.SamplesPerPixel, 1) == 1 || image.getInt(Tag.PlanarConfiguration, 0) == 0) {
            return pixels;
        }
        int plane = SyntheticMr.SIZE * SyntheticMr.SIZE;
        ByteBuffer out = ByteBuffer.allocate(pixels.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int x = 0; x < pixels.length / 3; x++) {
            for (int sample = 0; sample < 3; sample++) {
                out.put(pixels[(x / plane * 3 + sample) * plane + x % plane]);
            }
        }
        return out.array();
    }
}
