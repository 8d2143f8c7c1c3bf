package org.regstream.core.optimise;

import org.regstream.core.geometry.Grid;

/** Whether a field pulls the moving image onto the fixed one as exactly as float32 can tell. */
final class Equality {
    private static final float ROUNDING = 1e-5f;

    private Equality() {}

    /** @param u displacement, [3, d, h, w], voxels. @return false also where nothing counts */
    static boolean of(View view, float[] u) {
        Part part = view.part();
        Grid g = part.grid();
        float[] fixed = view.fixed();
        Pull pull = new Pull(view.moving().grid(), 1, view.moving().values());
        float[] out = new float[4];
        boolean any = false;
        for (int k = 0, x = 0; k < g.depth(); k++) {
            for (int j = 0; j < g.height(); j++) {
                for (int i = 0; i < g.width(); i++, x++) {
                    float atK = k + part.offset(0) + u[x];
                    float atJ = j + part.offset(1) + u[g.size() + x];
                    float atI = i + part.offset(2) + u[2 * g.size() + x];
                    if (view.mayCount()[x] && view.coverage().at(atK, atJ, atI)) {
                        pull.at(atK, atJ, atI, out);
                        any = true;
                        if (!(Math.abs(out[0] - fixed[x]) <= ROUNDING)) {
                            return false;
                        }
                    }
                }
            }
        }
        return any;
    }
}
