package org.regstream.training.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.regstream.core.ModelException;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.core.volume.nifti.NiftiWriter;

/**
 * A mean image with labels, cropped like the images it is made of.
 *
 * @param image  [D, H, W], whole numbers from 0 to {@link #RANGE}, LPS mm about the origin
 * @param labels on the same grid
 */
public record Template(Volume image, LabelMap labels) {

    /** Intensity that the mapping's upper end gets. */
    public static final int RANGE = 1000;

    /** Names inside a package folder. */
    public static final List<String> FILES = List.of("template/image.nii.gz", "template/labels.nii.gz");

    /** @param packageFolder {@code models/<id>} */
    public void write(Path packageFolder) {
        Path image = packageFolder.resolve(FILES.get(0));
        try {
            Files.createDirectories(image.getParent());
        } catch (IOException e) {
            throw new ModelException("cannot create " + image.getParent() + ": " + e, e);
        }
        NiftiWriter.write(image(), image);
        NiftiWriter.write(labels, packageFolder.resolve(FILES.get(1)));
    }

    /** @param packageFolder {@code models/<id>} */
    public static Template read(Path packageFolder) {
        return new Template(NiftiReader.readVolume(packageFolder.resolve(FILES.get(0))),
                NiftiReader.readLabels(packageFolder.resolve(FILES.get(1))));
    }
}
