package org.regstream.demo;

import java.util.List;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Structure;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/** Patients made of two ellipsoids side by side. */
final class TestPatients {

    static final Structure FRONT = new Structure(1, "front", "85756007", "Tissue", "#ff0000");
    static final Structure BACK = new Structure(2, "back", "85756007", "Tissue", "#00ff00");

    private TestPatients() {}

    /** Labels 1 and 2, intensity 100 in both, 0 around them. */
    static Patient ellipsoids() {
        Grid grid = TestGrids.isotropic(24, 32, 28);
        byte[] labels = new byte[grid.size()];
        float[] values = new float[grid.size()];
        for (int k = 0, x = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++, x++) {
                    labels[x] = (byte) (isInside(k - 12, j - 9, i - 14) ? 1 : isInside(k - 12, j - 22, i - 14) ? 2 : 0);
                    values[x] = labels[x] == 0 ? 0 : 100;
                }
            }
        }
        return new Patient(Volume.takeOwnershipOf(grid, values), LabelMap.takeOwnershipOf(grid, labels),
                List.of(FRONT, BACK));
    }

    private static boolean isInside(double k, double j, double i) {
        return k * k / 49 + j * j / 36 + i * i / 64 <= 1;
    }
}
