package org.regstream.tools.register;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.VelocityField;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.core.volume.nifti.NiftiWriter;
import org.regstream.core.warp.Integrate;
import org.regstream.core.warp.Resample;
import org.regstream.core.warp.Warp;
import org.regstream.dicom.write.MrImageWriter;
import org.regstream.dicom.write.MrSeriesDescription;

/** An image with known labels: the package's template, deformed by a smooth known field. */
record Hippocampus(Volume image, LabelMap labels) {

    static final Path MODEL = Path.of(System.getProperty("regstream.root"), "models", "hippocampus");
    static final Path TEMPLATE = MODEL.resolve("template/image.nii.gz");
    static final Path TEMPLATE_LABELS = MODEL.resolve("template/labels.nii.gz");

    /** Far from the template, its first two axes the other way round, slices of 1.25 mm. */
    static final Grid GRID = new Grid(30, 54, 38, new Affine(new Vector3(90, -60, 200), new Vector3(0, 0, 1.25),
            new Vector3(0, 1, 0), new Vector3(1, 0, 0)));

    /** On the template's own grid, moved by about 2 mm. */
    static Hippocampus deformed(long seed) {
        return deformed(seed, NiftiReader.readLabels(TEMPLATE_LABELS));
    }

    /** Likewise, with other labels. @param given of the template */
    static Hippocampus deformed(long seed, LabelMap given) {
        Volume image = NiftiReader.readVolume(TEMPLATE);
        DisplacementField u = Integrate.of(VelocityField.takeOwnershipOf(image.grid(),
                RandomData.smoothField(image.grid(), 2.5, seed).components()));
        return new Hippocampus(Warp.linear(image, u, 0),
                Warp.nearest(given.withGrid(image.grid()), u));
    }

    /** As scanned elsewhere: laid by its middle onto {@link #GRID}. */
    Hippocampus elsewhere() {
        Grid there = movedBy(image.grid(), GRID.centre().minus(image.grid().centre()));
        return new Hippocampus(Resample.linear(image.withGrid(there), GRID, 0),
                Resample.nearest(labels.withGrid(there), GRID));
    }

    static Grid movedBy(Grid grid, Vector3 translation) {
        Affine a = grid.affine();
        return new Grid(grid.depth(), grid.height(), grid.width(),
                new Affine(a.origin().plus(translation), a.stepK(), a.stepJ(), a.stepI()));
    }

    Path writeImage(Path file) {
        NiftiWriter.write(image, file);
        return file;
    }

    Path writeLabels(Path file) {
        NiftiWriter.write(labels, file);
        return file;
    }

    List<byte[]> instances() {
        return MrImageWriter.write(image, new MrSeriesDescription("2.25.11", "2.25.12", "2.25.13", 1,
                Instant.parse("2026-01-02T03:04:05Z")));
    }

    Path writeSeries(Path folder) {
        List<byte[]> instances = instances();
        try {
            Files.createDirectories(folder);
            for (int n = 0; n < instances.size(); n++) {
                Files.write(folder.resolve(n + ".dcm"), instances.get(n));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }
}
