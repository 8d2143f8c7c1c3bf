package org.regstream.benchmarks.kernels;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.regstream.core.assembly.AssemblyOutcome;
import org.regstream.core.assembly.AssemblyPolicy;
import org.regstream.core.assembly.Frame;
import org.regstream.core.assembly.FrameAssembler;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.RandomData;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.write.MrImageWriter;
import org.regstream.dicom.write.MrSeriesDescription;

/** DICOM instances of one volume, as they lie on the topic, decoded and assembled. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class FrameBenchmark {

    private static final int SLICES = 36;
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    /** Rows and columns of a slice; of 36. */
    @Param({"64", "256"})
    public int edge;

    private final FrameReader reader = FrameReader.withDefaults();
    private List<byte[]> instances;

    /** Seeded. */
    @Setup
    public void make() {
        Grid grid = new Grid(SLICES, edge, edge, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));
        instances = MrImageWriter.write(RandomData.volume(grid, 1),
                new MrSeriesDescription("2.25.1", "2.25.2", "2.25.3", 1, NOW));
    }

    /** @return the volume, complete with the last of them */
    @Benchmark
    public AssemblyOutcome<byte[]> decodeAndAssemble() {
        FrameAssembler<byte[]> assembler = new FrameAssembler<>(AssemblyPolicy.DEFAULT);
        AssemblyOutcome<byte[]> outcome = null;
        for (byte[] instance : instances) {
            for (Frame frame : reader.read(instance, NOW)) {
                outcome = assembler.offer(frame, instance, NOW);
            }
        }
        return outcome;
    }
}
