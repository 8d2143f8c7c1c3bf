package org.regstream.core.assembly;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.regstream.core.Sha256;

/** Names volumes by what they are made of. */
final class VolumeIds {

    private static final int BYTES = 16;

    private VolumeIds() {}

    /** First 128 bits of the SHA-256 of series, phase and instances, in hexadecimal. */
    static String of(VolumeKey key, List<String> sliceInstanceUids) {
        MessageDigest sha256 = Sha256.digest();
        update(sha256, key.seriesInstanceUid());
        update(sha256, key.phase());
        sliceInstanceUids.forEach(uid -> update(sha256, uid));
        return HexFormat.of().formatHex(sha256.digest(), 0, BYTES);
    }

    /** The zero byte keeps ("1.2", "3") and ("1.23", "") apart. */
    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
