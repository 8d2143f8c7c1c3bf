package org.regstream.navigation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;

/**
 * IMAGE: voxels where they lie in the patient.
 *
 * <pre>
 * 0   2            3        4        5       6            12      24      36      48      60           66           72
 * | V | components | scalar | endian | coord | RI, RJ, RK | T xyz | S xyz | N xyz | P xyz | DI, DJ, DK | DRI .. DRK | voxels
 * </pre>
 *
 * T, S and N are the directions of i, j and k, each as long as a voxel is along it in mm; P is the <em>middle</em> of the image
 * (between voxels where a side is even), mm. i is fastest, as in our arrays. All of the image is sent, so the sub-volume is the
 * image. Voxels are little-endian, which today's receivers copy as they are.
 *
 * @param grid   where the voxels are, LPS mm; at most 65535 a side
 * @param pixels [D, H, W] or [D, H, W, 3] of that grid
 * @param axes   how positions are written
 */
public record Image(Grid grid, Pixels pixels, PatientAxes axes) implements Content {

    public static final String TYPE = "IMAGE";
    private static final int HEADER_SIZE = 72;
    private static final int FORMAT_VERSION = 1;
    private static final byte LITTLE_ENDIAN = 2;
    private static final int MAX_SIDE = 0xffff;

    public Image {
        for (int side : grid.shape()) {
            if (side > MAX_SIDE) {
                throw new IllegalArgumentException(
                        "an IMAGE has at most " + MAX_SIDE + " voxels a side, got " + grid + "; send a smaller region");
            }
        }
        if (pixels.count() != grid.size()) {
            throw new IllegalArgumentException(
                    "pixels must fill the grid: " + pixels.count() + " voxels vs " + grid.size() + " of " + grid);
        }
    }

    /** In RAS, which every receiver takes right. */
    public static Image of(Grid grid, Pixels pixels) {
        return new Image(grid, pixels, PatientAxes.RAS);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public long size() {
        return HEADER_SIZE + (long) pixels.count() * pixels.components() * pixels.valueSize();
    }

    @Override
    public void encode(ByteBuffer to) {
        to.putShort((short) FORMAT_VERSION).put((byte) pixels.components()).put((byte) pixels.scalarType())
                .put(LITTLE_ENDIAN).put((byte) axes.code());
        putShape(to);
        Affine a = grid.affine();
        putVector(to, a.stepI());
        putVector(to, a.stepJ());
        putVector(to, a.stepK());
        putVector(to, grid.centre());
        to.putShort((short) 0).putShort((short) 0).putShort((short) 0);
        putShape(to);
        pixels.encode(to.order(ByteOrder.LITTLE_ENDIAN));
        to.order(ByteOrder.BIG_ENDIAN);
    }

    private void putShape(ByteBuffer to) {
        to.putShort((short) grid.width()).putShort((short) grid.height()).putShort((short) grid.depth());
    }

    private void putVector(ByteBuffer to, Vector3 lps) {
        Vector3 v = axes.of(lps);
        to.putFloat((float) v.x()).putFloat((float) v.y()).putFloat((float) v.z());
    }
}
