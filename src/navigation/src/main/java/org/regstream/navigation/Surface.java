package org.regstream.navigation;

import java.nio.ByteBuffer;
import org.regstream.core.geometry.Ras;
import org.regstream.core.geometry.Vector3;

/**
 * POLYDATA: a surface of triangles, points in RAS mm; the message has no field that could say otherwise.
 *
 * <pre>
 * 0         4           8              12       16          20          24             28       32           36            40
 * | NPOINTS | NVERTICES | its bytes: 0 | NLINES | bytes: 0  | NPOLYGONS | its bytes    | NSTRIPS | bytes: 0  | NATTRIBUTES |
 * | points: x, y, z (float32) ... | triangles: 3, a, b, c (uint32) ...
 * </pre>
 *
 * @param mesh LPS mm
 */
public record Surface(TriangleMesh mesh) implements Content {

    public static final String TYPE = "POLYDATA";
    private static final int HEADER_SIZE = 40;
    private static final int POINT_SIZE = 12;
    private static final int TRIANGLE_SIZE = 16;

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public long size() {
        return HEADER_SIZE + (long) POINT_SIZE * mesh.pointCount() + (long) TRIANGLE_SIZE * mesh.triangleCount();
    }

    @Override
    public void encode(ByteBuffer to) {
        to.putInt(mesh.pointCount()).putInt(0).putInt(0).putInt(0).putInt(0);
        to.putInt(mesh.triangleCount()).putInt(TRIANGLE_SIZE * mesh.triangleCount()).putInt(0).putInt(0).putInt(0);
        float[] p = mesh.points();
        for (int x = 0; x < p.length; x += 3) {
            Vector3 ras = Ras.flip(new Vector3(p[x], p[x + 1], p[x + 2]));
            to.putFloat((float) ras.x()).putFloat((float) ras.y()).putFloat((float) ras.z());
        }
        int[] t = mesh.triangles();
        for (int x = 0; x < t.length; x += 3) {
            to.putInt(3).putInt(t[x]).putInt(t[x + 1]).putInt(t[x + 2]);
        }
    }
}
