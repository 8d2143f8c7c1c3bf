package org.regstream.core.volume;

import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.VoxelBox;

/**
 * One label a voxel, [D, H, W], 0 is background, 1 to 255 name structures. Immutable by contract: {@link #labels()} is
 * shared, never written.
 */
public final class LabelMap {
    private final Grid grid;
    private final byte[] labels;

    private LabelMap(Grid grid, byte[] labels) {
        Shapes.requireLength("labels", labels.length, grid, 1);
        this.grid = grid;
        this.labels = labels;
    }

    /** @param labels [D, H, W], unsigned bytes; copied */
    public static LabelMap copyOf(Grid grid, byte[] labels) {
        return new LabelMap(grid, labels.clone());
    }

    /** @param labels [D, H, W], unsigned bytes; owned by the map from now on, the caller must not write to it */
    public static LabelMap takeOwnershipOf(Grid grid, byte[] labels) {
        return new LabelMap(grid, labels);
    }

    public Grid grid() {
        return grid;
    }

    /** The array itself, [D, H, W], unsigned bytes. Not to be modified. */
    public byte[] labels() {
        return labels;
    }

    /** @return the label at a voxel, 0 to 255 */
    public int at(int k, int j, int i) {
        return labels[grid.offset(k, j, i)] & 0xff;
    }

    /** @return how many voxels carry the label */
    public int count(int label) {
        int n = 0;
        for (byte b : labels) {
            if ((b & 0xff) == label) {
                n++;
            }
        }
        return n;
    }

    /** @return how many voxels carry each label, by label, as a new array of 256 */
    public int[] counts() {
        int[] counts = new int[256];
        for (byte b : labels) {
            counts[b & 0xff]++;
        }
        return counts;
    }

    /** @return the highest label in use, 0 if all is background */
    public int maxLabel() {
        int max = 0;
        for (byte b : labels) {
            max = Math.max(max, b & 0xff);
        }
        return max;
    }

    /** The same labels at another place in space; the array is shared. */
    public LabelMap withGrid(Grid other) {
        return new LabelMap(other, labels);
    }

    /** @param box on this map's grid
     *  @return a copy of what is inside, where it is in space */
    public LabelMap cutTo(VoxelBox box) {
        Grid part = box.partOf(grid);
        byte[] cut = new byte[part.size()];
        box.forEachRow(grid, (from, to, length) -> System.arraycopy(labels, from, cut, to, length));
        return new LabelMap(part, cut);
    }

    @Override
    public String toString() {
        return "LabelMap " + grid;
    }
}
