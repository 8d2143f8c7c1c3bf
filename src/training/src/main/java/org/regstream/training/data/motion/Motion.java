package org.regstream.training.data.motion;

import java.util.List;

/** A motion of tissue: where each point of the live image lay before. Depends on its arguments alone. */
public interface Motion {

    /** @param point (k, j, i), voxels; becomes the point where the tissue found here was before */
    void trace(double[] point);

    /** What the last motion's result went through: {@code parts[0]} is traced first. */
    static Motion inTurn(List<Motion> parts) {
        List<Motion> all = List.copyOf(parts);
        return point -> all.forEach(part -> part.trace(point));
    }
}
