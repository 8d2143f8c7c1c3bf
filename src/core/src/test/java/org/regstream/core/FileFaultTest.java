package org.regstream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFaultTest {

    @TempDir
    Path folder;

    @Test
    void shouldSayThatThereIsNoSuchFile() {
        Path file = folder.resolve("scan.nii.gz");

        assertThat(FileFault.inWords(file, fault(() -> Files.newInputStream(file)))).isEqualTo("no such file: " + file);
    }

    @Test
    void shouldSayThatAFileIsNoFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("scan.nii.gz"));

        assertThat(FileFault.inWords(file, fault(() -> Files.newDirectoryStream(file))))
                .isEqualTo("not a folder: " + file);
    }

    @Test
    void shouldSayWhatTheUserMayNot() {
        assertThat(FileFault.inWords(folder, new AccessDeniedException(folder.toString())))
                .isEqualTo("this user may not read " + folder);
    }

    @Test
    void shouldPassOnWhatElseTheSystemSays() {
        assertThat(FileFault.inWords(folder, new IOException("Is a directory")))
                .isEqualTo("cannot read " + folder + ": Is a directory");
    }

    private static IOException fault(ThrowingCallable call) {
        return catchThrowableOfType(IOException.class, call);
    }
}
