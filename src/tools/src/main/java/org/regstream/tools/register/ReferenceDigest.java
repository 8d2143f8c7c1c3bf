package org.regstream.tools.register;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.regstream.core.Sha256;
import org.regstream.core.geometry.Grid;
import org.regstream.core.procedure.Reference;

/** Names the moving side of a registration by what it holds, whatever its files are called. */
final class ReferenceDigest {

    private ReferenceDigest() {}

    /** @return SHA-256 of voxels, labels, grid, structures and alignment, lower-case hexadecimal */
    static String of(Reference reference) {
        MessageDigest digest = Sha256.digest();
        Grid grid = reference.image().grid();
        text(digest, grid.depth() + " " + grid.height() + " " + grid.width() + " " + grid.affine());
        text(digest, reference.structures() + " " + reference.alignment() + " " + reference.regionOfInterest());
        float[] values = reference.image().values();
        for (int k = 0; k < grid.depth(); k++) {
            int slice = grid.height() * grid.width();
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * slice);
            bytes.asFloatBuffer().put(values, k * slice, slice);
            digest.update(bytes);
        }
        digest.update(reference.labels().labels());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void text(MessageDigest digest, String text) {
        digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
