package org.regstream.benchmarks.kill;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.regstream.core.assembly.AssemblyOutcome;
import org.regstream.core.assembly.AssemblyPolicy;
import org.regstream.core.assembly.Frame;
import org.regstream.core.assembly.FrameAssembler;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.write.DerivedUid;
import org.regstream.dicom.write.MrImageWriter;
import org.regstream.dicom.write.MrSeriesDescription;

/** The live series of one operation: volumes, slice by slice; now and then one lacks a slice, or shows little. For one thread. */
final class Scan {

    private static final Duration SLICE = Duration.ofMillis(70);
    /** Longer than a volume takes: the service commits only where no volume of the partition is under way (decision 0006). */
    private static final Duration PAUSE = Duration.ofMillis(700);
    private static final int MORE_PAUSE_MILLIS = 500;
    /** Of all volumes, while they need not be good. */
    private static final double LACKING = 0.04;
    private static final double FAINT = 0.1;
    private static final double FAINT_CONTRAST = 0.2;
    private static final FrameReader READER = FrameReader.withDefaults();

    private final String procedure;
    private final FramesOut out;
    private final Random random;
    private int number;

    Scan(String procedure, FramesOut out, Random random) {
        this.procedure = procedure;
        this.out = out;
        this.random = random;
    }

    String study() {
        return uid("study");
    }

    private String uid(String what) {
        return DerivedUid.of("kill test " + what, List.of(procedure));
    }

    /** A volume on its way. @param last its last slice; those before it are with the broker when this one is */
    record Sent(SentVolume volume, Future<RecordMetadata> last) {}

    /** Sends the next volume, slice by slice. @param isGood whether it must be whole, and show what is to be seen */
    Sent next(boolean isGood) throws InterruptedException {
        Instant acquiredAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
        double contrast = !isGood && random.nextDouble() < FAINT ? FAINT_CONTRAST : 1;
        List<byte[]> slices = MrImageWriter.write(Patient.image(contrast, random), new MrSeriesDescription(study(),
                uid("series"), uid("space"), ++number, acquiredAt));
        String volumeId = volumeId(slices, acquiredAt);
        if (!isGood && random.nextDouble() < LACKING) {
            slices = new ArrayList<>(slices);
            slices.remove(random.nextInt(slices.size()));
            volumeId = "";
        }
        Future<RecordMetadata> last = null;
        for (byte[] slice : slices) {
            last = out.send(uid("series"), slice);
            Thread.sleep(SLICE.toMillis());
        }
        return new Sent(new SentVolume(procedure, uid("series"), number, volumeId, acquiredAt, Instant.now()), last);
    }

    /** Until the next volume. */
    void pause() throws InterruptedException {
        Thread.sleep(PAUSE.toMillis() + random.nextInt(MORE_PAUSE_MILLIS));
    }

    /** As the service will call it. */
    private static String volumeId(List<byte[]> slices, Instant now) {
        FrameAssembler<byte[]> assembler = new FrameAssembler<>(AssemblyPolicy.DEFAULT);
        for (byte[] slice : slices) {
            for (Frame frame : READER.read(slice, now)) {
                if (assembler.offer(frame, slice, now) instanceof AssemblyOutcome.Complete<byte[]> complete) {
                    return complete.volume().volumeId();
                }
            }
        }
        throw new IllegalStateException("all slices of a volume are a volume");
    }
}
