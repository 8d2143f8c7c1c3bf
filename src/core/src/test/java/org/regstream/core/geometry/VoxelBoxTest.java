package org.regstream.core.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.regstream.core.testkit.TestGrids;

class VoxelBoxTest {

    private final Grid grid = TestGrids.isotropic(4, 5, 6);

    @Test
    void shouldHoldEveryWantedVoxelAndNoMoreThanItMust() {
        // given
        Set<Integer> wanted = Set.of(grid.offset(1, 4, 2), grid.offset(2, 3, 5), grid.offset(1, 3, 3));

        // when
        VoxelBox box = VoxelBox.around(grid, wanted::contains).orElseThrow();

        // then
        assertThat(new int[]{box.first(0), box.first(1), box.first(2)}).containsExactly(1, 3, 2);
        assertThat(new int[]{box.last(0), box.last(1), box.last(2)}).containsExactly(2, 4, 5);
        assertThat(box.shape()).containsExactly(2, 2, 4);
        assertThat(box.middle(0)).isEqualTo(1.5);
        assertThat(box.middle(2)).isEqualTo(3.5);
    }

    @Test
    void shouldBeEmptyWhereNothingIsWanted() {
        assertThat(VoxelBox.around(grid, x -> false)).isEmpty();
    }

    @Test
    void shouldHoldAWholeGrid() {
        assertThat(VoxelBox.of(grid).shape()).containsExactly(4, 5, 6);
        assertThat(VoxelBox.around(grid, x -> true).orElseThrow().shape()).containsExactly(4, 5, 6);
    }

    @Test
    void shouldGrowUpToTheGrid() {
        Grid grid = TestGrids.oblique(9, 8, 7);

        VoxelBox grown = VoxelBox.between(new int[]{1, 4, 6}, new int[]{2, 5, 6}).grownBy(grid, 3, 1, 2);

        assertThat(new int[]{grown.first(0), grown.first(1), grown.first(2)}).containsExactly(0, 3, 4);
        assertThat(new int[]{grown.last(0), grown.last(1), grown.last(2)}).containsExactly(5, 6, 6);
        assertThat(grown.partOf(grid).shape()).containsExactly(6, 4, 3);
        assertThat(grown.partOf(grid).affine().origin()).isEqualTo(grid.affine().toLps(0, 3, 4));
    }
}
