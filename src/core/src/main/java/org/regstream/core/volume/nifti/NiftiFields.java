package org.regstream.core.volume.nifti;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import org.regstream.core.DecodeException;

/**
 * The header fields that place and scale voxels, as they are stored, of either version.
 *
 * @param order      byte order of header and voxels
 * @param version    1 or 2
 * @param pair       whether the voxels are in a file of their own
 * @param type       datatype code
 * @param intent     what the values are
 * @param description free text
 * @param dim        number of axes and their lengths, 8 numbers
 * @param pixdim     qfac and voxel sizes, 8 numbers
 * @param voxelStart offset of the first voxel in its file
 * @param slope      scl_slope
 * @param intercept  scl_inter
 * @param units      xyzt_units
 * @param qformCode  0 where there is no qform
 * @param sformCode  0 where there is no sform
 * @param quaternion b, c, d
 * @param offset     of the qform
 * @param sform      upper three rows, 12 numbers
 */
record NiftiFields(ByteOrder order, int version, boolean pair, int type, int intent,
        String description, long[] dim, double[] pixdim,
        double voxelStart, double slope, double intercept, int units, int qformCode, int sformCode,
        double[] quaternion, double[] offset, double[] sform) {

    /** Of a header of version 1. */
    static final int BYTES = 348;

    /** Of a header of version 2. */
    static final int BYTES_2 = 540;

    private static final byte[] MAGIC_2 = {'n', '+', '2', 0, '\r', '\n', 0x1a, '\n'};

    /** @param start the first {@value #BYTES} bytes of a file
     *  @return how many bytes its header has */
    static int length(byte[] start) {
        for (ByteOrder order : new ByteOrder[]{ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            int size = ByteBuffer.wrap(start).order(order).getInt(0);
            if (size == BYTES || size == BYTES_2) {
                return size;
            }
        }
        throw new DecodeException("not a NIfTI file: its first four bytes must be the number " + BYTES + " or "
                + BYTES_2);
    }

    /** @param header as many bytes as {@link #length} says */
    static NiftiFields of(byte[] header) {
        ByteBuffer in = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer ordered = in.getInt(0) == header.length ? in : in.order(ByteOrder.BIG_ENDIAN);
        return header.length == BYTES ? version1(ordered) : version2(ordered);
    }

    private static NiftiFields version1(ByteBuffer in) {
        boolean pair = isPair(Arrays.copyOfRange(in.array(), 344, 348), Arrays.copyOf(NiftiHeader.MAGIC, 4));
        return new NiftiFields(in.order(), 1, pair, in.getShort(70), in.getShort(68), text(in, 148),
                numbers(8, n -> in.getShort(40 + 2 * n)),
                reals(8, n -> in.getFloat(76 + 4 * n)), in.getFloat(108), in.getFloat(112), in.getFloat(116),
                in.get(123), in.getShort(252), in.getShort(254), reals(3, n -> in.getFloat(256 + 4 * n)),
                reals(3, n -> in.getFloat(268 + 4 * n)), reals(12, n -> in.getFloat(280 + 4 * n)));
    }

    private static NiftiFields version2(ByteBuffer in) {
        boolean pair = isPair(Arrays.copyOfRange(in.array(), 4, 12), MAGIC_2.clone());
        return new NiftiFields(in.order(), 2, pair, in.getShort(12), in.getInt(504), text(in, 240),
                numbers(8, n -> in.getLong(16 + 8 * n)),
                reals(8, n -> in.getDouble(104 + 8 * n)), in.getLong(168), in.getDouble(176), in.getDouble(184),
                in.getInt(500), in.getInt(344), in.getInt(348), reals(3, n -> in.getDouble(352 + 8 * n)),
                reals(3, n -> in.getDouble(376 + 8 * n)), reals(12, n -> in.getDouble(400 + 8 * n)));
    }

    /** @param single the magic of a single file; that of a pair has an i in place of its plus. Written to. */
    private static boolean isPair(byte[] magic, byte[] single) {
        if (Arrays.equals(magic, single)) {
            return false;
        }
        single[1] = 'i';
        if (Arrays.equals(magic, single)) {
            return true;
        }
        throw new DecodeException("NIfTI magic must be that of a single file or a pair; got neither, as in ANALYZE 7.5"
                + " files, which do not say which side is left; convert the file with a tool that knows");
    }

    /** Up to the first byte 0 of 80. */
    private static String text(ByteBuffer in, int at) {
        String text = new String(in.array(), at, 80, StandardCharsets.US_ASCII);
        int end = text.indexOf(0);
        return end < 0 ? text : text.substring(0, end);
    }

    private static long[] numbers(int count, IntToLongFunction field) {
        long[] numbers = new long[count];
        Arrays.setAll(numbers, field);
        return numbers;
    }

    private static double[] reals(int count, IntToDoubleFunction field) {
        double[] numbers = new double[count];
        Arrays.setAll(numbers, field);
        return numbers;
    }
}
