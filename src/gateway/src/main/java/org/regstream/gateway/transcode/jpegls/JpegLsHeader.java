package org.regstream.gateway.transcode.jpegls;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a JPEG-LS codestream says before its samples.
 *
 * @param width     columns
 * @param height    rows
 * @param precision bits a sample, 2 to 16
 * @param near      largest difference to the original, 0 for lossless
 * @param preset    MAXVAL, T1, T2, T3 and RESET; 0 for the default of each
 * @param scan      where the samples begin
 */
record JpegLsHeader(int width, int height, int precision, int near, int[] preset, int scan) {

    private static final int START = 0xFFD8;
    private static final int FRAME = 0xFFF7;
    private static final int PARAMETERS = 0xFFF8;
    private static final int SCAN = 0xFFDA;
    private static final int RESTARTS = 0xFFDD;

    /** @throws IOException if it is no JPEG-LS, of several components, or uses restart markers */
    static JpegLsHeader parse(byte[] codestream) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(codestream);
        require(in.remaining() > 4 && ushort(in, 0) == START, "no start of image");
        int[] preset = new int[5];
        int frame = -1;
        int at = 2;
        while (at + 12 <= in.limit() && ushort(in, at) != SCAN) {
            int marker = ushort(in, at);
            require(marker != RESTARTS, "restart markers are not supported");
            if (marker == FRAME) {
                frame = at;
            } else if (marker == PARAMETERS && in.get(at + 4) == 1) {
                require(at + 15 <= in.limit(), "parameters are cut");
                for (int n = 0; n < preset.length; n++) {
                    preset[n] = ushort(in, at + 5 + 2 * n);
                }
            }
            at += 2 + ushort(in, at + 2);
        }
        require(frame >= 0 && at + 10 <= in.limit(), "no frame or no scan");
        require(in.get(frame + 9) == 1 && in.get(at + 4) == 1, "more than one component");
        int precision = in.get(frame + 4);
        require(precision >= 2 && precision <= 16, "precision " + precision);
        return new JpegLsHeader(ushort(in, frame + 7), ushort(in, frame + 5), precision, in.get(at + 7) & 0xFF, preset,
                at + 2 + ushort(in, at + 2));
    }

    private static void require(boolean holds, String what) throws IOException {
        if (!holds) {
            throw new IOException("JPEG-LS cannot be decoded: " + what);
        }
    }

    private static int ushort(ByteBuffer in, int at) {
        return in.getShort(at) & 0xFFFF;
    }
}
