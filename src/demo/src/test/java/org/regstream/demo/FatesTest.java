package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FatesTest {

    @Test
    void shouldTellEachFateOnALineOfItsOwn() {
        Fates fates = new Fates(Map.of("a1", 24), Map.of("no procedure takes it", 3), 0, 2, List.of());

        assertThat(fates.isWell()).isFalse();
        assertThat(fates.lines()).satisfiesExactly(line -> assertThat(line).startsWith("24 registered").endsWith(" a1"),
                line -> assertThat(line).startsWith("3 set aside").endsWith("no procedure takes it"),
                line -> assertThat(line).startsWith("2 still wait"));
    }

    @Test
    void shouldTellRepeats() {
        Fates fates = new Fates(Map.of(), Map.of(), 24, 0, List.of());

        assertThat(fates.isWell()).isTrue();
        assertThat(fates.lines()).singleElement().asString().startsWith("24 repeats").contains("--fresh-uids");
    }

    /** What has no labels is no repeat where the service says why there are none. */
    @Test
    void shouldNotCallARefusedVolumeARepeat() {
        Fates fates = new Fates(Map.of(), Map.of(), 23, 0, List.of("GAP: 1 slice is missing."));

        assertThat(fates.isWell()).isFalse();
        assertThat(fates.lines()).hasSize(2).noneMatch(line -> line.contains("repeat"))
                .last().asString().contains("GAP: 1 slice is missing.");
    }
}
