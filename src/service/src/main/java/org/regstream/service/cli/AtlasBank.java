package org.regstream.service.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.regstream.core.ConfigurationException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.pipeline.WindowImage;
import org.regstream.core.similarity.Nlcc;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;

/**
 * Labelled images to choose the moving image from (METHODS, atlas choice): the one whose window has the highest NLCC with the
 * fixed image's window, both centred and mapped as the network sees them. Windows are kept in memory.
 */
final class AtlasBank {

    /** Each keeps a window: the hippocampus window is 0.7 MB. */
    static final int MAX_ATLASES = 1000;

    private static final String LABELS_SUFFIX = "_labels";

    /** An image with its labels' file. */
    record Atlas(Path image, Path labels) {}

    /** @param nlcc in [0, 1] between the windows, before registration */
    record Choice(Atlas atlas, double nlcc) {}

    private record Entry(Atlas atlas, Window window) {}

    private final ModelManifest manifest;
    private final List<Entry> entries;

    private AtlasBank(ModelManifest manifest, List<Entry> entries) {
        this.manifest = manifest;
        this.entries = entries;
    }

    /**
     * @param folder holds {@code images} and {@code labels} with files of the same names, or pairs {@code NAME.nii.gz} and
     *               {@code NAME_labels.nii.gz}
     * @param notices takes which atlases are left out, and why
     * @throws ConfigurationException if no pair is found, an image lacks its labels or there are too many
     */
    static AtlasBank read(Path folder, ModelManifest manifest, Consumer<String> notices) {
        List<Atlas> atlases = atlases(folder);
        if (atlases.isEmpty() || atlases.size() > MAX_ATLASES) {
            throw new ConfigurationException("atlas bank " + folder + " must hold 1 to " + MAX_ATLASES
                    + " labelled NIfTI images, got " + atlases.size()
                    + "; put images/NAME.nii.gz and labels/NAME.nii.gz, or NAME.nii.gz and NAME_labels.nii.gz, there");
        }
        List<Entry> entries = new ArrayList<>();
        for (Atlas atlas : atlases) {
            Window window = Window.of(manifest, NiftiReader.readVolume(atlas.image()));
            if (window.hasImage()) {
                entries.add(new Entry(atlas, window));
            } else {
                notices.accept("left out: " + atlas.image().getFileName()
                        + " (no intensity in the network's window but what is not a number)");
            }
        }
        return new AtlasBank(manifest, List.copyOf(entries));
    }

    int size() {
        return entries.size();
    }

    /**
     * @param fixed an image that is never its own atlas: the same file in the bank is passed over
     * @return the best atlas; of equals the first by name
     */
    Choice choose(MedicalImage fixed) {
        Window window = Window.of(manifest, fixed.volume());
        return entries.parallelStream().filter(e -> !isSameFile(e.atlas().image(), fixed.source()))
                .map(e -> new Choice(e.atlas(), window.nlcc(e.window())))
                .max(Comparator.comparingDouble(Choice::nlcc)
                        .thenComparing(c -> c.atlas().image(), Comparator.reverseOrder()))
                .orElseThrow(() -> new ConfigurationException(
                        "the atlas bank holds no image that can be used but the fixed one itself; add other labelled images"));
    }

    private static List<Atlas> atlases(Path folder) {
        Path images = folder.resolve("images");
        List<Atlas> atlases = new ArrayList<>();
        if (Files.isDirectory(images)) {
            ImageFiles.niftiFiles(images).forEach(image -> atlases.add(
                    new Atlas(image, existing(folder.resolve("labels").resolve(image.getFileName()), image))));
        } else {
            ImageFiles.niftiFiles(folder).stream().filter(f -> !ImageFiles.stem(f).endsWith(LABELS_SUFFIX))
                    .forEach(image -> atlases.add(new Atlas(image, existing(labelsBeside(image), image))));
        }
        return atlases;
    }

    private static Path labelsBeside(Path image) {
        String stem = ImageFiles.stem(image);
        return image.resolveSibling(stem + LABELS_SUFFIX + image.getFileName().toString().substring(stem.length()));
    }

    private static Path existing(Path labels, Path image) {
        if (!Files.isRegularFile(labels)) {
            throw new ConfigurationException("atlas " + image.getFileName() + " has no labels: expected " + labels);
        }
        return labels;
    }

    private static boolean isSameFile(Path a, Path b) {
        try {
            return Files.isSameFile(a, b);
        } catch (IOException e) {
            return false;
        }
    }

    /** An image as the network sees it before registration. @param inside true where the window lies inside the image */
    private record Window(Volume mapped, boolean[] inside) {

        static Window of(ModelManifest manifest, Volume image) {
            Grid grid = manifest.grid().centredOn(image.grid());
            WindowImage window = WindowImage.of(image, grid, manifest.intensity());
            return new Window(window.mapped(), window.inside());
        }

        boolean hasImage() {
            for (boolean in : inside) {
                if (in) {
                    return true;
                }
            }
            return false;
        }

        double nlcc(Window other) {
            boolean[] both = inside.clone();
            for (int x = 0; x < both.length; x++) {
                both[x] &= other.inside[x];
            }
            double nlcc = Nlcc.of(mapped, other.mapped.withGrid(mapped.grid()), Nlcc.DEFAULT_WINDOW, both);
            return Double.isNaN(nlcc) ? 0 : nlcc;
        }
    }
}
