package org.regstream.benchmarks.frames;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.regstream.core.assembly.AssemblyOutcome;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.assembly.AssemblyPolicy;
import org.regstream.core.assembly.Frame;
import org.regstream.core.assembly.FrameAssembler;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.write.MrImageWriter;
import org.regstream.dicom.write.MrSeriesDescription;

/**
 * DICOM instances of one volume, as they lie on the topic: decoded, rescaled and assembled by regstream, against the same bytes merely parsed by
 * dcm4che (pixel data kept as bytes), and parsed and rescaled slice by slice by pydicom. One thread, in turn, by its processor time: on a machine
 * that is shared, figures of one run compare, those of two do not.
 */
public final class FramesIn {

    private static final int ROUNDS = 5;
    private static final double SECONDS = 0.5;
    private static final int SLICES = 36;
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final FrameReader READER = FrameReader.withDefaults();
    private static final String PYDICOM = """
            import io, pathlib, sys, time, pydicom
            files = [p.read_bytes() for p in sorted(pathlib.Path(sys.argv[1]).iterdir())]
            n, start = 0, time.thread_time()
            while time.thread_time() - start < float(sys.argv[2]):
                for f in files:
                    d = pydicom.dcmread(io.BytesIO(f))
                    d.pixel_array * float(d.get('RescaleSlope', 1)) + float(d.get('RescaleIntercept', 0))
                n += len(files)
            print(n / (time.thread_time() - start))
            """;

    private FramesIn() {}

    /** @param args folders of one series each, to be measured beside the series that are made here */
    public static void main(String[] args) throws IOException, InterruptedException {
        System.out.printf("%-34s %12s %12s %12s %9s %9s%n", "instances a second of thread time", "regstream", "dcm4che",
                "pydicom", "dcm4che x", "pydicom x");
        for (int edge : new int[]{64, 256, 512}) {
            measure(SLICES + " of " + edge + " x " + edge, made(edge));
        }
        for (String folder : args) {
            measure(Path.of(folder).getFileName().toString(), read(Path.of(folder)));
        }
    }

    private static List<byte[]> made(int edge) {
        Grid grid = new Grid(SLICES, edge, edge, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));
        Random random = new Random(1);
        float[] values = new float[grid.size()];
        for (int x = 0; x < values.length; x++) {
            values[x] = random.nextInt(1000);
        }
        return MrImageWriter.write(Volume.takeOwnershipOf(grid, values),
                new MrSeriesDescription("2.25.1", "2.25.2", "2.25.3", 1, NOW));
    }

    private static List<byte[]> read(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<byte[]> instances = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                instances.add(Files.readAllBytes(file));
            }
            return instances;
        }
    }

    private static void measure(String what, List<byte[]> instances) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("frames");
        for (int n = 0; n < instances.size(); n++) {
            Files.write(folder.resolve(String.format(Locale.ROOT, "%05d", n)), instances.get(n));
        }
        double[] ours = new double[ROUNDS];
        double[] dcm4che = new double[ROUNDS];
        double[] pydicom = new double[ROUNDS];
        for (int round = -2; round < ROUNDS; round++) {
            double a = rate(instances.size(), () -> decodeAndAssemble(instances));
            double b = rate(instances.size(), () -> parse(instances));
            if (round >= 0) {
                ours[round] = a;
                dcm4che[round] = b;
                pydicom[round] = pydicom(folder);
            }
        }
        System.out.printf(Locale.ROOT, "%-34s %12.0f %12.0f %12.0f %9.2f %9.2f%n", what, median(ours), median(dcm4che),
                median(pydicom), medianRatio(ours, dcm4che), medianRatio(ours, pydicom));
    }

    private static double rate(int instances, Runnable all) {
        long start = threadNanos();
        long done = 0;
        while (threadNanos() - start < SECONDS * 1e9) {
            all.run();
            done += instances;
        }
        return done / ((threadNanos() - start) / 1e9);
    }

    private static long threadNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void decodeAndAssemble(List<byte[]> instances) {
        FrameAssembler<byte[]> assembler = new FrameAssembler<>(AssemblyPolicy.DEFAULT);
        List<AssemblyOutcome<byte[]>> outcomes = new ArrayList<>();
        String series = "";
        for (byte[] instance : instances) {
            for (Frame frame : READER.read(instance, NOW)) {
                outcomes.add(assembler.offer(frame, instance, NOW));
                series = frame.seriesInstanceUid();
            }
        }
        outcomes.addAll(assembler.endOfSeries(series, NOW));
        if (outcomes.stream().noneMatch(outcome -> outcome instanceof Complete)) {
            throw new IllegalStateException("no volume: " + outcomes.get(outcomes.size() - 1));
        }
    }

    private static void parse(List<byte[]> instances) {
        for (byte[] instance : instances) {
            try (DicomInputStream in = new DicomInputStream(new ByteArrayInputStream(instance))) {
                if (in.readDataset().getBytes(Tag.PixelData).length == 0) {
                    throw new IllegalStateException("no pixels");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static double pydicom(Path folder) throws IOException, InterruptedException {
        Process python = new ProcessBuilder("/usr/bin/python3", "-c", PYDICOM, folder.toString(),
                String.valueOf(SECONDS)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String rate = new String(python.getInputStream().readAllBytes()).strip();
        return python.waitFor() == 0 ? Double.parseDouble(rate) : Double.NaN;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double medianRatio(double[] a, double[] b) {
        double[] ratios = new double[a.length];
        Arrays.setAll(ratios, n -> a[n] / b[n]);
        return median(ratios);
    }
}
