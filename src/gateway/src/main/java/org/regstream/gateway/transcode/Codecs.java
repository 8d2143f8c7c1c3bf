package org.regstream.gateway.transcode;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dcm4che3.data.UID;
import org.dcm4che3.imageio.codec.ImageReaderFactory;
import org.dcm4che3.imageio.codec.ImageReaderFactory.ImageReaderParam;
import org.regstream.gateway.transcode.jpegls.JpegLsReaderSpi;

/**
 * Which transfer syntaxes can be decoded on this machine. Only these are accepted in an association, so that a sender
 * learns at once, and may offer another, instead of losing an image later.
 *
 * <p>With dcm4che's build of OpenCV on {@code java.library.path} these are all that dcm4che knows; without it, those that
 * Java code decodes: RLE, JPEG lossless, 8-bit JPEG, JPEG-LS of one component, and JPEG 2000.
 */
public final class Codecs {

    /** Name of dcm4che's native library; OpenCV's own builds lack its DICOM functions and have other names. */
    private static final String NATIVE_LIBRARY = "opencv_java";

    private static final List<String> UNCOMPRESSED = List.of(UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian,
            UID.DeflatedExplicitVRLittleEndian, UID.ExplicitVRBigEndian);

    private static final ImageReaderParam RLE = reader("rle", "org.dcm4che3.imageio.plugins.rle.RLEImageReader");
    private static final ImageReaderParam JPEG = reader("jpeg",
            "com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReader");
    private static final ImageReaderParam JPEG_2000 = reader("jpeg2000",
            "com.github.jaiimageio.jpeg2000.impl.J2KImageReader");

    private static final ImageReaderParam JPEG_LS = reader(JpegLsReaderSpi.FORMAT, JpegLsReaderSpi.READER);

    private static final Map<String, ImageReaderParam> IN_JAVA = Map.of(UID.JPEGLSLossless, JPEG_LS,
            UID.JPEGLSNearLossless, JPEG_LS, UID.RLELossless, RLE, UID.JPEGBaseline8Bit,
            JPEG, UID.JPEGLossless, JPEG, UID.JPEGLosslessSV1, JPEG, UID.JPEG2000Lossless, JPEG_2000, UID.JPEG2000,
            JPEG_2000);

    private final Set<String> transferSyntaxes;
    private final boolean nativeLibrary;

    private Codecs(Set<String> transferSyntaxes, boolean nativeLibrary) {
        this.transferSyntaxes = transferSyntaxes;
        this.nativeLibrary = nativeLibrary;
    }

    /** Finds out what this machine can decode and tells dcm4che, whose choice is one per process. */
    public static Codecs install() {
        boolean opencv = hasNativeLibrary();
        if (!opencv) {
            ImageReaderFactory factory = new ImageReaderFactory();
            IN_JAVA.forEach(factory::put);
            ImageReaderFactory.setDefault(factory);
        }
        Set<String> syntaxes = new LinkedHashSet<>(UNCOMPRESSED);
        ImageReaderFactory.getDefault().getEntries().forEach(e -> syntaxes.add(e.getKey()));
        return new Codecs(syntaxes, opencv);
    }

    /** @return UIDs, the ones that cost nothing first */
    public Set<String> transferSyntaxes() {
        return new LinkedHashSet<>(transferSyntaxes);
    }

    /** @return whether all that dcm4che decodes is decoded, colour JPEG-LS, 12-bit JPEG and HTJ2K included */
    public boolean isComplete() {
        return nativeLibrary;
    }

    private static boolean hasNativeLibrary() {
        try {
            System.loadLibrary(NATIVE_LIBRARY);
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    private static ImageReaderParam reader(String format, String className) {
        return new ImageReaderParam(format, className, "");
    }
}
