package org.regstream.gateway;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of DCMTK, GDCM or OpenSSL; a test that needs one that is missing is skipped and says which. */
record Tool(String name) {

    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    /** What a program said and how it ended. */
    record Outcome(int status, String output) {
        boolean succeeded() {
            return status == 0;
        }
    }

    static Tool require(String name) {
        boolean found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        assumeTrue(found, name + " is not on the PATH; Debian has it in dcmtk, libgdcm-tools, openssl or orthanc");
        return new Tool(name);
    }

    Outcome run(Object... arguments) throws IOException, InterruptedException {
        return start(arguments).end();
    }

    /** Starts it without waiting. */
    Running start(Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(name));
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        Path said = Files.createTempFile("tool-", ".log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        return new Running(process, said);
    }

    /** A started program. */
    record Running(Process process, Path said) {
        Outcome end() throws IOException, InterruptedException {
            if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            String output = Files.readString(said, StandardCharsets.ISO_8859_1);
            Files.delete(said);
            return new Outcome(process.exitValue(), output);
        }
    }
}
