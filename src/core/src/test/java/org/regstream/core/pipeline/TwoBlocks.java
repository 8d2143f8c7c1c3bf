package org.regstream.core.pipeline;

import java.util.List;
import java.util.Optional;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.procedure.Alignment;
import org.regstream.core.procedure.Reference;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Warp;

/** A pre-operative side of two blocks on noise. */
final class TwoBlocks {

    /** The test grids' axes (columns to the left, rows to the back, slices to the head), so k, j, i stay k, j, i. */
    static final ModelGrid WINDOW = new ModelGrid(12, 14, 16, 1, "LPS");

    private static final Vector3 ORIGIN = new Vector3(-30, 20, 100);

    private TwoBlocks() {}

    static Grid grid(int depth, int height, int width) {
        return new Grid(depth, height, width, Affine.axisAligned(ORIGIN, 1, 1, 1));
    }

    /** The pre-operative image. */
    static Volume noise(Grid g) {
        return RandomData.volume(g, 5);
    }

    /** What a live volume shows when everything has moved: {@code live(x) = noise(x + (k, j, i))}, on the same grid. */
    static Volume moved(Grid g, int... shift) {
        return Warp.linear(noise(g), FakeModel.shifted(g, shift), 0);
    }

    /** Two 2 x 4 x 4 blocks, one above the other: label 1 from (4, 4, 6), label 2 from (6, 4, 6). */
    static Reference blocks(Grid g, Alignment alignment) {
        byte[] labels = new byte[g.size()];
        for (int k = 4; k < 8; k++) {
            for (int j = 4; j < 8; j++) {
                for (int i = 6; i < 10; i++) {
                    labels[g.offset(k, j, i)] = (byte) (k < 6 ? 1 : 2);
                }
            }
        }
        return reference(noise(g), LabelMap.takeOwnershipOf(g, labels), alignment);
    }

    static Reference reference(Volume image, LabelMap labels, Alignment alignment) {
        return new Reference(image, labels, List.of(FakeModel.HEAD, FakeModel.BODY), alignment, Optional.empty(),
                Optional.empty());
    }
}
