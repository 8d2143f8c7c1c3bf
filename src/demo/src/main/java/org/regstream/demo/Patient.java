package org.regstream.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.regstream.core.ConfigurationException;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.ShapeMismatchException;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;

/**
 * The pre-operative side of the demo.
 *
 * @param image      [D, H, W], any unit
 * @param labels     on the same grid
 * @param structures what the labels are
 */
record Patient(Volume image, LabelMap labels, List<Structure> structures) {

    Patient {
        structures = List.copyOf(structures);
        if (!image.grid().isSameAs(labels.grid())) {
            throw new ShapeMismatchException("the patient's image and labels must share a grid: " + image.grid()
                    + " vs " + labels.grid());
        }
    }

    /**
     * The mean of the images the network learned from, which comes with the model package.
     *
     * @param folder     {@code template} of a model package
     * @param structures of its manifest; those that the label map holds are kept
     */
    static Patient template(Path folder, List<Structure> structures) {
        return read(folder.resolve("image.nii.gz"), folder.resolve("labels.nii.gz"), structures);
    }

    static Patient read(Path image, Path labels, List<Structure> structures) {
        requireFile(image);
        requireFile(labels);
        LabelMap map = NiftiReader.readLabels(labels);
        return new Patient(NiftiReader.readVolume(image), map,
                structures.stream().filter(s -> map.count(s.label()) > 0).toList());
    }

    private static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ConfigurationException(file + " is missing; restore the model package, or name a folder with "
                    + "--data that holds preoperative.nii.gz, preoperative-labels.nii.gz and live.nii.gz");
        }
    }

    /** Label channels, background included. */
    int channels() {
        return 1 + structures.stream().mapToInt(Structure::label).max().orElse(0);
    }
}
