package org.regstream.service.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.regstream.core.ConfigurationException;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.read.Segmentation;
import org.regstream.dicom.read.SegmentationReader;

/** Reads labels of an image: NIfTI label maps, and DICOM Segmentation objects. */
final class LabelFiles {

    private final List<Structure> known;

    /** @param known the network's structures: what labels mean */
    LabelFiles(List<Structure> known) {
        this.known = List.copyOf(known);
    }

    /**
     * @param source NIfTI file, Segmentation object, or a folder that holds just one Segmentation object
     * @param image  grid of the image that was labelled
     * @return labels on {@code image}, numbered as the network's structures are
     */
    LabelMap read(Path source, Grid image) {
        if (Files.isDirectory(source)) {
            return read(onlyFile(source), image);
        }
        if (ImageFiles.isNifti(source)) {
            return onGrid(source, NiftiReader.readLabels(source), image);
        }
        DicomObject dicom = FrameReader.withDefaults().readObject(bytes(source));
        return renumbered(SegmentationReader.read(dicom, image));
    }

    /** @return the structures that a map holds
     *  @throws ConfigurationException if it holds a label that is none of them */
    List<Structure> structuresIn(LabelMap labels) {
        if (labels.maxLabel() > known.size()) {
            throw new ConfigurationException("the label map holds label " + labels.maxLabel() + ", the model knows "
                    + known.stream().map(s -> s.label() + " " + s.name()).toList()
                    + "; remove or renumber the others");
        }
        return known.stream().filter(s -> labels.count(s.label()) > 0).toList();
    }

    /** Labels of the very image, with its corners where the image has them. */
    private static LabelMap onGrid(Path source, LabelMap labels, Grid image) {
        if (!labels.grid().isSameAs(image)) {
            throw new DecodeException(source.getFileName() + " must lie on the grid of its image: " + image + " vs "
                    + labels.grid() + " or another place in space; resample the labels (nearest neighbour) first");
        }
        return labels.withGrid(image);
    }

    private LabelMap renumbered(Segmentation segmentation) {
        byte[] numbers = new byte[256];
        for (Structure segment : segmentation.structures()) {
            numbers[segment.label()] = (byte) numberOf(segment);
        }
        byte[] labels = segmentation.labels().labels().clone();
        for (int x = 0; x < labels.length; x++) {
            labels[x] = numbers[labels[x] & 0xff];
        }
        return LabelMap.takeOwnershipOf(segmentation.labels().grid(), labels);
    }

    /** By code and name; by code alone where only one structure has it. Never by number: programs number as they like. */
    private int numberOf(Structure segment) {
        List<Structure> sameCode = known.stream().filter(k -> k.code().equals(segment.code())).toList();
        return sameCode.stream().filter(k -> sameCode.size() == 1 || k.name().equalsIgnoreCase(segment.name()))
                .findFirst().map(Structure::label).orElseThrow(() -> new ConfigurationException(
                        "the model does not know segment " + segment.label() + " (" + segment.name() + ", SNOMED CT "
                                + segment.code() + "); it knows " + known.stream()
                                        .map(k -> k.name() + ", SNOMED CT " + k.code()).toList()
                                + "; name and code the segments so, or export the labels as NIfTI"));
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
