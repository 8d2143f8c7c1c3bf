package org.regstream.benchmarks.kernels;

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
import org.regstream.core.carry.CarriedLabels;
import org.regstream.core.carry.Carried;
import org.regstream.core.carry.CarryingFields;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.similarity.Nlcc;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Warp;

/** Image pulled along a field, images compared, labels carried: on a cube of voxels of 1 mm, along a smooth field of up to 4 voxels. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ImageBenchmark {

    private static final double AMPLITUDE = 4;
    private static final float ERROR = 0.5f;

    /** Edge of the cube, voxels. */
    @Param({"64", "96"})
    public int edge;

    private Volume fixed;
    private Volume moving;
    private LabelMap labels;
    private DisplacementField field;
    private CarryingFields fields;

    /** Seeded. */
    @Setup
    public void make() {
        Grid grid = new Grid(edge, edge, edge, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));
        fixed = RandomData.volume(grid, 1);
        moving = RandomData.volume(grid, 2);
        field = RandomData.smoothField(grid, AMPLITUDE, 3);
        labels = boxes(grid);
        float[] error = new float[grid.size()];
        java.util.Arrays.fill(error, ERROR);
        fields = new CarryingFields(field, List.of(field), Volume.takeOwnershipOf(grid, error), 1);
    }

    /** Two, side by side around the middle. */
    private static LabelMap boxes(Grid grid) {
        byte[] labels = new byte[grid.size()];
        for (int k = grid.depth() / 3; k < 2 * grid.depth() / 3; k++) {
            for (int j = grid.height() / 3; j < 2 * grid.height() / 3; j++) {
                for (int i = grid.width() / 3; i < 2 * grid.width() / 3; i++) {
                    labels[grid.offset(k, j, i)] = (byte) (i < grid.width() / 2 ? 1 : 2);
                }
            }
        }
        return LabelMap.takeOwnershipOf(grid, labels);
    }

    @Benchmark
    public Volume warp() {
        return Warp.linear(moving, field, 0);
    }

    @Benchmark
    public double nlcc() {
        return Nlcc.of(fixed, moving);
    }

    @Benchmark
    public Carried carryLabels() {
        return CarriedLabels.of(labels, fields, field.grid());
    }
}
