package org.regstream.navigation;

import java.util.Arrays;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.LabelMap;

/**
 * The closed surface of a label by naive surface nets (Gibson 1998): one point in each cube of eight neighbouring voxels that
 * are not all alike, at the middle of where its edges cross the surface; one quadrilateral, as two triangles, around each pair
 * of neighbouring voxels of which one has the label. No triangle has a free side, the surface lies within half a voxel along
 * each axis of the voxels' own faces, and flat sides lie on them exactly. Corners are rounded off: the label image stays the
 * truth.
 */
public final class SurfaceNets {

    /** Steps from a cube's first voxel to its others along k, j, i. */
    private static final int[][] CORNERS = {{0, 0, 0}, {0, 0, 1}, {0, 1, 0}, {0, 1, 1}, {1, 0, 0}, {1, 0, 1},
            {1, 1, 0}, {1, 1, 1}};
    /** The twelve edges of a cube by the numbers of their corners. */
    private static final int[][] EDGES = {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {0, 2}, {1, 3}, {4, 6}, {5, 7}, {0, 4},
            {1, 5}, {2, 6}, {3, 7}};

    private final Occupancy cells;
    private final Affine affine;
    private final boolean isMirrored;
    private final int[] pointOf;
    private final float[] points;
    private final int[] triangles;
    private int pointCount;
    private int filled;

    private SurfaceNets(Occupancy cells, Affine affine, int crossings) {
        this.cells = cells;
        this.affine = affine;
        // the triple (k, j, i) is right-handed where (i, j, k) is left-handed
        this.isMirrored = affine.determinant() > 0;
        int[] shape = cells.shape();
        this.pointOf = new int[shape[0] * shape[1] * shape[2]];
        // each point is a corner of at least three quadrilaterals, each of which has four
        this.points = new float[3 * (4 * crossings / 3)];
        this.triangles = new int[6 * crossings];
    }

    /**
     * @param map          labels, [D, H, W]. Not modified
     * @param label        1 to 255
     * @param maxTriangles 1 or more: a surface that has more is made from cells of 2, 3, … voxels a side instead
     * @return its surface, LPS mm; empty if no voxel has the label
     */
    public static TriangleMesh of(LabelMap map, int label, int maxTriangles) {
        int cell = 1;
        Occupancy cells = Occupancy.of(map, label, cell);
        while (2L * crossings(cells) > maxTriangles) {
            cells = Occupancy.of(map, label, ++cell);
        }
        return new SurfaceNets(cells, map.grid().affine(), crossings(cells)).mesh();
    }

    /** Pairs of neighbouring cells of which one is inside. */
    private static int crossings(Occupancy cells) {
        int[] shape = cells.shape();
        int[] steps = {shape[1] * shape[2], shape[2], 1};
        int crossings = 0;
        int inner = shape[0] * shape[1] * shape[2] - steps[0];
        for (int x = 0; x < inner; x++) {
            for (int step : steps) {
                crossings += cells.isInside(x) != cells.isInside(x + step) ? 1 : 0;
            }
        }
        return crossings;
    }

    private TriangleMesh mesh() {
        int[] shape = cells.shape();
        for (int k = 0; k < shape[0] - 1; k++) {
            for (int j = 0; j < shape[1] - 1; j++) {
                for (int i = 0; i < shape[2] - 1; i++) {
                    addPoint(k, j, i);
                    addQuadrilaterals(k, j, i);
                }
            }
        }
        return new TriangleMesh(Arrays.copyOf(points, 3 * pointCount), triangles);
    }

    /** The middle of the places where the cube's edges cross a share of one half. */
    private void addPoint(int k, int j, int i) {
        double[] sum = new double[3];
        int crossed = 0;
        for (int[] edge : EDGES) {
            int[] a = CORNERS[edge[0]];
            int[] b = CORNERS[edge[1]];
            int at = cells.offset(k + a[0], j + a[1], i + a[2]);
            int to = cells.offset(k + b[0], j + b[1], i + b[2]);
            if (cells.isInside(at) != cells.isInside(to)) {
                double t = (0.5 - cells.at(at)) / (cells.at(to) - cells.at(at));
                for (int axis = 0; axis < 3; axis++) {
                    sum[axis] += a[axis] + t * (b[axis] - a[axis]);
                }
                crossed++;
            }
        }
        if (crossed > 0) {
            put(k + sum[0] / crossed, j + sum[1] / crossed, i + sum[2] / crossed);
            pointOf[cells.offset(k, j, i)] = pointCount++;
        }
    }

    private void put(double k, double j, double i) {
        Vector3 mm = affine.toLps(cells.voxel(0, k), cells.voxel(1, j), cells.voxel(2, i));
        points[3 * pointCount] = (float) mm.x();
        points[3 * pointCount + 1] = (float) mm.y();
        points[3 * pointCount + 2] = (float) mm.z();
    }

    /** Around the three edges that leave this cube's first voxel forwards; the cubes behind it have their points already. */
    private void addQuadrilaterals(int k, int j, int i) {
        int[] shape = cells.shape();
        int at = cells.offset(k, j, i);
        int[] steps = {shape[1] * shape[2], shape[2], 1};
        for (int axis = 0; axis < 3; axis++) {
            boolean isInside = cells.isInside(at);
            if (isInside != cells.isInside(at + steps[axis])) {
                // (i, j, k) turns right-handed: the axis after k is j, after j is i, after i is k
                addQuadrilateral(at, steps[(axis + 2) % 3], steps[(axis + 1) % 3], isInside != isMirrored);
            }
        }
    }

    /**
     * Four points around an edge, counter-clockwise seen from the edge's end.
     *
     * @param b         step along the next axis
     * @param c         step along the one after
     * @param isForward whether the edge leaves the structure
     */
    private void addQuadrilateral(int at, int b, int c, boolean isForward) {
        int p = pointOf[at - b - c];
        int q = pointOf[at - c];
        int r = pointOf[at];
        int s = pointOf[at - b];
        addTriangle(p, isForward ? q : r, isForward ? r : q);
        addTriangle(p, isForward ? r : s, isForward ? s : r);
    }

    private void addTriangle(int a, int b, int c) {
        triangles[filled++] = a;
        triangles[filled++] = b;
        triangles[filled++] = c;
    }
}
