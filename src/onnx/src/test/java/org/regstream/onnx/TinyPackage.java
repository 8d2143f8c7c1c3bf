package org.regstream.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.testkit.RandomData;

/** Writes a whole model package around {@link ShiftGraph}; its golden pair comes from {@link FakeModel}. */
final class TinyPackage {

    static final int[] SHIFT = {1, -2, 1};
    static final int CHANNELS = 3;
    static final Grid GRID = grid(Manifests.GRID);

    private TinyPackage() {}

    static Path write(Path folder) throws IOException {
        return write(folder, ShiftGraph.shifting(Manifests.GRID, CHANNELS, SHIFT[0], SHIFT[1], SHIFT[2]));
    }

    /** With another graph than the golden pair knows. */
    static Path write(Path folder, byte[] graph) throws IOException {
        Path student = folder.resolve("student.onnx");
        Files.write(student, graph);
        try (FakeModel expected = FakeModel.shifting(Manifests.GRID, SHIFT[0], SHIFT[1], SHIFT[2])) {
            GoldenPair.record(expected::predict, CHANNELS, RandomData.volume(GRID, 1), RandomData.volume(GRID, 2),
                    RandomData.labels(GRID, CHANNELS, 3)).write(folder);
        }
        return list(folder, "student.onnx", GoldenPair.FILE);
    }

    /** Writes the manifest of files that are there. */
    static Path list(Path folder, String... names) {
        ModelManifest manifest = Manifests
                .with(Map.of(names[0], PackageFiles.sha256(folder.resolve(names[0])), names[1],
                        PackageFiles.sha256(folder.resolve(names[1]))));
        ManifestJson.write(folder.resolve(ManifestJson.FILE), manifest);
        return folder;
    }

    private static Grid grid(ModelGrid g) {
        return new Grid(g.depth(), g.height(), g.width(),
                Affine.axisAligned(new Vector3(10, -20, 30), g.spacingMm(), g.spacingMm(), g.spacingMm()));
    }
}
