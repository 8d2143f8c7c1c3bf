package org.regstream.dicom.read;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.regstream.core.DecodeException;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.SopClass;
import org.regstream.dicom.Tag;
import org.regstream.dicom.UnreadableSyntaxException;

/** What a file of a folder or an upload turned out to be: one of the images that volumes are made of, or not. */
public sealed interface FileContent {

    /** An image, or what says that it is one. */
    record Image(DicomObject dicom) implements FileContent {}

    /**
     * No part of any volume: whoever gave it is to be told.
     *
     * @param name of the file
     * @param why  in words; says nothing about the patient
     */
    record LeftOut(String name, String why) implements FileContent {
        private static final int FEW = 5;

        /** The first of many, and how many more there are. */
        public static String few(List<LeftOut> all) {
            String first = all.stream().limit(FEW).map(LeftOut::toString).collect(Collectors.joining(", "));
            return all.size() > FEW ? first + " and " + (all.size() - FEW) + " more" : first;
        }

        @Override
        public String toString() {
            return name + " (" + why + ")";
        }
    }

    /** Objects with pixels that say something about other images. */
    Set<String> NO_IMAGES = Set.of(SopClass.SEGMENTATION_STORAGE, SopClass.LABEL_MAP_SEGMENTATION_STORAGE,
            SopClass.PARAMETRIC_MAP_STORAGE, SopClass.RT_DOSE_STORAGE);

    /**
     * @param name  of the file, for messages
     * @param bytes all of it; not modified, not kept
     * @throws DecodeException if it is a DICOM instance that cannot be read; the message names the file
     */
    static FileContent of(String name, byte[] bytes, FrameReader reader) {
        if (!DicomReader.isRecognisable(bytes)) {
            return new LeftOut(name, "no DICOM instance");
        }
        try {
            return of(name, reader.readObject(bytes));
        } catch (UnreadableSyntaxException e) {
            if (isPicture(reader.readCompressed(bytes))) {
                return new LeftOut(name, "compressed picture without a place in space");
            }
            throw new DecodeException(name + ": " + e.getMessage(), e);
        } catch (DecodeException e) {
            throw new DecodeException(name + ": " + e.getMessage(), e);
        }
    }

    private static FileContent of(String name, DicomObject dicom) {
        if (!dicom.has(Tag.PIXEL_DATA) && !dicom.has(Tag.ROWS)) {
            return new LeftOut(name, dicom.optionalString(Tag.MODALITY).orElse("DICOM") + " object without an image");
        }
        if (dicom.optionalString(Tag.SOP_CLASS_UID).filter(NO_IMAGES::contains).isPresent()) {
            return new LeftOut(name, "derived object, no acquired image");
        }
        return isPicture(dicom) ? new LeftOut(name, "picture without a place in space") : new Image(dicom);
    }

    /** A screenshot or a scanned page: secondary capture that lies nowhere. */
    private static boolean isPicture(DicomObject dicom) {
        return dicom.optionalString(Tag.SOP_CLASS_UID).filter(SopClass::isSecondaryCapture).isPresent()
                && !dicom.has(Tag.IMAGE_POSITION_PATIENT) && !dicom.has(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
    }
}
