package org.regstream.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TerseUsageTest {

    private final StringWriter err = new StringWriter();
    private final CommandLine line = TerseUsage.on(new CommandLine(new ToolsCli())).setErr(new PrintWriter(err, true));

    @Test
    void shouldNameTheWrongOptionAndWhereHelpIs() {
        int code = line.execute("register", "--fixed", "a.nii", "--atlas-bank", "b", "--out", "o", "--fxied-labels",
                "c");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).startsWith("regstream register: Unknown option").contains("--fxied-labels")
                .endsWith("See regstream register --help." + System.lineSeparator());
        assertThat(err.toString().lines().count()).isLessThan(6);
    }

    @Test
    void shouldNameWhatIsMissing() {
        int code = line.execute("apply");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElseThrow()).startsWith("regstream apply: Missing required");
    }

    @Test
    void shouldSayThatAnInputIsNotThereBeforeAModelIsLoaded() {
        int code = line.execute("register", "--fixed", "none.nii.gz", "--atlas-bank", "b", "--out", "o", "--model",
                "no-model-either");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("regstream register: no such file or folder: none.nii.gz"
                + System.lineSeparator());
    }
}
