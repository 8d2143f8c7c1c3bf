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
 * What a header says, checked: an object that exists describes one volume of bounded size in LPS mm.
 *
 * @param type       how a voxel is stored
 * @param order      byte order of header and voxels
 * @param components 1 for an image, 3 for a field
 * @param isRas      whether the components are in RAS mm, not in LPS mm
 * @param grid       shape and LPS mm
 * @param notice     what is doubtful about the grid
 * @param slope      value = slope * stored + intercept; 1 and 0 where the file scales nothing
 * @param intercept  see {@code slope}
 * @param pair       whether the voxels are in a file of their own
 * @param voxelStart offset of the first voxel in its file
 */
record NiftiHeader(NiftiType type, ByteOrder order, int components, boolean isRas, Grid grid, Optional<String> notice,
        double slope, double intercept,
        boolean pair, int voxelStart) {

    /** Header of version 1, and four bytes that say whether extensions follow. */
    static final int FIRST_VOXEL = 352;

    static final byte[] MAGIC = {'n', '+', '1', 0};

    /** More extension bytes than this are not plausible; they are skipped one by one, never held. */
    private static final int MAX_VOXEL_START = 1 << 26;

    /** Displacement vectors as AFNI and ITK 5.4 have them: RAS. */
    private static final int INTENT_DISPVECT = 1006;

    /** What regstream wrote before its fields were ITK's. */
    private static final String IN_VOXELS = "regstream pull displacement, components (k, j, i), voxels";

    /** @param bytes      the whole header, of either version
     *  @param components 1 where an image is wanted, 3 where a field is
     *  @throws DecodeException if they are not the header of one volume that can be read */
    static NiftiHeader decode(byte[] bytes, int components) {
        NiftiFields fields = NiftiFields.of(bytes);
        NiftiType type = NiftiType.of(fields.type());
        NiftiPlace place = NiftiPlace.of(fields, shape(components == 1 ? fields.dim() : spatial(fields)));
        boolean scaled = Double.isFinite(fields.slope()) && fields.slope() != 0;
        double intercept = scaled ? finite("scl_inter", fields.intercept()) : 0;
        return new NiftiHeader(type, fields.order(), components, fields.intent() == INTENT_DISPVECT, place.grid(),
                place.notice(), scaled ? fields.slope() : 1,
                intercept, fields.pair(), voxelStart(fields));
    }

    /** @return how many numbers follow the header */
    long size() {
        return (long) components * grid.size();
    }

    /** Axes of a field's grid. */
    private static long[] spatial(NiftiFields fields) {
        long[] dim = fields.dim();
        if (dim[0] != 5 || dim[4] != 1 || dim[5] != 3) {
            throw new DecodeException(
                    "a displacement field must have five axes (i, j, k, 1, 3), as ITK writes them, got "
                            + Arrays.toString(Arrays.copyOfRange(dim, 1, 1 + (int) Math.max(0, Math.min(7, dim[0]))))
                            + "; an image is none, and other layouts must be converted");
        }
        if (fields.description().startsWith(IN_VOXELS)) {
            throw new DecodeException(
                    "this field is in voxels of its grid, as an older regstream wrote it, expected LPS mm;"
                            + " register anew");
        }
        return new long[]{3, dim[1], dim[2], dim[3], 1, 1, 1, 1};
    }

    /** {D, H, W}; axes beyond the third must have length 1. */
    private static int[] shape(long[] dim) {
        if (dim[0] < 1 || dim[0] > 7) {
            throw new DecodeException("NIfTI dim[0] must be 1 to 7, got " + dim[0]);
        }
        long[] length = {1, 1, 1};
        for (int axis = 0; axis < dim[0]; axis++) {
            long n = dim[axis + 1];
            if (n < 1 || n > Grid.MAX_VOXELS || axis > 2 && n != 1) {
                throw new DecodeException("NIfTI dim[" + (axis + 1) + "] must be "
                        + (axis > 2 ? "1 (one volume a file)" : "1 to " + Grid.MAX_VOXELS) + ", got " + n
                        + (axis > 2 ? "; split the series into volumes first" : ""));
            }
            if (axis < 3) {
                length[axis] = n;
            }
        }
        if (length[0] * length[1] > Grid.MAX_VOXELS || length[0] * length[1] * length[2] > Grid.MAX_VOXELS) {
            throw new DecodeException("NIfTI volume [" + length[2] + ", " + length[1] + ", " + length[0]
                    + "] must have at most " + Grid.MAX_VOXELS + " voxels; crop it first");
        }
        return new int[]{(int) length[2], (int) length[1], (int) length[0]};
    }

    static double finite(String field, double value) {
        if (!Double.isFinite(value)) {
            throw new DecodeException("NIfTI " + field + " must be finite, got " + value);
        }
        return value;
    }

    private static int voxelStart(NiftiFields fields) {
        double start = fields.voxelStart();
        int first = fields.pair() ? 0 : fields.version() == 1 ? FIRST_VOXEL : NiftiFields.BYTES_2 + 4;
        if (start == 0) {
            return first;
        }
        if (!(start >= first && start <= MAX_VOXEL_START) || start != Math.rint(start)) {
            throw new DecodeException("NIfTI vox_offset must be a whole number of " + first + " to "
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
        out.putInt(0, NiftiFields.BYTES);
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
