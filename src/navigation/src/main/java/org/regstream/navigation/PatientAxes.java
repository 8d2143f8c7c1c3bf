package org.regstream.navigation;

import org.regstream.core.geometry.Ras;
import org.regstream.core.geometry.Vector3;

/** Which way positions of an image count; its coordinate byte. */
public enum PatientAxes {
    /** Right, anterior, superior: what receivers take for granted, the byte unread (decision 0014). */
    RAS(1),
    /** Left, posterior, superior, as inside regstream. */
    LPS(2);

    private final int code;

    PatientAxes(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** @param lps a position or direction, LPS */
    Vector3 of(Vector3 lps) {
        return this == RAS ? Ras.flip(lps) : lps;
    }
}
