package org.regstream.service.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.assembly.VolumeKey;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.line.Network;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.service.testing.Figures;

/**
 * A patient that looks different from every side, defined in patient space and seen on any grid: two bright boxes, the first at
 * the left, in front and at the head, the second at the right, behind and at the feet.
 */
record PagePhantom(Grid grid) {

    static final Structure LEFT = new Structure(1, "left box", "1", "Left box", "#e69f00");
    static final Structure RIGHT = new Structure(2, "right box", "2", "Right box", "#56b4e9");
    static final int BRIGHT = 900;
    private static final int DARK = 60;
    /** Middle of a box and half its sides, mm. */
    private static final Vector3 MIDDLE = new Vector3(9, -8, 7);
    private static final Vector3 HALF = new Vector3(5, 4, 6);

    /** What lies at a place relative to the middle of the grid. */
    private static int labelAt(Vector3 p) {
        return isIn(p, 1) ? 1 : isIn(p, -1) ? 2 : 0;
    }

    private static boolean isIn(Vector3 p, int side) {
        return Math.abs(p.x() - side * MIDDLE.x()) <= HALF.x() && Math.abs(p.y() - side * MIDDLE.y()) <= HALF.y()
                && Math.abs(p.z() - side * MIDDLE.z()) <= HALF.z();
    }

    LabelMap labels() {
        byte[] labels = new byte[grid.size()];
        Vector3 centre = grid.centre();
        for (int k = 0, x = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++, x++) {
                    labels[x] = (byte) labelAt(grid.affine().toLps(k, j, i).minus(centre));
                }
            }
        }
        return LabelMap.takeOwnershipOf(grid, labels);
    }

    private Volume image(LabelMap labels) {
        float[] values = new float[grid.size()];
        for (int x = 0; x < values.length; x++) {
            values[x] = labels.labels()[x] == 0 ? DARK + x % 40 : BRIGHT;
        }
        return Volume.takeOwnershipOf(grid, values);
    }

    /** A result of a volume that was acquired just now. */
    PageResult result(String procedureId, long sequence, Network source, Instant acquiredAt, Duration ageBudget) {
        LabelMap labels = labels();
        AssembledVolume live = new AssembledVolume(UUID.randomUUID().toString().replace("-", ""),
                new VolumeKey("1.2", ""), "1.1", "1.3", acquiredAt, acquiredAt,
                Collections.nCopies(grid.depth(), "1.2.3"), image(labels));
        return new PageResult(procedureId, "2.25." + sequence, sequence, source, List.of(LEFT, RIGHT), live,
                acquiredAt.plus(ageBudget),
                labels, () -> uncertainty(labels), () -> labels, Figures.of(List.of(LEFT, RIGHT),
                        source == Network.ENSEMBLE ? Map.of(LEFT.name(), 0.87, RIGHT.name(), 0.64) : Map.of()));
    }

    /** 1 nat in the first box, none elsewhere; not computed in the first and last two slices. */
    private Volume uncertainty(LabelMap labels) {
        float[] values = new float[grid.size()];
        int slice = grid.height() * grid.width();
        for (int x = 0; x < values.length; x++) {
            boolean isOutside = x / slice < 2 || x / slice >= grid.depth() - 2;
            values[x] = isOutside ? Float.NaN : labels.labels()[x] == 1 ? 1 : 0;
        }
        return Volume.takeOwnershipOf(grid, values);
    }
}
