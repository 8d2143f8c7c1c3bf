package org.regstream.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.regstream.core.ConfigurationException;

/** Browsers for the display page. */
final class PageBrowser {

    private static final List<String> CHROMIUMS = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final long STOP_SECONDS = 10;

    private final Process process;
    private final Path profile;

    private PageBrowser(Process process, Path profile) {
        this.process = process;
        this.profile = profile;
    }

    /** Opens a page in the user's own browser where there is a screen; nothing happens where there is none. */
    static void openOnScreen(URI page) {
        opener().ifPresent(command -> {
            try {
                new ProcessBuilder(Stream.concat(command.stream(), Stream.of(page.toString())).toList())
                        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            } catch (IOException e) {
                // its address is printed: whoever wants to see it can open it
            }
        });
    }

    private static Optional<List<String>> opener() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return Optional.of(List.of("open"));
        }
        if (system.contains("windows")) {
            return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler"));
        }
        boolean hasScreen = System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
        return hasScreen ? onPath("xdg-open").map(program -> List.of(program.toString())) : Optional.empty();
    }

    /**
     * Opens a page in a Chromium without a window, 1920 x 1080.
     *
     * @throws ConfigurationException if there is none on the PATH
     */
    static PageBrowser openHeadless(URI page) {
        Path chromium = CHROMIUMS.stream().flatMap(name -> onPath(name).stream()).findFirst()
                .orElseThrow(() -> new ConfigurationException("--headless-page needs a Chromium on the PATH ("
                        + String.join(", ", CHROMIUMS) + "), found none; install one, or open " + page + " yourself"));
        try {
            Path profile = Files.createTempDirectory("regstream-page-");
            List<String> command = new ArrayList<>(List.of(chromium.toString(), "--headless", "--no-sandbox",
                    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
                    "--window-size=1920,1080", "--remote-debugging-port=0", "--user-data-dir=" + profile,
                    page.toString()));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("TMPDIR", profile.toString());
            return new PageBrowser(builder.start(), profile);
        } catch (IOException e) {
            throw new ConfigurationException("cannot start " + chromium + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .filter(folder -> !folder.isEmpty()).map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable).findFirst();
    }

    /** Ends it and deletes what it has written. */
    void close() {
        List<ProcessHandle> family = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        family.forEach(ProcessHandle::destroy);
        family.forEach(PageBrowser::awaitEnd);
        delete(profile);
    }

    private static void awaitEnd(ProcessHandle member) {
        try {
            member.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            member.destroyForcibly();
        } catch (InterruptedException e) {
            member.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            // a temporary folder: the system deletes it
        }
    }
}
