package org.regstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regstream.gateway.transcode.Codecs;

/** A thousand slices over ten associations, in every transfer syntax that another program can write. */
@ExtendWith(SharedBroker.class)
class TransferSyntaxesIT {

    private static final int ASSOCIATIONS = 10;
    private static final int SLICES_EACH = 100;
    /** Compressed by the other program; the thousand are copies of these with instance UIDs of their own. */
    private static final int DIFFERENT = 10;

    /** A transfer syntax, the program that makes it, and the option with which storescu offers it. */
    enum Syntax {
        IMPLICIT(UID.ImplicitVRLittleEndian, "-xi", "dcmconv", "+ti"), EXPLICIT(UID.ExplicitVRLittleEndian, "-xe",
                "dcmconv", "+te"), BIG_ENDIAN(UID.ExplicitVRBigEndian, "-xb", "dcmconv", "+tb"), DEFLATED(
                        UID.DeflatedExplicitVRLittleEndian, "-xd", "dcmconv",
                        "+td"), RLE(UID.RLELossless, "-xr", "dcmcrle"), JPEG_LOSSLESS(UID.JPEGLosslessSV1, "-xs",
                                "dcmcjpeg"), JPEG_LS(UID.JPEGLSLossless, "-xt",
                                        "dcmcjpls"), JPEG_2000(UID.JPEG2000Lossless, "-xv", "gdcmconv", "--j2k");

        final String uid;
        final String proposal;
        final String program;
        final List<String> options;

        Syntax(String uid, String proposal, String program, String... options) {
            this.uid = uid;
            this.proposal = proposal;
            this.program = program;
            this.options = List.of(options);
        }

        /** @return the slice as that program writes it */
        Attributes encode(Attributes original, Path folder, int n) throws Exception {
            Path source = SyntheticMr.write(original, folder.resolve("source-" + n));
            Path encoded = folder.resolve("encoded-" + n);
            List<Object> arguments = new ArrayList<>(options);
            arguments.add(source);
            arguments.add(encoded);
            Tool.Outcome outcome = Tool.require(program).run(arguments.toArray());
            assertThat(outcome.succeeded()).as(outcome.output()).isTrue();
            try (DicomInputStream in = new DicomInputStream(encoded.toFile())) {
                Attributes slice = in.readDataset();
                assertThat(in.getTransferSyntax()).isEqualTo(uid);
                return slice;
            }
        }
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Syntax.class)
    void shouldPutEachSliceOnTheTopicOnceWithTheVoxelsOfTheSource(Syntax syntax, BrokerProcess broker)
            throws Exception {
        // given
        assumeTrue(Codecs.install().transferSyntaxes().contains(syntax.uid),
                syntax + " is not decoded here: dcm4che's native library opencv_java is not on java.library.path");
        Tool.require("storescu");
        String topic = "syntax-" + syntax.name().toLowerCase(Locale.ROOT);
        broker.createTopic(topic, Map.of());
        List<Path> folders = write(syntax);

        // when
        List<String> failures;
        try (Gateway gateway = Gateway.start(TestSettings.of(broker.bootstrapServers(), topic))) {
            failures = sendAll(syntax, folders, gateway.dicomPort());
        }

        // then
        assertThat(failures).isEmpty();
        verify(TopicContent.read(broker, topic));
    }

    @ParameterizedTest
    @EnumSource(Syntax.class)
    void shouldKeepNegativeValues(Syntax syntax, BrokerProcess broker) throws Exception {
        // given
        assumeTrue(Codecs.install().transferSyntaxes().contains(syntax.uid),
                syntax + " is not decoded here: dcm4che's native library opencv_java is not on java.library.path");
        Tool storescu = Tool.require("storescu");
        String topic = "negative-" + syntax.name().toLowerCase(Locale.ROOT);
        broker.createTopic(topic, Map.of());
        Attributes source = SyntheticMr.signedSlice();
        Path encoded = SyntheticMr.write(syntax.encode(source, folder, 0), syntax.uid, folder.resolve("slice"));

        // when
        Tool.Outcome sent;
        try (Gateway gateway = Gateway.start(TestSettings.of(broker.bootstrapServers(), topic))) {
            sent = storescu.run("-v", "-R", syntax.proposal, "-aec", TestSettings.AE, TestSettings.HOST,
                    gateway.dicomPort(), encoded);
        }

        // then
        assertThat(sent.output()).contains("(Success)");
        Attributes arrived = TopicContent.parse(TopicContent.read(broker, topic).get(0).value());
        assertThat(arrived.getInt(Tag.PixelRepresentation, -1)).isOne();
        assertThat(arrived.getBytes(Tag.PixelData)).isEqualTo(source.getBytes(Tag.PixelData));
    }

    @ParameterizedTest
    @EnumSource(Syntax.class)
    void shouldKeepEveryFrame(Syntax syntax, BrokerProcess broker) throws Exception {
        // given
        assumeTrue(Codecs.install().transferSyntaxes().contains(syntax.uid),
                syntax + " is not decoded here: dcm4che's native library opencv_java is not on java.library.path");
        Tool storescu = Tool.require("storescu");
        String topic = "frames-" + syntax.name().toLowerCase(Locale.ROOT);
        broker.createTopic(topic, Map.of());
        Attributes source = SyntheticMr.threeFrames();
        Path encoded = SyntheticMr.write(syntax.encode(source, folder, 0), syntax.uid, folder.resolve("slice"));

        // when
        Tool.Outcome sent;
        try (Gateway gateway = Gateway.start(TestSettings.of(broker.bootstrapServers(), topic))) {
            sent = storescu.run("-v", "-R", syntax.proposal, "-aec", TestSettings.AE, TestSettings.HOST,
                    gateway.dicomPort(), encoded);
        }

        // then
        assertThat(sent.output()).contains("(Success)");
        Attributes arrived = TopicContent.parse(TopicContent.read(broker, topic).get(0).value());
        assertThat(arrived.getBytes(Tag.PixelData)).isEqualTo(source.getBytes(Tag.PixelData));
    }

    /** Eight bits stored in sixteen: some decoders give bytes for it. The voxels are the sender's, or nothing is taken. */
    @ParameterizedTest
    @EnumSource(Syntax.class)
    void shouldNeverTakeOtherVoxelsThanTheSenders(Syntax syntax, BrokerProcess broker) throws Exception {
        // given
        assumeTrue(Codecs.install().transferSyntaxes().contains(syntax.uid),
                syntax + " is not decoded here: dcm4che's native library opencv_java is not on java.library.path");
        Tool storescu = Tool.require("storescu");
        String topic = "bytes-" + syntax.name().toLowerCase(Locale.ROOT);
        broker.createTopic(topic, Map.of());
        Attributes source = SyntheticMr.sliceOfBytesInWords();
        Path encoded = SyntheticMr.write(syntax.encode(source, folder, 0), syntax.uid, folder.resolve("slice"));

        // when
        Tool.Outcome sent;
        try (Gateway gateway = Gateway.start(TestSettings.of(broker.bootstrapServers(), topic))) {
            sent = storescu.run("-v", "-R", syntax.proposal, "-aec", TestSettings.AE, TestSettings.HOST,
                    gateway.dicomPort(), encoded);
        }

        // then
        List<ConsumerRecord<String, byte[]>> records = TopicContent.read(broker, topic);
        assertThat(records).hasSize(sent.output().contains("(Success)") ? 1 : 0);
        for (ConsumerRecord<String, byte[]> record : records) {
            Attributes arrived = TopicContent.parse(record.value());
            assertThat(arrived.getInt(Tag.BitsAllocated, 0)).isEqualTo(16);
            assertThat(arrived.getBytes(Tag.PixelData)).isEqualTo(source.getBytes(Tag.PixelData));
        }
    }

    private List<Path> write(Syntax syntax) throws Exception {
        List<Attributes> different = new ArrayList<>();
        for (int n = 0; n < DIFFERENT; n++) {
            different.add(syntax.encode(SyntheticMr.slice(n), folder, n));
        }
        List<Path> folders = new ArrayList<>();
        for (int a = 0; a < ASSOCIATIONS; a++) {
            folders.add(Files.createDirectory(folder.resolve("association-" + a)));
            for (int i = 0; i < SLICES_EACH; i++) {
                int n = a * SLICES_EACH + i;
                Attributes copy = new Attributes(different.get(n % DIFFERENT));
                copy.setString(Tag.SOPInstanceUID, VR.UI, SyntheticMr.instanceUid(n));
                SyntheticMr.write(copy, syntax.uid, folders.get(a).resolve("slice-" + i));
            }
        }
        return folders;
    }

    private static List<String> sendAll(Syntax syntax, List<Path> folders, int port) throws Exception {
        List<Tool.Running> running = new ArrayList<>();
        for (Path each : folders) {
            running.add(new Tool("storescu").start("-R", syntax.proposal, "-aec", TestSettings.AE, "+sd",
                    TestSettings.HOST, port, each));
        }
        List<String> failures = new ArrayList<>();
        for (Tool.Running each : running) {
            Tool.Outcome outcome = each.end();
            if (!outcome.succeeded()) {
                failures.add(outcome.output());
            }
        }
        return failures;
    }

    private static void verify(List<ConsumerRecord<String, byte[]>> records) throws IOException {
        Set<Integer> seen = new HashSet<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            Attributes slice = TopicContent.parse(record.value());
            String uid = slice.getString(Tag.SOPInstanceUID);
            int n = Integer.parseInt(uid.substring(uid.lastIndexOf('.') + 1));
            seen.add(n);
            assertThat(record.key()).isEqualTo(SyntheticMr.SERIES);
            assertThat(record.headers().lastHeader("content-type").value()).asString().isEqualTo("application/dicom");
            assertThat(transferSyntaxOf(record.value())).isEqualTo(UID.ExplicitVRLittleEndian);
            assertThat(slice.getBytes(Tag.PixelData)).as("voxels of slice %d", n)
                    .isEqualTo(SyntheticMr.pixels(n % DIFFERENT));
        }
        assertThat(seen).hasSize(ASSOCIATIONS * SLICES_EACH);
        assertThat(records).hasSize(ASSOCIATIONS * SLICES_EACH);
    }

    private static String transferSyntaxOf(byte[] part10) throws IOException {
        try (DicomInputStream in = new DicomInputStream(new ByteArrayInputStream(part10))) {
            return in.readFileMetaInformation().getString(Tag.TransferSyntaxUID);
        }
    }
}
