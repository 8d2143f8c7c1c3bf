package org.regstream.training.evaluate.method;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;

/**
 * A displacement field as ITK and ANTs write it: NIfTI-1 of five axes (i, j, k, 1, 3), components (x, y, z) in LPS mm, pull:
 * a point p of the fixed image lies at p + d(p) in the moving one.
 */
final class ItkField {
    private static final int HEADER = 348;
    /** Extensions before the voxels. */
    private static final int SPARE = 1 << 16;

    private ItkField() {}

    /**
     * @param fixed grid that the field must lie on
     * @return pull displacement, [3, D, H, W], components (k, j, i), voxels
     * @throws DecodeException if the file is no such field, or lies elsewhere
     */
    static DisplacementField read(Path file, Grid fixed) {
        Volume stacked = NiftiReader.readVolume(new ByteArrayInputStream(asOneVolume(file, fixed)));
        Grid g = stacked.grid();
        Grid single = new Grid(g.depth() / 3, g.height(), g.width(), g.affine());
        if (!single.isSameAs(fixed)) {
            throw new DecodeException("displacement.nii.gz must lie on the grid of the fixed image, " + fixed + " from "
                    + fixed.affine().origin() + ", got " + single + " from " + single.affine().origin());
        }
        return toVoxels(stacked.values(), fixed);
    }

    /** The components are the slowest axis, so that they read as one volume of three times the slices. */
    private static byte[] asOneVolume(Path file, Grid fixed) {
        byte[] bytes = bytes(file, fixed);
        if (bytes.length < HEADER) {
            throw new DecodeException("displacement.nii.gz is cut short");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        header.order(header.order(ByteOrder.LITTLE_ENDIAN).getInt(0) == HEADER
                ? ByteOrder.LITTLE_ENDIAN
                : ByteOrder.BIG_ENDIAN);
        if (header.getShort(40) != 5 || header.getShort(48) != 1 || header.getShort(50) != 3) {
            throw new DecodeException("displacement.nii.gz must have five axes (i, j, k, 1, 3) as ITK writes them, got "
                    + header.getShort(40) + " axes, the last two " + header.getShort(48) + " and "
                    + header.getShort(50));
        }
        header.putShort(40, (short) 3).putShort(46, (short) (3 * header.getShort(46))).putShort(50, (short) 1);
        return bytes;
    }

    /** At most what float64 components of the fixed grid take. */
    private static byte[] bytes(Path file, Grid fixed) {
        int most = HEADER + SPARE + 3 * Double.BYTES * fixed.size();
        try (PushbackInputStream in = new PushbackInputStream(Files.newInputStream(file), 2)) {
            byte[] magic = in.readNBytes(2);
            in.unread(magic);
            boolean zipped = magic.length == 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b;
            InputStream plain = zipped ? new GZIPInputStream(in) : in;
            return plain.readNBytes(most);
        } catch (IOException e) {
            throw new DecodeException("cannot read " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    private static DisplacementField toVoxels(float[] mm, Grid grid) {
        int n = grid.size();
        Affine a = grid.affine();
        float[] voxels = new float[3 * n];
        for (int x = 0; x < n; x++) {
            double[] index = a.toIndex(a.origin().plus(new Vector3(mm[x], mm[n + x], mm[2 * n + x])));
            for (int axis = 0; axis < 3; axis++) {
                voxels[axis * n + x] = (float) index[axis];
            }
        }
        return DisplacementField.takeOwnershipOf(grid, voxels);
    }
}
