package org.regstream.core.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.ShapeMismatchException;

class DiceTest {
    private static final Grid GRID = TestGrids.oblique(1, 2, 4);

    @Test
    void shouldBeOneForEqualMaps() {
        LabelMap map = RandomData.labels(TestGrids.oblique(3, 4, 5), 3, 1);
        assertThat(Dice.perLabel(map, map, 3)).containsExactly(1, 1, 1);
    }

    @Test
    void shouldFollowTheDefinition() {
        // given: label 1 has 3 and 2 voxels, 2 shared; label 2 has 1 and 3, 1 shared; background 4 and 3, 3 shared
        LabelMap a = map(0, 0, 0, 0, 1, 1, 1, 2);
        LabelMap b = map(0, 0, 0, 2, 1, 1, 2, 2);

        // when
        double[] dice = Dice.perLabel(a, b, 3);

        // then: 2 * 3 / 7, 2 * 2 / 5, 2 * 1 / 4
        assertThat(dice).containsExactly(6.0 / 7, 4.0 / 5, 2.0 / 4);
        assertThat(Dice.meanForeground(dice)).isEqualTo((4.0 / 5 + 2.0 / 4) / 2);
        assertThat(Dice.meanWithBackground(dice)).isEqualTo((6.0 / 7 + 4.0 / 5 + 2.0 / 4) / 3);
        assertThat(Dice.meanForeground(a, b, 3)).isEqualTo(Dice.meanForeground(dice));
    }

    @Test
    void shouldLeaveOutLabelsNeitherMapUsesButPunishLostOnes() {
        // given: nobody uses label 2, only one map uses label 3
        LabelMap a = map(0, 0, 0, 0, 1, 1, 3, 3);
        LabelMap b = map(0, 0, 0, 0, 1, 1, 0, 0);

        // when
        double[] dice = Dice.perLabel(a, b, 4);

        // then
        assertThat(dice[2]).isNaN();
        assertThat(dice[3]).isZero();
        assertThat(Dice.meanForeground(dice)).isEqualTo((1.0 + 0) / 2);
    }

    @Test
    void shouldBeUndefinedWithoutForeground() {
        assertThat(Dice.meanForeground(map(0, 0, 0, 0, 0, 0, 0, 0), map(0, 0, 0, 0, 0, 0, 0, 0), 3)).isNaN();
    }

    @Test
    void shouldReadLabelsAsUnsigned() {
        LabelMap map = map(200, 200, 255, 0, 0, 0, 0, 0);
        assertThat(Dice.perLabel(map, map, 256)[200]).isEqualTo(1);
    }

    @Test
    void shouldRefuseMapsOnDifferentGrids() {
        LabelMap moved = map(0, 0, 0, 0, 0, 0, 0, 0).withGrid(TestGrids.leftHanded(1, 2, 4));
        LabelMap other = RandomData.labels(TestGrids.oblique(1, 4, 2), 2, 1);
        LabelMap map = map(0, 0, 0, 0, 0, 0, 0, 0);
        assertThatThrownBy(() -> Dice.perLabel(map, moved, 2)).isInstanceOf(ShapeMismatchException.class);
        assertThatThrownBy(() -> Dice.perLabel(map, other, 2)).isInstanceOf(ShapeMismatchException.class)
                .hasMessageContaining("[1, 2, 4]").hasMessageContaining("[1, 4, 2]");
    }

    private static LabelMap map(int... labels) {
        byte[] bytes = new byte[labels.length];
        for (int x = 0; x < labels.length; x++) {
            bytes[x] = (byte) labels[x];
        }
        return LabelMap.takeOwnershipOf(GRID, bytes);
    }
}
