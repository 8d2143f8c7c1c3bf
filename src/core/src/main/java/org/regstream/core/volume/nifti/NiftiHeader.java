package org.regstream.core.volume.nifti;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Ras;

/**
 * What the 348 header bytes say, checked: an object that exists describes one volume of bounded size in LPS mm.
 *
 * @param type       how a voxel is stored
 * @param order      byte order of header and voxels
 * @param grid       shape and LPS mm: sform where its code is positive, else qform where its code is positive (one must not
 *                   mirror the other), else voxel
 *                   sizes alone with voxel (0, 0, 0) at the origin and i, j, k towards the patient's right, front and head, as
 *                   NIfTI-1 defines its "method 1"
 * @param slope      value = slope * stored + intercept; 1 and 0 where the file scales nothing
 * @param intercept  see {@code slope}
 * @param voxelStart offset of the first voxel in the file
 */
record NiftiHeader(NiftiType type, ByteOrder order, Grid grid, double slope, double intercept, int voxelStart) {

    static final int BYTES = 348;

    /** Header, and four bytes that say whether extensions follow. */
    static final int FIRST_VOXEL = 352;

    /** More extension bytes than this are not plausible; they are skipped one by one, never held. */
    private static final int MAX_VOXEL_START = 1 << 26;

    private static final int NIFTI2_BYTES = 540;
    private static final int METRE = 1;
    private static final int MICRON = 3;
    private static final int SPATIAL_UNIT = 7;
    private static final byte[] MAGIC = {'n', '+', '1', 0};
    private static final byte[] MAGIC_OF_PAIR = {'n', 'i', '1', 0};

    /** @param bytes the first {@value #BYTES} bytes of the file
     *  @throws DecodeException if they are not the header of one volume that can be read */
    static NiftiHeader decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(orderOf(bytes));
        requireMagic(Arrays.copyOfRange(bytes, 344, 348));
        NiftiType type = NiftiType.of(in.getShort(70));
        int[] shape = shape(in);
        double slope = in.getFloat(112);
        boolean scaled = Double.isFinite(slope) && slope != 0;
        double intercept = scaled ? finite("scl_inter", in.getFloat(116)) : 0;
        return new NiftiHeader(type, in.order(), grid(shape, in), scaled ? slope : 1, intercept, voxelStart(in));
    }

    private static ByteOrder orderOf(byte[] bytes) {
        for (ByteOrder order : new ByteOrder[]{ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            int size = ByteBuffer.wrap(bytes).order(order).getInt(0);
            if (size == BYTES) {
                return order;
            }
            if (size == NIFTI2_BYTES) {
                throw new DecodeException("got a NIfTI-2 file, expected NIfTI-1; save it as NIfTI-1 first");
            }
        }
        throw new DecodeException("not a NIfTI-1 file: its first four bytes must be the number " + BYTES);
    }

    private static void requireMagic(byte[] magic) {
        if (Arrays.equals(magic, MAGIC_OF_PAIR)) {
            throw new DecodeException(
                    "got one half of a NIfTI pair (.hdr, .img), expected a single file; save it as .nii");
        }
        if (!Arrays.equals(magic, MAGIC)) {
            throw new DecodeException("NIfTI magic must be 'n+1'; got neither it nor a pair's, as in ANALYZE 7.5 files,"
                    + " which do not say which side is left; convert the file with a tool that knows");
        }
    }

    /** {D, H, W}; axes beyond the third must have length 1. */
    private static int[] shape(ByteBuffer in) {
        int axes = in.getShort(40);
        if (axes < 1 || axes > 7) {
            throw new DecodeException("NIfTI dim[0] must be 1 to 7, got " + axes);
        }
        int[] length = {1, 1, 1, 1, 1, 1, 1};
        for (int axis = 0; axis < axes; axis++) {
            length[axis] = in.getShort(42 + 2 * axis);
            if (length[axis] < 1 || axis > 2 && length[axis] != 1) {
                throw new DecodeException("NIfTI dim[" + (axis + 1) + "] must be "
                        + (axis > 2 ? "1 (one volume a file)" : "positive") + ", got " + length[axis]
                        + (axis > 2 ? "; split the series into volumes first" : ""));
            }
        }
        if ((long) length[0] * length[1] * length[2] > Grid.MAX_VOXELS) {
            throw new DecodeException("NIfTI volume [" + length[2] + ", " + length[1] + ", " + length[0]
                    + "] must have at most " + Grid.MAX_VOXELS + " voxels; crop it first");
        }
        return new int[]{length[2], length[1], length[0]};
    }

    private static Grid grid(int[] shape, ByteBuffer in) {
        boolean hasSform = in.getShort(254) > 0;
        boolean hasQform = in.getShort(252) > 0;
        double[] rows = hasSform ? sform(in) : hasQform ? qform(shape, in) : sizesOnly(shape, in);
        if (hasSform && hasQform) {
            requireSameHand(rows, qfac(in));
        }
        double mm = millimetresPerUnit(in.get(123) & SPATIAL_UNIT);
        for (int n = 0; n < rows.length; n++) {
            rows[n] *= mm;
        }
        try {
            return new Grid(shape[0], shape[1], shape[2], Ras.toLps(rows));
        } catch (IllegalArgumentException e) {
            throw new DecodeException("NIfTI sform or qform does not place the voxels in space: " + e.getMessage(), e);
        }
    }

    /** Programs differ in which of the two they read: one would show the patient's left where the other shows the right. */
    private static void requireSameHand(double[] sform, double qfac) {
        double determinant = sform[0] * (sform[5] * sform[10] - sform[6] * sform[9])
                - sform[1] * (sform[4] * sform[10] - sform[6] * sform[8])
                + sform[2] * (sform[4] * sform[9] - sform[5] * sform[8]);
        if (determinant * qfac < 0) {
            throw new DecodeException(
                    "NIfTI sform and qform are mirror images of each other, so left and right cannot be"
                            + " told; find out which is right and set the other's code to 0");
        }
    }

    private static double millimetresPerUnit(int unit) {
        return unit == METRE ? 1000 : unit == MICRON ? 1e-3 : 1;
    }

    private static double[] sform(ByteBuffer in) {
        double[] rows = new double[12];
        for (int n = 0; n < 12; n++) {
            rows[n] = in.getFloat(280 + 4 * n);
        }
        return rows;
    }

    private static double[] qform(int[] shape, ByteBuffer in) {
        Qform q = new Qform(in.getFloat(256), in.getFloat(260), in.getFloat(264), qfac(in));
        double[] offset = {in.getFloat(268), in.getFloat(272), in.getFloat(276)};
        return q.toRows(size(in, 1, shape[2]), size(in, 2, shape[1]), size(in, 3, shape[0]), offset);
    }

    private static double qfac(ByteBuffer in) {
        return in.getFloat(76) < 0 ? -1 : 1;
    }

    private static double[] sizesOnly(int[] shape, ByteBuffer in) {
        return new double[]{size(in, 1, shape[2]), 0, 0, 0, 0, size(in, 2, shape[1]), 0, 0, 0, 0, size(in, 3, shape[0]),
                0};
    }

    /** Voxel size; its sign means nothing in NIfTI-1, and an axis with one voxel may leave it 0, which reads as 1. */
    private static double size(ByteBuffer in, int axis, int length) {
        double size = Math.abs(finite("pixdim[" + axis + "]", in.getFloat(76 + 4 * axis)));
        if (size == 0 && length > 1) {
            throw new DecodeException("NIfTI pixdim[" + axis + "] must be positive, got 0");
        }
        return size == 0 ? 1 : size;
    }

    private static double finite(String field, double value) {
        if (!Double.isFinite(value)) {
            throw new DecodeException("NIfTI " + field + " must be finite, got " + value);
        }
        return value;
    }

    private static int voxelStart(ByteBuffer in) {
        double start = in.getFloat(108);
        if (start == 0) {
            return FIRST_VOXEL;
        }
        if (!(start >= FIRST_VOXEL && start <= MAX_VOXEL_START) || start != Math.rint(start)) {
            throw new DecodeException("NIfTI vox_offset must be a whole number of " + FIRST_VOXEL + " to "
                    + MAX_VOXEL_START + ", got " + start);
        }
        return (int) start;
    }

    /**
     * @param grid        where the voxels are
     * @param type        how they are stored
     * @param components  1 for a volume, 3 for a vector field, whose components are the slowest axis
     * @param intent      NIfTI intent code, 0 for none
     * @param description at most 79 ASCII characters
     * @return the {@value #FIRST_VOXEL} bytes before the voxels, little endian
     * @throws IllegalArgumentException if an axis is longer than NIfTI-1 can say
     */
    static byte[] encode(Grid grid, NiftiType type, int components, int intent, String description) {
        ByteBuffer out = ByteBuffer.allocate(FIRST_VOXEL).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0, BYTES);
        putShape(out, grid, components);
        out.putShort(68, (short) intent);
        out.putShort(70, (short) type.code);
        out.putShort(72, (short) (8 * type.bytes));
        out.putFloat(108, FIRST_VOXEL);
        out.putFloat(112, 1);
        out.put(123, (byte) 2); // millimetres
        out.put(148, description.getBytes(StandardCharsets.US_ASCII));
        putPlace(out, grid.affine());
        out.put(344, MAGIC);
        return out.array();
    }

    private static void putShape(ByteBuffer out, Grid grid, int components) {
        int[] dim = {components == 1 ? 3 : 5, grid.width(), grid.height(), grid.depth(), 1, components, 1, 1};
        for (int n = 0; n < 8; n++) {
            if (dim[n] > Short.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "NIfTI-1 holds at most " + Short.MAX_VALUE + " voxels along an axis, got " + grid);
            }
            out.putShort(40 + 2 * n, (short) dim[n]);
            out.putFloat(76 + 4 * n, 1);
        }
    }

    private static void putPlace(ByteBuffer out, Affine affine) {
        double[] rows = Ras.fromLps(affine);
        double[] spacing = affine.spacingMm();
        for (int axis = 0; axis < 3; axis++) {
            out.putFloat(80 + 4 * axis, (float) spacing[2 - axis]);
        }
        out.putShort(254, (short) 1);
        for (int n = 0; n < 12; n++) {
            out.putFloat(280 + 4 * n, (float) rows[n]);
        }
        Optional.ofNullable(Qform.of(rows)).ifPresent(q -> putQform(out, q, rows));
    }

    private static void putQform(ByteBuffer out, Qform q, double[] rows) {
        out.putFloat(76, (float) q.qfac());
        out.putShort(252, (short) 1);
        out.putFloat(256, (float) q.b()).putFloat(260, (float) q.c()).putFloat(264, (float) q.d());
        out.putFloat(268, (float) rows[3]).putFloat(272, (float) rows[7]).putFloat(276, (float) rows[11]);
    }
}
