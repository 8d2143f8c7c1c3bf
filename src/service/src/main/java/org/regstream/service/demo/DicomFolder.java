package org.regstream.service.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.regstream.core.ConfigurationException;
import org.regstream.core.DecodeException;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.DicomReader;
import org.regstream.dicom.read.FrameReader;

/** The DICOM files of a folder and the folders in it, in the order of their names. Other files are left out. */
final class DicomFolder {

    /** More than any series we know; a mistaken folder (a home, a disk) must not be read to its end. */
    private static final int MAX_FILES = 20_000;
    private static final int MAX_DEPTH = 4;

    private final List<Path> files;

    DicomFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ConfigurationException(folder + " is not a folder; name one that holds DICOM files");
        }
        this.files = list(folder).stream().filter(DicomFolder::isDicom).toList();
        if (files.isEmpty()) {
            throw new ConfigurationException(folder + " holds no DICOM file");
        }
    }

    List<Path> files() {
        return files;
    }

    List<DicomObject> objects() {
        FrameReader reader = FrameReader.withDefaults();
        List<DicomObject> objects = new ArrayList<>();
        for (Path file : files) {
            try {
                objects.add(reader.readObject(read(file)));
            } catch (DecodeException e) {
                throw new ConfigurationException("cannot read " + file.getFileName() + ": " + e.getMessage(), e);
            }
        }
        return objects;
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> tree = Files.walk(folder, MAX_DEPTH)) {
            List<Path> files = tree.filter(Files::isRegularFile).limit(MAX_FILES + 1L).sorted().toList();
            if (files.size() > MAX_FILES) {
                throw new ConfigurationException(folder + " holds more than " + MAX_FILES + " files; name one series");
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    /** By the mark after the preamble, so that notes and folders' index files of other kinds are passed over. */
    private static boolean isDicom(Path file) {
        try (var in = Files.newInputStream(file)) {
            return DicomReader.looksLikeDicom(in.readNBytes(132));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }
}
