package org.regstream.core.assembly;

import java.util.Comparator;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.Volume;

/**
 * One slice and where it lies along a common normal.
 *
 * @param sopInstanceUid of the instance it came in
 * @param pixels         [1, H, W], LPS mm
 * @param alongMm        its first voxel's centre projected on the normal, mm
 */
record Slice(String sopInstanceUid, Volume pixels, double alongMm) {

    static final Comparator<Slice> ALONG_NORMAL = Comparator.comparingDouble(Slice::alongMm);

    static Slice of(String sopInstanceUid, Volume pixels, Vector3 normal) {
        return new Slice(sopInstanceUid, pixels, pixels.grid().affine().origin().dot(normal));
    }

    Vector3 origin() {
        return pixels.grid().affine().origin();
    }
}
