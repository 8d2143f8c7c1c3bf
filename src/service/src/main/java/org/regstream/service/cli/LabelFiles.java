package org.regstream.service.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.nifti.NiftiContent;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.FolderFiles;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.read.LabelledImage;
import org.regstream.dicom.read.SegmentationReader;
import org.regstream.service.procedure.GivenLabels;

/** Reads labels of an image: NIfTI label maps, and DICOM Segmentation objects. */
final class LabelFiles {

    private static final long MAX_BYTES = 1L << 29;

    private final List<Structure> known;
    private final Consumer<String> notices;

    /** @param known the network's structures: what they are called, or numbered in NIfTI, is one of them
     *  @param notices takes what whoever gave labels should know */
    LabelFiles(List<Structure> known, Consumer<String> notices) {
        this.known = List.copyOf(known);
        this.notices = notices;
    }

    /**
     * @param source NIfTI file, Segmentation object, or a folder that holds just one Segmentation object
     * @param image  that was labelled
     * @return labels on its grid, with what they are
     */
    GivenLabels read(Path source, LabelledImage image) {
        if (Files.isDirectory(source)) {
            return read(onlyFile(source), image);
        }
        if (!ImageFiles.isDicom(source)) {
            NiftiContent<LabelMap> nifti = NiftiReader.labels(source);
            nifti.notice().ifPresent(notice -> notices.accept(source.getFileName() + ": " + notice));
            return GivenLabels.of(onGrid(source, nifti.content(), image.grid()), known);
        }
        DicomObject dicom = FrameReader.withDefaults().readObject(FolderFiles.bytes(source, MAX_BYTES));
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
}
