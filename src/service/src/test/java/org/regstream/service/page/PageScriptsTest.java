package org.regstream.service.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's own tests, {@code src/test/js}, in Node. */
class PageScriptsTest {

    private static final Path SCRIPTS = Path.of("src", "main", "resources", "META-INF", "resources", "page");
    private static final Path TESTS = Path.of("src", "test", "js");
    private static final long LIMIT_SECONDS = 120;

    @TempDir
    Path folder;

    @Test
    void shouldPassInNode() throws Exception {
        assumeTrue(hasNode(), "skipped: no node of version 18 or later on the PATH");
        Files.writeString(folder.resolve("package.json"), "{\"type\": \"module\"}");
        copy(SCRIPTS, folder.resolve("page"));
        copy(TESTS, folder);
        Path log = folder.resolve("log");

        Process node = node(List.of("--test"), log);

        assertThat(node.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).containsPattern("# pass [1-9][0-9]");
    }

    private boolean hasNode() throws InterruptedException {
        try {
            Path log = folder.resolve("version");
            return node(List.of("--version"), log).waitFor() == 0
                    && Integer.parseInt(Files.readString(log).strip().replaceAll("v(\\d+)\\..*", "$1")) >= 18;
        } catch (IOException e) {
            return false;
        }
    }

    private Process node(List<String> options, Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // without it the tests' output goes to a terminal's colours, and to no "# pass" line
        builder.environment().put("NO_COLOR", "1");
        return builder.start();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".js")).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
