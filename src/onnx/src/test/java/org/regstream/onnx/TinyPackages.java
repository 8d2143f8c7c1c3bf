package org.regstream.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.regstream.core.geometry.Grid;

/** Lends the tiny package of the adapter's own tests to the service's: quick, and of the present contract. */
public final class TinyPackages {

    /** What its networks see, and where their golden pair lies. */
    public static final Grid GRID = TinyPackage.GRID;

    private TinyPackages() {}

    /** @param folder is made; the package knows the labels 1 and 2, "anterior hippocampus" and "posterior hippocampus" */
    public static Path withEnsemble(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("golden"));
        return TinyPackage.writeWithEnsemble(folder);
    }
}
