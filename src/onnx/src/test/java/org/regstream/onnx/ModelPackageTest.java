package org.regstream.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.ModelException;

class ModelPackageTest {

    @TempDir
    Path root;

    private Path folder;

    @BeforeEach
    void writePackage() throws IOException {
        folder = Files.createDirectory(root.resolve("tiny"));
        TinyPackage.write(folder);
    }

    @Test
    void shouldOpenAPackageWhoseFilesAreThoseOfTheManifest() {
        assertThat(ModelPackage.open(folder).manifest().id()).isEqualTo("tiny");
    }

    @Test
    void shouldNameTheFileThatWasChanged() throws IOException {
        Path student = folder.resolve("student.onnx");
        byte[] bytes = Files.readAllBytes(student);
        bytes[bytes.length / 2] ^= 1;
        Files.write(student, bytes);

        assertThatThrownBy(() -> ModelPackage.open(folder)).isInstanceOf(ModelException.class)
                .hasMessageContaining(student + " has SHA-256").hasMessageContaining("restore the file");
    }

    @Test
    void shouldNameTheFileThatIsMissing() throws IOException {
        Files.delete(folder.resolve(GoldenPair.FILE));

        assertThatThrownBy(() -> ModelPackage.open(folder)).isInstanceOf(ModelException.class)
                .hasMessageContaining("pair.npz is missing");
    }

    @Test
    void shouldRefuseAPackageWithoutAGoldenPair() {
        ManifestJson.write(folder.resolve(ManifestJson.FILE),
                Manifests.with(Map.of("student.onnx", PackageFiles.sha256(folder.resolve("student.onnx")))));

        assertThatThrownBy(() -> OnnxModel.openStudent(folder, OnnxSettings.DEFAULT)).isInstanceOf(ModelException.class)
                .hasMessageContaining("must list the SHA-256 of golden/pair.npz");
    }

    @Test
    void shouldRefuseANameThatLeavesTheFolder() throws IOException {
        Files.write(folder.resolveSibling("outside.bin"), new byte[3]);

        TinyPackage.list(folder, "student.onnx", "../outside.bin");

        assertThatThrownBy(() -> ModelPackage.open(folder)).isInstanceOf(ModelException.class)
                .hasMessageContaining("../outside.bin, which lies outside the package");
    }

    @Test
    void shouldRefuseALinkThatLeavesTheFolder() throws IOException {
        Path outside = Files.write(folder.resolveSibling("outside.bin"), new byte[3]);
        Files.createSymbolicLink(folder.resolve("link.bin"), outside.toAbsolutePath());

        TinyPackage.list(folder, "student.onnx", "link.bin");

        assertThatThrownBy(() -> ModelPackage.open(folder)).isInstanceOf(ModelException.class)
                .hasMessageContaining("link.bin, which lies outside the package");
    }

    @Test
    void shouldSayWhatAPackageIsWhenTheFolderIsMissing() {
        assertThatThrownBy(() -> ModelPackage.open(folder.resolve("none"))).isInstanceOf(ModelException.class)
                .hasMessageContaining("is not a folder; name one that holds manifest.json");
    }
}
