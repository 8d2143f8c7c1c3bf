package org.regstream.navigation;

/**
 * A surface of triangles.
 *
 * @param points    [N, 3], x, y, z, LPS mm; owned by this
 * @param triangles [M, 3], numbers of points, counter-clockwise seen from outside; owned by this
 */
public record TriangleMesh(float[] points, int[] triangles) {

    public int pointCount() {
        return points.length / 3;
    }

    public int triangleCount() {
        return triangles.length / 3;
    }

    @Override
    public String toString() {
        return "TriangleMesh of " + pointCount() + " points, " + triangleCount() + " triangles";
    }
}
