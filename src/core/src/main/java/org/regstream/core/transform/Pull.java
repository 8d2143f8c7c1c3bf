package org.regstream.core.transform;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Interpolation;

/**
 * Pulls images and labels through a map of places, {@code out(p) = in(T(p))}, in one sampling. A place within half a voxel of the
 * border takes the border's value; further out, and where nothing is known, it is outside.
 */
public final class Pull {

    private Pull() {}

    /**
     * Trilinear.
     *
     * @param in      intensities, [D, H, W], any unit. Not modified.
     * @param map     from places of {@code target} to those of {@code in}
     * @param outside intensity outside, unit of {@code in}
     * @return new array on {@code target}, unit of {@code in}
     */
    public static Volume linear(Volume in, PlaceMap map, Grid target, float outside) {
        float[] out = new float[target.size()];
        Arrays.fill(out, outside);
        Grid g = in.grid();
        forEach(g, map, target, (x, at) -> out[x] = Interpolation.linear(in.values(), 0, g, at[0], at[1], at[2]));
        return Volume.takeOwnershipOf(target, out);
    }

    /**
     * Nearest neighbour, so that no label arises that was not there; background (0) outside. Arguments as of
     * {@link #linear}.
     */
    public static LabelMap nearest(LabelMap in, PlaceMap map, Grid target) {
        byte[] out = new byte[target.size()];
        Grid g = in.grid();
        forEach(g, map, target, (x, at) -> out[x] = in.labels()[Interpolation.nearestOffset(g, at[0], at[1], at[2])]);
        return LabelMap.takeOwnershipOf(target, out);
    }

    private interface Reader {
        void read(int offset, double[] from);
    }

    /** Slices side by side: each voxel is written by one thread. */
    private static void forEach(Grid source, PlaceMap map, Grid target, Reader reader) {
        IntStream.range(0, target.depth()).parallel().forEach(k -> {
            for (int j = 0; j < target.height(); j++) {
                for (int i = 0; i < target.width(); i++) {
                    Vector3 place = map.map(target.affine().toLps(k, j, i));
                    double[] at = source.affine().toIndex(place);
                    for (int axis = 0; axis < 3; axis++) {
                        at[axis] = Interpolation.snap(at[axis]);
                    }
                    if (Interpolation.isInside(source, at[0], at[1], at[2])) {
                        reader.read(target.offset(k, j, i), at);
                    }
                }
            }
        });
    }
}
