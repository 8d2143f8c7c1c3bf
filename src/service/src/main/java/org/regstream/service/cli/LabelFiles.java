package org.regstream.service.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.read.SegmentationReader;
import org.regstream.service.procedure.GivenLabels;

/** Reads labels of an image: NIfTI label maps, and DICOM Segmentation objects. */
final class LabelFiles {

    private final List<Structure> known;

    /** @param known the network's structures: what they are called, or numbered in NIfTI, is one of them */
    LabelFiles(List<Structure> known) {
        this.known = List.copyOf(known);
    }

    /**
     * @param source NIfTI file, Segmentation object, or a folder that holds just one Segmentation object
     * @param image  grid of the image that was labelled
     * @return labels on {@code image}, with what they are
     */
    GivenLabels read(Path source, Grid image) {
        if (Files.isDirectory(source)) {
            return read(onlyFile(source), image);
        }
        if (ImageFiles.isNifti(source)) {
            return GivenLabels.of(onGrid(source, NiftiReader.readLabels(source), image), known);
        }
        DicomObject dicom = FrameReader.withDefaults().readObject(bytes(source));
        return GivenLabels.of(SegmentationReader.read(dicom, image), known);
    }

    /** Labels of the very image, with its corners where the image has them. */
    private static LabelMap onGrid(Path source, LabelMap labels, Grid image) {
        if (!labels.grid().isSameAs(image)) {
            throw new DecodeException(source.getFileName() + " must lie on the grid of its image: " + image + " vs "
                    + labels.grid() + " or another place in space; resample the labels (nearest neighbour) first");
        }
        return labels.withGrid(image);
    }

    private static Path onlyFile(Path folder) {
        try (var files = Files.list(folder)) {
            List<Path> found = new ArrayList<>(files.filter(Files::isRegularFile).limit(2).toList());
            if (found.size() != 1) {
                throw new DecodeException(folder.getFileName()
                        + " must hold one Segmentation object and nothing else; name the file");
            }
            return found.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Path file) {
        int max = 1 << 29;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(max + 1);
            if (bytes.length > max) {
                throw new DecodeException(file.getFileName() + " has more than " + max + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
