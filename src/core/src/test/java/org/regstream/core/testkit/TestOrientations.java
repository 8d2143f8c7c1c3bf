package org.regstream.core.testkit;

import java.util.ArrayList;
import java.util.List;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Orientation;

/** All 48 orders and directions in which an array's axes can run through a patient. */
public final class TestOrientations {

    private TestOrientations() {}

    /** @return 48 codes such as {@code RAS}: where columns, rows and slices run to */
    public static List<String> all48() {
        List<String> codes = new ArrayList<>();
        String[][] pairs = {{"L", "R"}, {"P", "A"}, {"S", "I"}};
        int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        for (int[] order : orders) {
            for (int signs = 0; signs < 8; signs++) {
                codes.add(
                        pairs[order[0]][signs & 1] + pairs[order[1]][signs >> 1 & 1] + pairs[order[2]][signs >> 2 & 1]);
            }
        }
        return codes;
    }

    /** @return the same voxels in the same places of the patient, the array turned in all 48 ways */
    public static List<Grid> all48(Grid grid) {
        return all48().stream().map(code -> new Orientation(code).reorient(grid)).toList();
    }
}
