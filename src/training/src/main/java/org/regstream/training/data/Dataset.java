package org.regstream.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.regstream.core.ConfigurationException;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;

/** A folder with {@code images/NAME.nii.gz} and {@code labels/NAME.nii.gz}. */
public final class Dataset {
    private static final String SUFFIX = ".nii.gz";
    private final Path folder;
    private final List<String> names;

    private Dataset(Path folder, List<String> names) {
        this.folder = folder;
        this.names = names;
    }

    /** @throws ConfigurationException if there is no image, or one has no labels */
    public static Dataset open(Path folder) {
        Path images = folder.resolve("images");
        try (Stream<Path> files = Files.list(images)) {
            List<String> names = files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(SUFFIX) && !f.startsWith(".")).sorted().toList();
            if (names.isEmpty()) {
                throw new ConfigurationException("no *" + SUFFIX + " in " + images);
            }
            for (String name : names) {
                if (!Files.isRegularFile(folder.resolve("labels").resolve(name))) {
                    throw new ConfigurationException("labels/" + name + " is missing in " + folder
                            + ": each image needs a label map of the same name");
                }
            }
            return new Dataset(folder, names);
        } catch (IOException e) {
            throw new ConfigurationException("cannot list " + images
                    + ": expected a folder with images/ and labels/ of NIfTI files", e);
        }
    }

    /** File names with their suffix, sorted. */
    public List<String> names() {
        return names;
    }

    public Split split() {
        return Split.of(names);
    }

    /** @throws org.regstream.core.DecodeException if a file is not NIfTI */
    public List<Sample> read(List<String> selected, Task task) {
        return selected.stream().map(name -> read(name, task)).toList();
    }

    private Sample read(String name, Task task) {
        Volume image = NiftiReader.readVolume(folder.resolve("images").resolve(name));
        LabelMap labels = NiftiReader.readLabels(folder.resolve("labels").resolve(name));
        requireKnown(name, labels, task);
        return Sample.of(name, image, labels, task);
    }

    private static void requireKnown(String name, LabelMap labels, Task task) {
        if (labels.maxLabel() >= task.channels()) {
            throw new ConfigurationException("labels/" + name + " holds label " + labels.maxLabel() + ", task "
                    + task.id() + " knows 0 to " + (task.channels() - 1) + "; renumber or remove the others");
        }
    }
}
