package org.regstream.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.regstream.core.ModelException;
import org.regstream.core.Sha256;
import org.regstream.core.model.GraphSpec;
import org.regstream.core.model.ModelManifest;

/**
 * A folder {@code models/<id>/} whose listed files are those that its manifest names. Files are verified again whenever
 * they are read, so what runs is what was checked.
 */
public final class ModelPackage {

    /** Larger networks than this do not fit the purpose; a broken size must not fill the memory. */
    static final long MAX_FILE_BYTES = 512L << 20;

    private final Path folder;
    private final ModelManifest manifest;

    private ModelPackage(Path folder, ModelManifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /**
     * Reads the manifest and verifies every file it lists.
     *
     * @throws ModelException naming the file and what to do, if one is missing, too large, outside the folder or not the
     *                        one that was exported
     */
    public static ModelPackage open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ModelException("model package " + folder + " is not a folder; name one that holds "
                    + ManifestJson.FILE + ", such as models/hippocampus");
        }
        ModelPackage opened = new ModelPackage(folder, ManifestJson.read(folder.resolve(ManifestJson.FILE)));
        opened.manifest.files().keySet().forEach(opened::bytes);
        return opened;
    }

    public ModelManifest manifest() {
        return manifest;
    }

    /** @return the ONNX file of one of the manifest's graphs */
    byte[] graph(GraphSpec spec) {
        return bytes(spec.file());
    }

    GoldenPair golden() {
        return GoldenPair.decode(bytes(GoldenPair.FILE), folder.resolve(GoldenPair.FILE), manifest);
    }

    GoldenEnsemble goldenEnsemble() {
        return GoldenEnsemble.decode(bytes(GoldenEnsemble.FILE), folder.resolve(GoldenEnsemble.FILE), manifest,
                golden());
    }

    private byte[] bytes(String name) {
        Path file = inside(name);
        String expected = manifest.files().get(name);
        if (expected == null) {
            throw new ModelException(
                    folder.resolve(ManifestJson.FILE) + " must list the SHA-256 of " + name + ", lists "
                            + manifest.files().keySet() + "; export the package again");
        }
        byte[] bytes = PackageFiles.read(file, MAX_FILE_BYTES);
        String got = Sha256.hex(bytes);
        if (!got.equals(expected)) {
            throw new ModelException(file + " has SHA-256 " + got + ", the manifest says " + expected
                    + "; restore the file, or export the package again");
        }
        return bytes;
    }

    /** A manifest is data from outside: no name may lead out of the folder, not by {@code ..} and not by a link. */
    private Path inside(String name) {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder.normalize()) || Files.exists(file) && !isRealPathInside(file)) {
            throw new ModelException(folder.resolve(ManifestJson.FILE) + " lists " + name
                    + ", which lies outside the package; list only files of the folder");
        }
        return file;
    }

    private boolean isRealPathInside(Path file) {
        try {
            return file.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            throw PackageFiles.unreadable(file, e);
        }
    }

    @Override
    public String toString() {
        return "model " + manifest.id() + " " + manifest.version() + " in " + folder;
    }
}
