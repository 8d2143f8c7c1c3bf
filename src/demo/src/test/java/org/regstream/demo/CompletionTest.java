package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.service.Main;
import org.regstream.tools.ToolsCli;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The script for the shell is the one that the commands make. Of training's, whose program is not at hand here, the names alone. */
class CompletionTest {

    private static final Path ROOT = Path.of(System.getProperty("regstream.root"));
    private static final String KEPT = "deploy/completion/regstream.bash";

    @Test
    void shouldBeWhatTheCommandsMake() throws IOException {
        // the shebang would make it a program, and a lint's
        String made = "# Made by CompletionTest from the commands; not to be edited.\n"
                + AutoComplete.bash("regstream", all()).replaceFirst("#!.*\n", "");
        Path here = Files.writeString(Files.createDirectories(Path.of("target")).resolve("regstream.bash"), made);

        assertThat(Files.readString(ROOT.resolve(KEPT)))
                .as("%s; if the change is meant, replace it by %s", KEPT, here.toAbsolutePath()).isEqualTo(made);
    }

    private static CommandLine all() throws IOException {
        CommandLine root = new CommandLine(CommandSpec.create().name("regstream").mixinStandardHelpOptions(true));
        Stream.of(new Main(), new DemoCli(), new ToolsCli()).forEach(program -> new CommandLine(program)
                .getSubcommands().forEach((name, command) -> {
                    if (!root.getSubcommands().containsKey(name)) {
                        root.addSubcommand(name, command.getCommandSpec());
                    }
                }));
        for (String line : Files.readAllLines(ROOT.resolve("regstream"))) {
            if (line.matches("    [a-z |-]+\\) part=training ;;")) {
                for (String name : line.strip().split("\\)")[0].split(" \\| ")) {
                    root.addSubcommand(name, CommandSpec.create());
                }
            }
        }
        return root;
    }

    @Test
    void shouldCompleteCommandsAndOptions(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "skipped: no bash");

        assertThat(completed(folder, "regstream", "re")).contains("replay", "register", "report")
                .doesNotContain("serve");
        assertThat(completed(folder, "regstream", "tr")).contains("train");
        assertThat(completed(folder, "regstream", "replay", "--f")).contains("--folder", "--fresh-uids");
        assertThat(completed(folder, "regstream", "serve", "--b")).contains("--bootstrap");
    }

    private static List<String> completed(Path folder, String... words) throws Exception {
        Path out = folder.resolve("out");
        String script = "source '" + ROOT.resolve(KEPT) + "'; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                + (words.length - 1) + "; COMP_LINE='" + String.join(" ", words) + "'; COMP_POINT=${#COMP_LINE}; "
                + "$(complete -p regstream | sed 's/.*-F \\([^ ]*\\) .*/\\1/'); printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("/bin/bash", "-c", script).redirectErrorStream(true)
                .redirectOutput(out.toFile()).start();
        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readString(out).lines().map(String::strip).toList();
    }
}
