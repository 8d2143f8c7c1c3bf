package org.regstream.service.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.regstream.core.ConfigurationException;
import org.regstream.core.DecodeException;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.FileContent;
import org.regstream.dicom.read.FileContent.Image;
import org.regstream.dicom.read.FileContent.LeftOut;
import org.regstream.dicom.read.FolderFiles;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.read.ReadLimits;

/** The images of a folder and the folders in it, in the order of their names. What is left out is named. */
final class DicomFolder {

    private final FrameReader reader = FrameReader.withDefaults();
    private final List<Path> files = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    /** @throws ConfigurationException if there is no such folder, no image in it, or one that cannot be read */
    DicomFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ConfigurationException(folder + " is not a folder; name one that holds DICOM files");
        }
        for (Path file : FolderFiles.of(folder)) {
            if (content(file) instanceof LeftOut other) {
                leftOut.add(other);
            } else {
                files.add(file);
            }
        }
        if (files.isEmpty()) {
            throw new ConfigurationException(folder + " holds no DICOM file"
                    + (leftOut.isEmpty() ? "" : " of an image, but " + LeftOut.few(leftOut)));
        }
    }

    List<Path> files() {
        return List.copyOf(files);
    }

    List<LeftOut> leftOut() {
        return List.copyOf(leftOut);
    }

    List<DicomObject> objects() {
        return files.stream().map(file -> ((Image) content(file)).dicom()).toList();
    }

    static byte[] read(Path file) {
        return FolderFiles.bytes(file, ReadLimits.DEFAULT.maxBytes());
    }

    private FileContent content(Path file) {
        try {
            return FileContent.of(file.toString(), read(file), reader);
        } catch (DecodeException e) {
            throw new ConfigurationException("cannot read " + e.getMessage(), e);
        }
    }
}
