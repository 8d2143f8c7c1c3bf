package org.regstream.training.evaluate.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.ConfigurationException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.MillimetreField;
import org.regstream.core.volume.nifti.NiftiWriter;
import org.regstream.training.TinyTask;
import org.regstream.training.data.Sample;
import org.regstream.training.evaluate.Pairing;
import org.regstream.training.evaluate.row.Budget;
import org.regstream.training.evaluate.row.Outcome;
import org.regstream.training.evaluate.row.PreparedRow;
import org.regstream.training.evaluate.row.RowSite;
import org.regstream.training.evaluate.row.RowUnavailableException;
import org.regstream.training.evaluate.row.Watch;

/** Outside programs are shell scripts here. */
class ExternalRowTest {

    private static final String PLACES = " {fixed} {moving} {labels} {out}";

    @TempDir
    Path folder;
    private final Sample fixed = TinyTask.sample(1);
    private final Pairing pair = new Pairing(fixed, TinyTask.sample(2));
    private Path field;

    /** 2 mm towards the patient's head. */
    @BeforeEach
    void writeField() {
        Grid g = fixed.image().grid();
        float[] mm = new float[3 * g.size()];
        Arrays.fill(mm, 2 * g.size(), 3 * g.size(), 2);
        field = folder.resolve("field with blank.nii.gz");
        NiftiWriter.write(MillimetreField.takeOwnershipOf(g, mm), field);
    }

    private String script(String body) throws IOException {
        Path script = folder.resolve("program.sh");
        Files.writeString(script, "set -eu\n" + body + "\n");
        return "sh " + script + PLACES;
    }

    private Outcome register(String command, Duration limit) {
        ExternalRow row = new ExternalRow("syn", "SyN", "--syn-command",
                Optional.of(ExternalCommand.parse(command, limit)));
        try (PreparedRow prepared = row.prepare(site())) {
            return prepared.registrar().register(pair);
        }
    }

    private Outcome register(String command) {
        return register(command, Duration.ofSeconds(20));
    }

    private RowSite site() {
        return new RowSite(TinyTask.TASK, new Budget(1, 2, 2, 1), List.of(), List.of(), folder, Watch.NONE);
    }

    private static final String GOOD = "test -s $1 && test -s $2 && cp $3 $4/labels.nii.gz && cp '%s' $4/displacement.nii.gz";

    @Test
    void shouldTakeLabelsAndFieldFromAProgram() throws IOException {
        Outcome outcome = register(script(String.format(GOOD, field)));

        // RAS: the slowest axis points to the head, 1 mm a voxel.
        assertThat(outcome.displacement().at(0, 8, 16, 8)).isCloseTo(2f, within(1e-4f));
        assertThat(outcome.displacement().at(1, 8, 16, 8)).isCloseTo(0f, within(1e-4f));
        assertThat(outcome.warped().at(8, 16, 8)).isCloseTo(pair.moving().image().at(10, 16, 8), within(1e-4f));
        assertThat(outcome.labels(true).argMax().labels()).isEqualTo(pair.moving().labels().labels());
        assertThat(outcome.refinedLabels()).isEmpty();
    }

    @Test
    void shouldKeepQuotedWordsTogetherAndTakeNoShell() {
        ExternalCommand command = ExternalCommand.parse("'my program' \"a b\" $HOME;" + PLACES, Duration.ofSeconds(1));

        assertThat(command.words()).containsExactly("my program", "a b", "$HOME;", "{fixed}", "{moving}", "{labels}",
                "{out}");
    }

    @Test
    void shouldRefuseACommandThatLacksAPlace() {
        assertThatThrownBy(() -> ExternalCommand.parse("syn {fixed} {moving} {out}", Duration.ofSeconds(1)))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("without {labels}");
    }

    @Test
    void shouldSayThatAProgramIsNotInstalled() {
        assertThatThrownBy(() -> register("no-such-program-here" + PLACES))
                .isInstanceOf(RowUnavailableException.class).hasMessageStartingWith("not installed");
        assertThatThrownBy(() -> new ExternalRow("syn", "SyN", "--syn-command", Optional.empty()).prepare(site()))
                .isInstanceOf(RowUnavailableException.class)
                .hasMessage("not installed: --syn-command was not given");
    }

    @Test
    void shouldRepeatTheEndOfWhatAFailingProgramSaid() throws IOException {
        String talkative = script(
                "i=0; while [ $i -lt 3000 ]; do echo noise $i; i=$((i+1)); done; echo the reason; exit 3");

        assertThatThrownBy(() -> register(talkative)).isInstanceOf(RowUnavailableException.class)
                .hasMessageContaining("exit code 3").hasMessageEndingWith("the reason")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2200));
    }

    @Test
    void shouldEndAProgramThatTakesTooLong() throws IOException {
        String endless = script("while true; do :; done");

        assertThatThrownBy(() -> register(endless, Duration.ofMillis(300)))
                .isInstanceOf(RowUnavailableException.class).hasMessageContaining("longer than");
    }

    @Test
    void shouldNotTakeTheResultOfThePairBefore() throws IOException {
        register(script(String.format(GOOD, field)));

        assertThatThrownBy(() -> register(script("exit 0"))).isInstanceOf(RowUnavailableException.class)
                .hasMessageContaining("left no labels.nii.gz");
    }

    @Test
    void shouldRefuseResultsThatLieElsewhere() throws IOException {
        String images = script("cp $3 $4/labels.nii.gz; cp $1 $4/displacement.nii.gz");
        assertThatThrownBy(() -> register(images)).isInstanceOf(RowUnavailableException.class)
                .hasMessageContaining("five axes");

        Grid g = fixed.image().grid();
        Grid moved = new Grid(g.depth(), g.height(), g.width(), g.affine().shifted(1, 0, 0));
        NiftiWriter.write(MillimetreField.takeOwnershipOf(moved, new float[3 * moved.size()]), field);
        assertThatThrownBy(() -> register(script(String.format(GOOD, field))))
                .isInstanceOf(RowUnavailableException.class).hasMessageContaining("must lie on the grid");

        Files.write(field, new byte[]{1, 2, 3});
        assertThatThrownBy(() -> register(script(String.format(GOOD, field))))
                .isInstanceOf(RowUnavailableException.class).hasMessageContaining("cut short");
    }
}
