package org.regstream.dicom.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.Frame;
import org.regstream.dicom.DicomObject;

/**
 * The images of a folder, in order of file name; which of them make a volume is the assembler's business.
 *
 * @param instances what was read, at least one
 * @param skipped   files that do not carry the mark of a DICOM file
 */
public record DicomSeries(List<Instance> instances, List<Path> skipped) {

    /** Files of one folder that are looked at; a folder with more is refused rather than read in part. */
    private static final int MAX_FILES = 20_000;

    /** One file.
     *  @param header the attributes without pixel data
     *  @param frames one of each volume it adds to */
    public record Instance(DicomObject header, List<Frame> frames) {}

    public DicomSeries {
        instances = List.copyOf(instances);
        skipped = List.copyOf(skipped);
    }

    public List<Frame> frames() {
        return instances.stream().flatMap(instance -> instance.frames().stream()).toList();
    }

    public List<DicomObject> headers() {
        return instances.stream().map(Instance::header).toList();
    }

    /**
     * Reads the files of a folder, not of folders inside it. Where an image does not say when it was acquired, the file's
     * date counts.
     *
     * @throws DecodeException      if there is no image, or one that cannot be read; the message names the file
     * @throws UncheckedIOException if the folder or a file cannot be opened
     */
    public static DicomSeries read(Path folder, FrameReader reader) {
        List<Instance> instances = new ArrayList<>();
        List<Path> skipped = new ArrayList<>();
        for (Path file : files(folder)) {
            byte[] bytes = bytes(file, reader);
            if (DicomReader.looksLikeDicom(bytes)) {
                instances.add(instance(file, bytes, reader));
            } else {
                skipped.add(file);
            }
        }
        if (instances.isEmpty()) {
            throw new DecodeException("no DICOM image among the " + skipped.size() + " files of " + folder);
        }
        return new DicomSeries(instances, skipped);
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.filter(Files::isRegularFile).limit(MAX_FILES + 1L).sorted().toList();
            if (files.size() > MAX_FILES) {
                throw new DecodeException(
                        "more than " + MAX_FILES + " files in " + folder + "; name one series' folder");
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file, FrameReader reader) {
        try {
            long size = Files.size(file);
            if (size > reader.limits().maxBytes()) {
                throw new DecodeException(
                        file + " has " + size + " bytes, expected at most " + reader.limits().maxBytes());
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instance instance(Path file, byte[] bytes, FrameReader reader) {
        try {
            DicomObject dicom = reader.readObject(bytes);
            return new Instance(dicom.withoutPixelData(),
                    reader.frames(dicom, Files.getLastModifiedTime(file).toInstant()));
        } catch (DecodeException e) {
            throw new DecodeException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
