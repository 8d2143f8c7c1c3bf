package org.regstream.dicom.write;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.regstream.core.Sha256;

/** Unique identifiers that follow from what they name, so that a repeat is the same object: {@code 2.25.<UUID as integer>}. */
public final class DerivedUid {

    private DerivedUid() {}

    /**
     * @param kind   what is named: keeps, say, a series apart from an instance made of the same parts
     * @param parts  all that the object follows from; their order counts
     * @return an identifier of at most 44 characters: SHA-256 of kind and parts, cut to a UUID of version 8 (RFC 9562)
     */
    public static String of(String kind, List<String> parts) {
        MessageDigest digest = Sha256.digest();
        update(digest, kind);
        parts.forEach(part -> update(digest, part));
        byte[] uuid = Arrays.copyOf(digest.digest(), 16);
        uuid[6] = (byte) (uuid[6] & 0x0f | 0x80);
        uuid[8] = (byte) (uuid[8] & 0x3f | 0x80);
        return "2.25." + new BigInteger(1, uuid);
    }

    /** The length goes first, so that ("ab", "c") and ("a", "bc") differ. */
    private static void update(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
