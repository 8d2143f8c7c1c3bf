package org.regstream.core.warp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Orientation;
import org.regstream.core.geometry.Vector3;

class LatticeTest {

    private static final Grid SOURCE = new Grid(3, 4, 5,
            new Affine(new Vector3(7, -3, 11), new Vector3(0.3, 0.4, 2), new Vector3(0, 1, -0.2),
                    new Vector3(1, 0, -0.15)));

    @Test
    void shouldPairVoxelsAtTheSamePlaceForEveryAxisOrder() {
        for (String code : new String[]{"LPS", "RAS", "SAR", "PIL", "ILA", "ASL", "LIP"}) {
            Grid target = new Orientation(code).reorient(SOURCE).window(-1, 1, -2, 5, 3, 6);
            int[] visited = {0};

            Lattice.between(SOURCE, target).orElseThrow().forEach((to, from) -> {
                visited[0]++;
                assertThat(at(target, to).minus(at(SOURCE, from)).norm()).as(code).isLessThan(1e-9);
            });

            assertThat(visited[0]).as(code).isEqualTo(count(Resample.inside(shifted(SOURCE), target)));
        }
    }

    @Test
    void shouldFindNoLatticeWhenVoxelCentresDoNotCoincide() {
        Affine a = SOURCE.affine();

        assertThat(Lattice.between(SOURCE, shifted(SOURCE))).isEmpty();
        assertThat(Lattice.between(SOURCE, new Grid(3, 4, 5,
                new Affine(a.origin(), a.stepK().times(1.001), a.stepJ(), a.stepI())))).isEmpty();
        assertThat(Lattice.between(SOURCE, new Grid(3, 4, 5,
                new Affine(a.origin(), a.stepK(), a.stepJ().plus(a.stepI()), a.stepI())))).isEmpty();
        assertThat(Lattice.between(SOURCE, new Grid(3, 4, 2,
                new Affine(a.origin(), a.stepK(), a.stepJ(), a.stepI().times(2))))).isEmpty();
    }

    @Test
    void shouldVisitNothingWhereGridsAreApart() {
        Lattice.between(SOURCE, SOURCE.window(10, 0, 0, 2, 2, 2)).orElseThrow().forEach((to, from) -> {
            throw new AssertionError("no voxel is shared, got " + to + " and " + from);
        });
    }

    /** A tenth of a voxel further: the same voxels lie inside, on the general path. */
    private static Grid shifted(Grid g) {
        return new Grid(g.depth(), g.height(), g.width(), g.affine().shifted(0.1, 0.1, 0.1));
    }

    private static Vector3 at(Grid g, int offset) {
        return g.affine().toLps(offset / (g.height() * g.width()), offset / g.width() % g.height(), offset % g.width());
    }

    private static int count(boolean[] mask) {
        int n = 0;
        for (boolean b : mask) {
            n += b ? 1 : 0;
        }
        return n;
    }
}
