package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regstream.service.Main;
import org.regstream.tools.ToolsCli;
import picocli.CommandLine;

/** The root script {@code regstream} in a tree of its own, with a Maven wrapper and a Java that only tell what they got. */
class LauncherScriptTest {

    private static final Path SCRIPT = Path.of(System.getProperty("regstream.root"), "regstream");
    private static final String SERVICE_JAR = "src/service/target/quarkus-app/quarkus-run.jar";
    private static final String DEMO_JAR = "src/demo/target/quarkus-app/quarkus-run.jar";
    private static final String TOOLS_JAR = "src/tools/target/regstream-tools-1.2.3.jar";
    private static final String TRAINING_JAR = "src/training/target/regstream-training-1.2.3.jar";
    private static final String ALL_JARS = String.join(" ", SERVICE_JAR, DEMO_JAR, TOOLS_JAR, TRAINING_JAR);

    @TempDir
    Path folder;

    private Path root;

    @BeforeEach
    void makeTree() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the script needs a POSIX shell at /bin/sh");
        root = Files.createDirectory(folder.toRealPath().resolve("tree"));
        Files.copy(SCRIPT, root.resolve("regstream"));
        Files.writeString(root.resolve("pom.xml"), "<project>\n  <version>1.2.3</version>\n</project>\n");
        for (String module : List.of("core", "dicom", "onnx", "navigation", "tools", "broker", "service", "demo",
                "training")) {
            Files.createDirectories(root.resolve("src/" + module + "/src/main"));
            Files.writeString(root.resolve("src/" + module + "/pom.xml"), "");
        }
        script("mvnw", "for jar in " + ALL_JARS + "; do mkdir -p $(dirname $jar); done",
                "[ -z \"${SLOW:-}\" ] || { echo '[INFO] Building regstream core 1.2.3        [1/2]'; sleep 2.5; }",
                "[ -z \"${BROKEN:-}\" ] || { echo no compiler; exit 1; }",
                "echo \"$*\" >>built", "for jar in " + ALL_JARS
                        + "; do case $* in *$(echo $jar | cut -d/ -f2)*) : >$jar ;; esac; done");
        script("jdk/bin/java",
                "if [ \"$1\" = -version ]; then echo 'openjdk version \"'${JAVA:-17.0.9}'\"' >&2; exit; fi",
                "echo java \"$@\" in \"$PWD\"", "exit ${CODE:-0}");
    }

    @Test
    void shouldListEveryCommandInItsHelp() throws Exception {
        Run help = run(List.of("--help"));

        assertThat(help.code).isZero();
        assertThat(help.output).contains("train ", "export ", "evaluate ", "template ");
        assertThat(Stream.of(new Main(), new DemoCli(), new ToolsCli())
                .flatMap(program -> new CommandLine(program).getSubcommands().keySet().stream()))
                .allSatisfy(command -> assertThat(help.output).containsPattern("(?m)^  " + command + " +\\w"));
    }

    @Test
    void shouldBuildOnlyWhatIsMissingAndPassArgumentsOn() throws Exception {
        // when
        Run first = run(List.of("register", "--out", "a b"));
        Run second = run(List.of("register", "--out", "a b"));

        // then
        assertThat(first.output).contains("building src/tools").contains("-jar " + root.resolve(TOOLS_JAR)
                + " register --out a b in " + folder.toRealPath());
        assertThat(second.output).doesNotContain("building").contains("register --out a b");
        assertThat(root.resolve("built")).hasContent("-B -DskipTests -pl src/tools -am package");
    }

    @Test
    void shouldRunTheTrainingJarForTrainingCommands() throws Exception {
        Run run = run(List.of("train", "--epochs", "1"));

        assertThat(run.output).contains("-jar " + root.resolve(TRAINING_JAR) + " train --epochs 1");
        assertThat(root.resolve("built")).hasContent("-B -DskipTests -pl src/training -am package");
    }

    @ParameterizedTest
    @CsvSource({"serve, " + SERVICE_JAR, "demo, " + DEMO_JAR, "replay, " + DEMO_JAR, "--version, " + TOOLS_JAR,
            "replay-log, " + TOOLS_JAR})
    void shouldRunThePartThatHasTheCommand(String command, String jar) throws Exception {
        assertThat(run(List.of(command)).output).contains("-jar " + root.resolve(jar) + " " + command);
    }

    /** What the poms say that a part is made of is what it is built again for. */
    @Test
    void shouldLookAtTheSourcesOfEveryModuleThatAPartIsMadeOf() throws IOException {
        Map<String, Set<String>> looked = new TreeMap<>();
        Pattern.compile("ensure \\S+ ([a-z ]+)").matcher(Files.readString(SCRIPT)).results()
                .map(found -> List.of(found.group(1).trim().split(" ")))
                .forEach(modules -> looked.put(modules.get(0), new TreeSet<>(modules)));

        assertThat(looked.keySet()).containsExactly("demo", "service", "tools", "training");
        for (Map.Entry<String, Set<String>> part : looked.entrySet()) {
            assertThat(part.getValue()).as(part.getKey()).isEqualTo(madeOf(part.getKey()));
        }
    }

    /** The module and those of ours that its pom and theirs name, tests left out. */
    private static Set<String> madeOf(String module) throws IOException {
        Set<String> all = new TreeSet<>(Set.of(module));
        String pom = Files.readString(SCRIPT.resolveSibling("src/" + module + "/pom.xml"));
        for (MatchResult found : Pattern.compile("<artifactId>regstream-(\\w+)</artifactId>\\s*</dependency>")
                .matcher(pom).results().toList()) {
            all.addAll(madeOf(found.group(1)));
        }
        return all;
    }

    @Test
    void shouldBuildAgainWhenASourceIsNewer() throws Exception {
        // given
        run(List.of("serve"));
        Path source = Files.writeString(root.resolve("src/core/src/main/A.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

        // then
        assertThat(run(List.of("serve")).output).contains("building src/service");
        assertThat(run(List.of("serve"), "REGSTREAM_BUILD=never").output).doesNotContain("building");
    }

    /** As it is for a user who may not write there, and so that stale code never looks new. */
    @Test
    void shouldTouchNothingWhenItMustNotBuild() throws Exception {
        // given
        run(List.of("serve"));
        Path jar = root.resolve(SERVICE_JAR);
        FileTime old = FileTime.from(Instant.now().minusSeconds(3600));
        Files.setLastModifiedTime(jar, old);
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("r--r--r--"));

        // when
        Run run = run(List.of("serve"), "REGSTREAM_BUILD=never");

        // then
        assertThat(run.code).isZero();
        assertThat(Files.getLastModifiedTime(jar)).isEqualTo(old);
        assertThat(run(List.of("serve")).output).as("what is stale is still seen to be").contains("building");
    }

    /** Minutes of silence look like a fault. */
    @Test
    void shouldSayWhatComesAndHowFarTheBuildIs() throws Exception {
        Run run = run(List.of("serve"), "SLOW=1", "HOME=" + folder);

        assertThat(run.output).contains("building src/service", "fetches some 330 MB",
                "regstream: regstream core, 1 of 2");
        Files.createDirectories(folder.resolve(".m2/repository/io/quarkus"));
        assertThat(run(List.of("demo"), "HOME=" + folder).output).contains("building src/demo")
                .doesNotContain("330 MB");
    }

    @Test
    void shouldWorkThroughALinkFromAnotherFolder() throws Exception {
        // given
        Path link = Files.createSymbolicLink(folder.toRealPath().resolve("link"), Path.of("tree/regstream"));

        // when
        Run run = execute(List.of(link.toString(), "serve"));

        // then
        assertThat(run.output).contains("-Dregstream.home=" + root + " -jar " + root.resolve(SERVICE_JAR));
    }

    /** An archive of {@code -Pdist}: no sources, no Maven. */
    @ParameterizedTest
    @CsvSource({"serve, lib/service/quarkus-run.jar", "report, lib/demo/quarkus-run.jar",
            "register, lib/tools/regstream-tools.jar", "train, lib/training/regstream-training.jar"})
    void shouldRunWhatTheArchiveHolds(String command, String jar) throws Exception {
        Path archive = Files.createDirectories(folder.toRealPath().resolve("archive/lib/demo")).getParent().getParent();
        Files.copy(SCRIPT, archive.resolve("regstream"));

        Run run = execute(List.of(archive.resolve("regstream").toString(), command, "x"));

        assertThat(run.output).contains("-Dregstream.home=" + archive + " -jar " + archive.resolve(jar) + " " + command
                + " x in ").doesNotContain("building");
    }

    /** What cannot be run here is at least read. */
    @Test
    void shouldKnowTheSameCommandsOnWindows() throws IOException {
        String script = Files.readString(SCRIPT.resolveSibling("src/dist/regstream.cmd"));
        Map<String, Set<String>> windows = new TreeMap<>();
        Pattern.compile("in \\(([^)]*)\\).*lib\\\\(\\w+)").matcher(script).results()
                .forEach(found -> windows.put(found.group(2), new TreeSet<>(List.of(found.group(1).split(" ")))));
        Map<String, Set<String>> posix = new TreeMap<>();
        Pattern.compile("(?m)^    ([a-zV| -]+)\\) part=(\\w+) ;;").matcher(Files.readString(SCRIPT)).results()
                .forEach(found -> posix.put(found.group(2), new TreeSet<>(List.of(found.group(1).split(" \\| ")))));

        assertThat(windows).isEqualTo(posix).hasSize(4);
    }

    @Test
    void shouldPassTheExitCodeThrough() throws Exception {
        assertThat(run(List.of("demo"), "CODE=7").code).isEqualTo(7);
    }

    @Test
    void shouldRefuseAnUnknownCommandAsAMistakeOfUsage() throws Exception {
        Run run = run(List.of("fly"));

        assertThat(run.code).isEqualTo(2);
        assertThat(run.output).contains("Usage:").contains("unknown command fly");
        assertThat(root.resolve("built")).doesNotExist();
    }

    @Test
    void shouldSayWhichJavaIsTooOld() throws Exception {
        Run run = run(List.of("serve"), "JAVA=11.0.2");

        assertThat(run.code).isEqualTo(1);
        assertThat(run.output).contains("is version 11, 17 or later is needed; set JAVA_HOME");
    }

    @Test
    void shouldShowTheEndOfTheLogWhenTheBuildFails() throws Exception {
        Run run = run(List.of("serve"), "BROKEN=1");

        assertThat(run.code).isEqualTo(1);
        assertThat(run.output).contains("no compiler").contains("the build of src/service failed");
    }

    private record Run(int code, String output) {}

    private Run run(List<String> arguments, String... environment) throws Exception {
        List<String> command = new ArrayList<>(List.of(root.resolve("regstream").toString()));
        command.addAll(arguments);
        return execute(command, environment);
    }

    private Run execute(List<String> command, String... environment) throws Exception {
        File output = Files.createTempFile(folder, "output", ".txt").toFile();
        ProcessBuilder process = new ProcessBuilder(command).directory(folder.toRealPath().toFile())
                .redirectErrorStream(true).redirectOutput(output);
        process.environment().keySet().removeIf(name -> name.startsWith("REGSTREAM_"));
        process.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        for (String setting : environment) {
            process.environment().put(setting.split("=")[0], setting.split("=")[1]);
        }
        Process started = process.start();
        assertThat(started.waitFor(60, TimeUnit.SECONDS)).as("the script ends").isTrue();
        return new Run(started.exitValue(), Files.readString(output.toPath()));
    }

    private void script(String name, String... lines) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
