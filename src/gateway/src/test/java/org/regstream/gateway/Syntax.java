package org.regstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;
import org.regstream.gateway.transcode.Codecs;

/** A transfer syntax, how storescu offers it, and the programs that write and read it. */
enum Syntax {
    /** Types of values left out. */
    IMPLICIT(UID.ImplicitVRLittleEndian, "-R -xi", "dcmconv +ti"),
    /** As it leaves the gateway. */
    EXPLICIT(UID.ExplicitVRLittleEndian, "-R -xe", "dcmconv +te"),
    /** Retired, and still sent. */
    BIG_ENDIAN(UID.ExplicitVRBigEndian, "-R -xb", "dcmconv +tb"),
    /** The whole data set by zlib. */
    DEFLATED(UID.DeflatedExplicitVRLittleEndian, "-R -xd", "dcmconv +td"),
    /** Runs of bytes, planes of bytes. */
    RLE(UID.RLELossless, "-R -xr", "dcmcrle"),
    /** Predictor 1. */
    JPEG_LOSSLESS(UID.JPEGLosslessSV1, "-R -xs", "dcmcjpeg"),
    /** Predictor 6, from which decoders have gone wrong. */
    JPEG_LOSSLESS_ANY_PREDICTOR(UID.JPEGLossless, "-xf storescu.cfg AnyPredictor", "dcmcjpeg +el"),
    /** By CharLS. */
    JPEG_LS(UID.JPEGLSLossless, "-R -xt", "dcmcjpls"),
    /** By OpenJPEG, reversible. */
    JPEG_2000(UID.JPEG2000Lossless, "-R -xv", "gdcmconv --j2k"),
    /** Lossy, 8 bits. */
    JPEG_BASELINE(UID.JPEGBaseline8Bit, "-R -xy", "dcmcjpeg +eb +un", "dcmdjpeg"),
    /** Lossy, each sample off by at most 2. */
    JPEG_LS_NEAR(UID.JPEGLSNearLossless, "-R -xu", "dcmcjpls +en +un", "dcmdjpls"),
    /** Lossy. */
    JPEG_2000_LOSSY(UID.JPEG2000, "-R -xw", "gdcmconv --j2k --lossy --irreversible -q 40", "gdcmconv --raw");

    final String uid;
    private final String proposal;
    private final List<String> encoder;
    private final Optional<List<String>> decoder;

    Syntax(String uid, String proposal, String encoder) {
        this(uid, proposal, encoder, Optional.empty());
    }

    /** Lossy: what counts is what the decoder makes of it. */
    Syntax(String uid, String proposal, String encoder, String decoder) {
        this(uid, proposal, encoder, Optional.of(List.of(decoder.split(" "))));
    }

    Syntax(String uid, String proposal, String encoder, Optional<List<String>> decoder) {
        this.uid = uid;
        this.proposal = proposal;
        this.encoder = List.of(encoder.split(" "));
        this.decoder = decoder;
    }

    /** Skips the test where this machine cannot decode it. */
    void assumeDecoded() {
        assumeTrue(Codecs.install().transferSyntaxes().contains(uid),
                this + " is not decoded here: dcm4che's native library opencv_java is not on java.library.path");
    }

    /** @return options of storescu, so that it offers this transfer syntax */
    List<String> proposal() {
        return Stream.of(proposal.split(" ")).map(option -> option.endsWith(".cfg") ? resource(option) : option)
                .toList();
    }

    private static String resource(String name) {
        return Path.of(URI.create(Syntax.class.getResource("/" + name).toString())).toString();
    }

    boolean isLossy() {
        return decoder.isPresent();
    }

    /** @param more options of the other program
     *  @return the image as it writes it, its pixels compressed */
    Attributes encode(Attributes original, Path folder, String name, String... more) throws Exception {
        Path encoded = folder.resolve("encoded-" + name);
        List<String> program = new ArrayList<>(encoder);
        program.addAll(List.of(more));
        run(program, SyntheticMr.write(original, folder.resolve("source-" + name)), encoded);
        return read(encoded, uid);
    }

    /** @return pixels that must arrive of an encoded image: the original's, or what the other program decodes */
    byte[] expected(Attributes original, Path folder, String name) throws Exception {
        if (decoder.isEmpty()) {
            return original.getBytes(Tag.PixelData);
        }
        Path decoded = folder.resolve("decoded-" + name);
        run(decoder.get(), folder.resolve("encoded-" + name), decoded);
        byte[] pixels = read(decoded, UID.ExplicitVRLittleEndian).getBytes(Tag.PixelData);
        assertThat(pixels).as("something was lost").isNotEqualTo(original.getBytes(Tag.PixelData));
        return pixels;
    }

    /**
     * Decoders of lossy JPEG and near-lossless JPEG-LS agree to the bit; those of irreversible JPEG 2000 compute with fractions, and
     * the standard lets them round as they like.
     */
    void requireSame(byte[] arrived, byte[] expected) {
        if (this == JPEG_2000_LOSSY) {
            assertThat(largestDifference(arrived, expected)).isLessThanOrEqualTo(1);
        } else {
            assertThat(arrived).isEqualTo(expected);
        }
    }

    /** Of samples of 16 bits. */
    private static int largestDifference(byte[] a, byte[] b) {
        assertThat(a).hasSameSizeAs(b);
        ShortBuffer x = ByteBuffer.wrap(a).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        ShortBuffer y = ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        return IntStream.range(0, x.limit()).map(n -> Math.abs(x.get(n) - y.get(n))).max().orElseThrow();
    }

    private static void run(List<String> program, Path from, Path to) throws Exception {
        List<Object> arguments = new ArrayList<>(program.subList(1, program.size()));
        arguments.add(from);
        arguments.add(to);
        Tool.Outcome outcome = Tool.require(program.get(0)).run(arguments.toArray());
        assertThat(outcome.succeeded()).as(outcome.output()).isTrue();
    }

    private static Attributes read(Path file, String transferSyntax) throws IOException {
        try (DicomInputStream in = new DicomInputStream(file.toFile())) {
            Attributes image = in.readDataset();
            assertThat(in.getTransferSyntax()).isEqualTo(transferSyntax);
            return image;
        }
    }
}
