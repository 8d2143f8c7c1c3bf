package org.regstream.gateway.transcode;

import java.util.Locale;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;

/**
 * Keeps it known that an image lost something, once its pixels are native and no longer show it (PS3.3 C.7.6.1.1.5): Lossy Image
 * Compression 01 with method and ratio. What the sender said of earlier compressions stays.
 */
final class LossyMark {

    private static final String LOSSY = "01";
    private static final String NEVER_LOSSY = "00";

    /** Defined terms of Lossy Image Compression Method, by transfer syntax. */
    private static final Map<String, String> METHODS = Map.of(UID.JPEGBaseline8Bit, "ISO_10918_1",
            UID.JPEGExtended12Bit, "ISO_10918_1", UID.JPEGSpectralSelectionNonHierarchical68, "ISO_10918_1",
            UID.JPEGFullProgressionNonHierarchical1012, "ISO_10918_1", UID.JPEGLSNearLossless, "ISO_14495_1",
            UID.JPEG2000, "ISO_15444_1", UID.JPEG2000MC, "ISO_15444_1", UID.HTJ2K, "ISO_15444_15");

    private LossyMark() {}

    /**
     * @param dataset modified where its transfer syntax may have lost something and the sender did not say so. JPEG 2000 in these
     *                syntaxes may be without loss: there a sender who says 00 is believed
     * @param ratio   bytes of native pixels over those of the compressed ones
     */
    static void put(Attributes dataset, String transferSyntax, double ratio) {
        String method = METHODS.get(transferSyntax);
        if (method != null && !isBelieved(dataset.getString(Tag.LossyImageCompression, ""), method)) {
            dataset.setString(Tag.LossyImageCompression, VR.CS, LOSSY);
            dataset.setString(Tag.LossyImageCompressionRatio, VR.DS, String.format(Locale.ROOT, "%.2f", ratio));
            dataset.setString(Tag.LossyImageCompressionMethod, VR.CS, method);
        }
    }

    private static boolean isBelieved(String said, String method) {
        return said.equals(LOSSY) || said.equals(NEVER_LOSSY) && method.startsWith("ISO_15444");
    }
}
