package org.regstream.core.align;

import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.Volume;

/**
 * A moving level as it is seen from the points of a fixed one: {@code index = matrix * at + start}, (k, j, i), trilinear.
 * {@link #look} sets value and slope; not thread-safe.
 */
final class Seen {

    private final float[] values;
    private final int depth;
    private final int height;
    private final int width;
    private final float[] m = new float[12];

    float value;
    float slopeK;
    float slopeJ;
    float slopeI;

    /** @param centre where {@code at} counts from, LPS mm of the fixed image */
    Seen(Volume moving, Pose pose, Vector3 centre) {
        Grid g = moving.grid();
        values = moving.values();
        depth = g.depth();
        height = g.height();
        width = g.width();
        Affine a = g.affine();
        double[] start = a.toIndex(pose.toMoving(centre));
        double[][] columns = {step(a, pose.turn(new Vector3(1, 0, 0))), step(a, pose.turn(new Vector3(0, 1, 0))),
                step(a, pose.turn(new Vector3(0, 0, 1)))};
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                m[4 * row + column] = (float) columns[column][row];
            }
            m[4 * row + 3] = (float) start[row];
        }
    }

    private static double[] step(Affine a, Vector3 v) {
        return a.toIndex(a.origin().plus(v));
    }

    /** @return whether the point lies between voxel centres of the moving level; only then the fields are set */
    boolean look(float x, float y, float z) {
        float k = m[0] * x + m[1] * y + m[2] * z + m[3];
        float j = m[4] * x + m[5] * y + m[6] * z + m[7];
        float i = m[8] * x + m[9] * y + m[10] * z + m[11];
        if (!(k >= 0 && j >= 0 && i >= 0 && k < depth - 1 && j < height - 1 && i < width - 1)) {
            return false;
        }
        interpolate((int) k, (int) j, (int) i, k, j, i);
        return true;
    }

    private void interpolate(int k0, int j0, int i0, float k, float j, float i) {
        float fk = k - k0;
        float fj = j - j0;
        float fi = i - i0;
        int plane = height * width;
        int x = (k0 * height + j0) * width + i0;
        float d00 = values[x + 1] - values[x];
        float d01 = values[x + width + 1] - values[x + width];
        float d10 = values[x + plane + 1] - values[x + plane];
        float d11 = values[x + plane + width + 1] - values[x + plane + width];
        float v00 = values[x] + fi * d00;
        float v01 = values[x + width] + fi * d01;
        float v10 = values[x + plane] + fi * d10;
        float v11 = values[x + plane + width] + fi * d11;
        float low = v00 + fj * (v01 - v00);
        float high = v10 + fj * (v11 - v10);
        float iLow = d00 + fj * (d01 - d00);
        value = low + fk * (high - low);
        slopeK = high - low;
        slopeJ = v01 - v00 + fk * (v11 - v10 - v01 + v00);
        slopeI = iLow + fk * (d10 + fj * (d11 - d10) - iLow);
    }

    /** Slope of the last value along the fixed image's x, unit a mm. */
    float alongX() {
        return m[0] * slopeK + m[4] * slopeJ + m[8] * slopeI;
    }

    float alongY() {
        return m[1] * slopeK + m[5] * slopeJ + m[9] * slopeI;
    }

    float alongZ() {
        return m[2] * slopeK + m[6] * slopeJ + m[10] * slopeI;
    }
}
