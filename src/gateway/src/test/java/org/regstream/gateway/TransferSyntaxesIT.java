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
import org.junit.jupiter.api.Test;
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

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Syntax.class)
    void shouldPutEachSliceOnTheTopicOnceWithTheVoxelsOfTheSource(Syntax syntax, BrokerProcess broker)
            throws Exception {
        // given
        syntax.assumeDecoded();
        Tool.require("storescu");
        String topic = "syntax-" + syntax.name().toLowerCase(Locale.ROOT);
        broker.createTopic(topic, Map.of());
        List<byte[]> voxels = new ArrayList<>();
        List<Path> folders = write(syntax, voxels);

        // when
        List<String> failures;
        try (Gateway gateway = Gateway.start(TestSettings.of(broker.bootstrapServers(), topic))) {
            failures = sendAll(syntax, folders, gateway.dicomPort());
        }

        // then
        assertThat(failures).isEmpty();
        verify(TopicContent.read(broker, topic), syntax, voxels);
    }

    /** DCMTK writes no near-lossless JPEG-LS of signed pixels. */
    @ParameterizedTest
    @EnumSource(value = Syntax.class, mode = EnumSource.Mode.EXCLUDE, names = {"JPEG_BASELINE", "JPEG_LS_NEAR"})
    void shouldKeepNegativeValues(Syntax syntax, BrokerProcess broker) throws Exception {
        Delivery delivery = Delivery.of(SyntheticMr.signedSlice(), syntax, folder, broker);

        assertThat(delivery.isAccepted()).as(delivery.said()).isTrue();
        assertThat(delivery.arrived().get(0).getInt(Tag.PixelRepresentation, -1)).isOne();
        syntax.requireSame(delivery.arrived().get(0).getBytes(Tag.PixelData), delivery.expected());
    }

    @ParameterizedTest
    @EnumSource(value = Syntax.class, mode = EnumSource.Mode.EXCLUDE, names = "JPEG_BASELINE")
    void shouldKeepEveryFrame(Syntax syntax, BrokerProcess broker) throws Exception {
        Delivery delivery = Delivery.of(SyntheticMr.threeFrames(), syntax, folder, broker);

        assertThat(delivery.isAccepted()).as(delivery.said()).isTrue();
        syntax.requireSame(delivery.arrived().get(0).getBytes(Tag.PixelData), delivery.expected());
    }

    /** Eight bits stored in sixteen: some decoders give bytes for it. The voxels are the sender's, or nothing is taken. */
    @ParameterizedTest
    @EnumSource(value = Syntax.class, mode = EnumSource.Mode.EXCLUDE, names = "JPEG_BASELINE")
    void shouldNeverTakeOtherVoxelsThanTheSenders(Syntax syntax, BrokerProcess broker) throws Exception {
        Delivery delivery = Delivery.of(SyntheticMr.sliceOfBytesInWords(), syntax, folder, broker);

        assertThat(delivery.arrived()).hasSize(delivery.isAccepted() ? 1 : 0);
        for (Attributes arrived : delivery.arrived()) {
            assertThat(arrived.getInt(Tag.BitsAllocated, 0)).isEqualTo(16);
            syntax.requireSame(arrived.getBytes(Tag.PixelData), delivery.expected());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Syntax.class, names = {"JPEG_BASELINE", "JPEG_LS_NEAR", "JPEG_2000_LOSSY"})
    void shouldSayWhatWasLostWhereTheSenderDidNot(Syntax syntax, BrokerProcess broker) throws Exception {
        // given
        syntax.assumeDecoded();
        Attributes source = source(syntax, 0);
        Attributes encoded = syntax.encode(source, folder, "one");
        byte[] expected = syntax.expected(source, folder, "one");
        encoded.remove(Tag.LossyImageCompression);
        encoded.remove(Tag.LossyImageCompressionRatio);
        encoded.remove(Tag.LossyImageCompressionMethod);

        // when
        Delivery delivery = Delivery.of(encoded, expected, syntax, folder, broker);

        // then
        Attributes arrived = delivery.arrived().get(0);
        assertThat(arrived.getString(Tag.LossyImageCompression)).isEqualTo("01");
        assertThat(arrived.getString(Tag.LossyImageCompressionMethod)).startsWith("ISO_1");
        assertThat(arrived.getDouble(Tag.LossyImageCompressionRatio, 0)).isBetween(1.0, 50.0);
        syntax.requireSame(arrived.getBytes(Tag.PixelData), expected);
    }

    /** A scanner that hears this offers another transfer syntax. */
    @Test
    void shouldNotAcceptATransferSyntaxThatItCannotDecode(BrokerProcess broker) throws Exception {
        // given
        assumeTrue(!Codecs.install().isComplete(), "dcm4che's native library is here: 12-bit JPEG is decoded");
        Tool storescu = Tool.require("storescu");
        Path source = SyntheticMr.write(SyntheticMr.slice(0), folder.resolve("source"));
        Path encoded = folder.resolve("encoded");
        assertThat(Tool.require("dcmcjpeg").run("+ee", source, encoded).succeeded()).isTrue();
        broker.createTopic("twelve-bits", Map.of());

        // when
        Tool.Outcome outcome;
        try (Gateway gateway = Gateway.start(TestSettings.of(broker.bootstrapServers(), "twelve-bits"))) {
            outcome = storescu.run("-v", "-R", "-xx", "-aec", TestSettings.AE, TestSettings.HOST, gateway.dicomPort(),
                    encoded);
        }

        // then: storescu falls back on the uncompressed one that it offers beside, which it cannot make
        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.output()).contains("JPEG Extended, Process 2+4 -> Little Endian Explicit");
        assertThat(TopicContent.read(broker, "twelve-bits")).isEmpty();
    }

    /** Baseline JPEG has 8 bits and no more. */
    private static Attributes source(Syntax syntax, int n) {
        return syntax == Syntax.JPEG_BASELINE ? SyntheticMr.sliceOfBytes(n) : SyntheticMr.slice(n);
    }

    /** @param voxels gets those that must arrive of each different slice */
    private List<Path> write(Syntax syntax, List<byte[]> voxels) throws Exception {
        List<Attributes> different = new ArrayList<>();
        for (int n = 0; n < DIFFERENT; n++) {
            Attributes source = source(syntax, n);
            different.add(syntax.encode(source, folder, String.valueOf(n)));
            voxels.add(syntax.expected(source, folder, String.valueOf(n)));
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
            List<Object> arguments = new ArrayList<>(syntax.proposal());
            arguments.addAll(List.of("-aec", TestSettings.AE, "+sd", TestSettings.HOST, port, each));
            running.add(new Tool("storescu").start(arguments.toArray()));
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

    private static void verify(List<ConsumerRecord<String, byte[]>> records, Syntax syntax, List<byte[]> voxels)
            throws IOException {
        Set<Integer> seen = new HashSet<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            Attributes slice = TopicContent.parse(record.value());
            String uid = slice.getString(Tag.SOPInstanceUID);
            int n = Integer.parseInt(uid.substring(uid.lastIndexOf('.') + 1));
            seen.add(n);
            assertThat(record.key()).isEqualTo(SyntheticMr.SERIES);
            assertThat(record.headers().lastHeader("content-type").value()).asString().isEqualTo("application/dicom");
            assertThat(transferSyntaxOf(record.value())).isEqualTo(UID.ExplicitVRLittleEndian);
            syntax.requireSame(slice.getBytes(Tag.PixelData), voxels.get(n % DIFFERENT));
            assertThat(slice.getString(Tag.LossyImageCompression, "00")).isEqualTo(syntax.isLossy() ? "01" : "00");
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
