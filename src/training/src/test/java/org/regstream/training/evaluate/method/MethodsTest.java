package org.regstream.training.evaluate.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regstream.core.ConfigurationException;
import org.regstream.training.evaluate.row.Row;

class MethodsTest {

    private final Methods methods = Methods.of(Methods.Options.NONE);

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
    }

    @Test
    void shouldOfferAPackageAsARow() {
        Methods withPackage = Methods.of(new Methods.Options(Optional.empty(), Optional.empty(), Duration.ofSeconds(1),
                Optional.of(Path.of("models/hippocampus"))));

        assertThat(withPackage.named("package")).extracting(Row::label).containsExactly("package hippocampus");
    }
}
