package org.regstream.dicom;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.regstream.core.DecodeException;

/** The encodings of a data set that regstream reads itself. */
public enum TransferSyntax {
    // @formatter:off
    IMPLICIT_LITTLE_ENDIAN("1.2.840.10008.1.2"),
    EXPLICIT_LITTLE_ENDIAN("1.2.840.10008.1.2.1"),
    DEFLATED_EXPLICIT_LITTLE_ENDIAN("1.2.840.10008.1.2.1.99"),
    EXPLICIT_BIG_ENDIAN("1.2.840.10008.1.2.2"),
    RLE_LOSSLESS("1.2.840.10008.1.2.5");
    // @formatter:on

    private static final Map<String, String> COMPRESSED = Map.ofEntries(
            Map.entry("1.2.840.10008.1.2.4.50", "JPEG Baseline"), Map.entry("1.2.840.10008.1.2.4.51", "JPEG Extended"),
            Map.entry("1.2.840.10008.1.2.4.57", "JPEG Lossless"),
            Map.entry("1.2.840.10008.1.2.4.70", "JPEG Lossless SV1"),
            Map.entry("1.2.840.10008.1.2.4.80", "JPEG-LS Lossless"),
            Map.entry("1.2.840.10008.1.2.4.81", "JPEG-LS Near-lossless"),
            Map.entry("1.2.840.10008.1.2.4.90", "JPEG 2000 Lossless"),
            Map.entry("1.2.840.10008.1.2.4.91", "JPEG 2000"),
            Map.entry("1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Lossless"),
            Map.entry("1.2.840.10008.1.2.4.202", "High-Throughput JPEG 2000 Lossless RPCL"),
            Map.entry("1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000"));

    private final String uid;

    TransferSyntax(String uid) {
        this.uid = uid;
    }

    public String uid() {
        return uid;
    }

    public boolean isExplicit() {
        return this != IMPLICIT_LITTLE_ENDIAN;
    }

    public boolean isBigEndian() {
        return this == EXPLICIT_BIG_ENDIAN;
    }

    /** @return the syntax with this unique identifier
     *  @throws UnreadableSyntaxException if we do not read it; the message names it and the ways out */
    public static TransferSyntax of(String uid) {
        return find(uid).orElseThrow(() -> unreadable(uid));
    }

    private static Optional<TransferSyntax> find(String uid) {
        return Arrays.stream(values()).filter(s -> s.uid.equals(uid)).findFirst();
    }

    private static UnreadableSyntaxException unreadable(String uid) {
        String safe = uid.length() <= 64 && uid.matches("[0-9.]+") ? uid : "of " + uid.length() + " odd characters";
        String name = Optional.ofNullable(COMPRESSED.get(uid)).map(n -> " (" + n + ")").orElse("");
        return new UnreadableSyntaxException("transfer syntax " + safe + name
                + " is not read here; expected implicit or explicit"
                + " little endian, explicit big endian, deflated or RLE. Let Orthanc transcode (DICOMweb with a native"
                + " transfer syntax), or send through the dcm4che gateway (src/gateway)");
    }
}
