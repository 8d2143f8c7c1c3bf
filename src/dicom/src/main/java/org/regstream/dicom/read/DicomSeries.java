package org.regstream.dicom.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.Frame;
import org.regstream.core.memory.Purse;
import org.regstream.core.memory.Tab;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.FileContent.Image;
import org.regstream.dicom.read.FileContent.LeftOut;

/**
 * The images among files, in the order of the files; which of them make a volume is the assembler's business.
 *
 * @param instances what was read, at least one
 * @param leftOut   every other file
 */
public record DicomSeries(List<Instance> instances, List<LeftOut> leftOut) {

    /** One file.
     *  @param header the attributes without pixel data
     *  @param frames one of each volume it adds to */
    public record Instance(DicomObject header, List<Frame> frames) {}

    public DicomSeries {
        instances = List.copyOf(instances);
        leftOut = List.copyOf(leftOut);
    }

    public List<Frame> frames() {
        return instances.stream().flatMap(instance -> instance.frames().stream()).toList();
    }

    /** What whoever gave the files should know: each that is left out. */
    public List<String> notices() {
        return leftOut.stream().map(other -> "left out: " + other).toList();
    }

    public List<DicomObject> headers() {
        return instances.stream().map(Instance::header).toList();
    }

    /**
     * Reads a file, or the files of a folder and of the folders in it. Where an image does not say when it was acquired, the file's
     * date counts.
     *
     * @throws DecodeException      if there is no image, or one that cannot be read; the message names the file
     * @throws UncheckedIOException if a folder or a file cannot be opened
     */
    public static DicomSeries read(Path source, FrameReader reader) {
        Gatherer gatherer = new Gatherer(reader);
        for (Path file : FolderFiles.of(source)) {
            gatherer.add(file.toString(), FolderFiles.bytes(file, reader.limits().maxBytes()), modified(file));
        }
        return gatherer.series(source.toString());
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes files one by one, so that none need be held. Not thread-safe. */
    public static final class Gatherer {
        private final FrameReader reader;
        private final Tab memory;
        private final List<Instance> instances = new ArrayList<>();
        private final List<LeftOut> leftOut = new ArrayList<>();

        /** Where the heap is the only limit. */
        public Gatherer(FrameReader reader) {
            this(reader, Purse.unbounded().open());
        }

        /** @param memory pays for the frames that are kept, before they are there */
        public Gatherer(FrameReader reader, Tab memory) {
            this.reader = reader;
            this.memory = memory;
        }

        /**
         * @param name      of the file, for messages
         * @param bytes     all of it; not modified, not kept
         * @param writtenAt stands in for an acquisition time the image does not tell
         * @throws DecodeException if it is an image that cannot be read; the message names the file
         */
        public void add(String name, byte[] bytes, Instant writtenAt) {
            FileContent content = FileContent.of(name, bytes, reader);
            if (content instanceof Image image) {
                instances.add(instance(name, image.dicom(), writtenAt));
            } else {
                leftOut.add((LeftOut) content);
            }
        }

        private Instance instance(String name, DicomObject dicom, Instant writtenAt) {
            try {
                memory.take(reader.pixelBytes(dicom));
                return new Instance(dicom.withoutPixelData(), reader.frames(dicom, writtenAt));
            } catch (DecodeException e) {
                throw new DecodeException(name + ": " + e.getMessage(), e);
            }
        }

        /** @param where the files were, for messages
         *  @throws DecodeException if none of them was an image */
        public DicomSeries series(String where) {
            if (instances.isEmpty()) {
                throw new DecodeException("no DICOM image among the " + leftOut.size() + " files of " + where
                        + (leftOut.isEmpty() ? "" : ": " + LeftOut.few(leftOut)));
            }
            return new DicomSeries(instances, leftOut);
        }
    }
}
