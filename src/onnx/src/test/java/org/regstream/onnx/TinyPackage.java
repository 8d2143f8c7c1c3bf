package org.regstream.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.testkit.RandomData;

/**
 * Writes a whole model package around {@link ShiftGraph}s; its golden files come from {@link FakeModel}.
 */
final class TinyPackage {

    static final int[] SHIFT = {1, -2, 1};
    static final int[] OTHER_SHIFT = {-1, 0, 1};
    static final int CHANNELS = 3;
    static final Grid GRID = grid(Manifests.GRID);

    private TinyPackage() {}

    static Path write(Path folder) throws IOException {
        return write(folder, ShiftGraph.shifting(Manifests.GRID, CHANNELS, SHIFT[0], SHIFT[1], SHIFT[2]));
    }

    /** With another graph than the golden pair knows. */
    static Path write(Path folder, byte[] graph) throws IOException {
        writeStudent(folder, graph);
        return list(folder, "student.onnx", GoldenPair.FILE);
    }

    static Path writeWithEnsemble(Path folder) throws IOException {
        return writeWithEnsemble(folder,
                ShiftGraph.of(Manifests.GRID, CHANNELS, FakeModel.EXPECTED_ERROR, SHIFT, OTHER_SHIFT));
    }

    /** With another ensemble than the golden file knows. */
    static Path writeWithEnsemble(Path folder, byte[] ensemble) throws IOException {
        GoldenPair pair = writeStudent(folder,
                ShiftGraph.shifting(Manifests.GRID, CHANNELS, SHIFT[0], SHIFT[1], SHIFT[2]));
        Files.write(folder.resolve("ensemble.onnx"), ensemble);
        try (FakeModel expected = FakeModel.ensemble(Manifests.GRID, SHIFT, OTHER_SHIFT)) {
            GoldenEnsemble.record(pair, expected::look).write(folder);
        }
        ManifestJson.write(folder.resolve(ManifestJson.FILE), Manifests.withEnsemble(
                digests(folder, "student.onnx", GoldenPair.FILE, "ensemble.onnx", GoldenEnsemble.FILE)));
        return folder;
    }

    private static GoldenPair writeStudent(Path folder, byte[] graph) throws IOException {
        Files.write(folder.resolve("student.onnx"), graph);
        try (FakeModel expected = FakeModel.shifting(Manifests.GRID, SHIFT[0], SHIFT[1], SHIFT[2])) {
            GoldenPair pair = GoldenPair.record(expected::look, RandomData.volume(GRID, 1),
                    RandomData.volume(GRID, 2));
            pair.write(folder);
            return pair;
        }
    }

    /** Writes the manifest of files that are there. */
    static Path list(Path folder, String... names) {
        ManifestJson.write(folder.resolve(ManifestJson.FILE), Manifests.with(digests(folder, names)));
        return folder;
    }

    private static Map<String, String> digests(Path folder, String... names) {
        return Arrays.stream(names)
                .collect(Collectors.toMap(name -> name, name -> PackageFiles.sha256(folder.resolve(name))));
    }

    private static Grid grid(ModelGrid g) {
        return new Grid(g.depth(), g.height(), g.width(),
                Affine.axisAligned(new Vector3(10, -20, 30), g.spacingMm(), g.spacingMm(), g.spacingMm()));
    }
}
