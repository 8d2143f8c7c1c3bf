package org.regstream.core.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.regstream.core.testkit.FakeModel;

class ModelManifestTest {

    /** Limits go by name: one would have to do for both. */
    @Test
    void shouldRefuseTwoStructuresOfTheSameName() {
        ModelManifest m = FakeModel.manifest(new ModelGrid(8, 8, 8, 1, "LPS"));
        Structure second = new Structure(2, FakeModel.HEAD.name(), "7", "Another", "#00ff00");

        assertThatThrownBy(() -> new ModelManifest(m.schema(), m.id(), m.version(), m.grid(), m.intensity(),
                List.of(FakeModel.HEAD, second), m.student(), m.ensemble(), m.files(), m.provenance(), m.validation(),
                m.thresholds())).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("same name");
    }
}
