package org.regstream.training.evaluate.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regstream.core.ConfigurationException;
import org.regstream.training.evaluate.method.TrainingPlan.SnapshotChoice;
import org.regstream.training.evaluate.row.Paper;
import org.regstream.training.evaluate.row.Row;
import org.regstream.training.network.Precision;
import org.regstream.training.network.Preset;

class MethodsTest {

    private static final TrainingPlan PLAN = new TrainingPlan(Preset.FAST, 1e-3, SnapshotChoice.RANDOM);

    private final Methods methods = Methods.of(Methods.Options.of(PLAN, () -> Precision.FLOAT32));

    private List<String> names(Paper paper) {
        return methods.all().stream().filter(r -> r.paper() == paper).map(Row::name).toList();
    }

    @Test
    void shouldHaveEveryRowThatMethodsNames() {
        assertThat(names(Paper.P1)).containsExactly("unregistered", "voxelmorph", "ours", "voxelmorph+boot",
                "voxelmorph+drop", "voxelmorph+snap", "ours+boot", "ours+drop", "ours+snap");
        assertThat(names(Paper.P2)).containsExactly("initial", "syn", "deeds", "dif-vm", "vm-1", "vm-2", "vm-3", "vm-4",
                "vm-5", "cir-dm", "as+atc", "as", "s+tc", "as+tc");
        assertThat(names(Paper.OWN)).containsExactly("optimise");
    }

    @Test
    void shouldChooseRowsByNameInTheOrderOfTheTables() {
        assertThat(methods.named("syn, unregistered")).extracting(Row::name).containsExactly("unregistered", "syn");
        assertThat(methods.named("all")).isEqualTo(methods.all());
    }

    @Test
    void shouldNameTheRowsThereAre() {
        assertThatThrownBy(() -> methods.named("unregistered,synn")).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no method synn").hasMessageContaining("deeds");
        assertThatThrownBy(() -> methods.named("package")).hasMessageContaining("--model");
        assertThatThrownBy(() -> methods.named(" , ")).hasMessageContaining("choose from all");
    }

    @Test
    void shouldOfferAPackageAsARow() {
        Methods withPackage = Methods.of(new Methods.Options(Optional.empty(), Optional.empty(), Duration.ofSeconds(1),
                Optional.of(Path.of("models/hippocampus")), PLAN, () -> Precision.FLOAT32));

        assertThat(withPackage.named("package")).extracting(Row::label).containsExactly("package hippocampus");
    }
}
