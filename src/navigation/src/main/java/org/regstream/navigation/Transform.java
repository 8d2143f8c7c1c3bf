package org.regstream.navigation;

import java.nio.ByteBuffer;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Ras;
import org.regstream.core.geometry.Vector3;

/**
 * TRANSFORM: the 4 x 4 matrix that takes a point, as a column, to where it is shown; its last row goes without saying.
 *
 * <pre>
 * 0           12          24          36        48
 * | R11 R21 R31 | R12 R22 R32 | R13 R23 R33 | TX TY TZ |
 * </pre>
 *
 * Column by column, RAS on both sides, mm: the message has no byte that says so, and every receiver takes it for granted.
 *
 * @param pose from the space of what is to be moved to the space it is shown in, LPS mm; any invertible matrix
 */
public record Transform(Pose pose) implements Content {

    public static final String TYPE = "TRANSFORM";
    /** What questions call it: {@code GET_TRANSFORM} does not fit a header. */
    public static final String QUESTION = "TRANS";
    private static final int SIZE = 48;

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public long size() {
        return SIZE;
    }

    @Override
    public void encode(ByteBuffer to) {
        putColumn(to, pose.turn(Ras.flip(new Vector3(1, 0, 0))));
        putColumn(to, pose.turn(Ras.flip(new Vector3(0, 1, 0))));
        putColumn(to, pose.turn(Ras.flip(new Vector3(0, 0, 1))));
        putColumn(to, pose.shift());
    }

    private static void putColumn(ByteBuffer to, Vector3 lps) {
        Vector3 ras = Ras.flip(lps);
        to.putFloat((float) ras.x()).putFloat((float) ras.y()).putFloat((float) ras.z());
    }
}
