package org.regstream.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.ModelException;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Prediction;
import org.regstream.core.model.PredictiveUncertainty;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

class GoldenPairTest {

    private static final ModelManifest MANIFEST = Manifests.any();
    private static final Grid GRID = new Grid(6, 8, 4, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));

    @TempDir
    Path folder;

    @Test
    void shouldAcceptTheNetworkThatWasRecorded() {
        // given
        recorded().write(folder);

        // when
        GoldenPair read = GoldenPair.read(folder, MANIFEST);

        // then
        assertThatCode(() -> read.check(network(0))).doesNotThrowAnyException();
    }

    @Test
    void shouldNameTheLargestDifferenceItsPlaceAndTheTolerance() {
        // given: component j (1) at voxel (2, 3, 1) is 0.25 voxel off
        GoldenPair golden = recorded();

        // then
        assertThatThrownBy(() -> golden.check(network(0.25f))).isInstanceOf(ModelException.class)
                .hasMessageContaining("displacement (voxels) differs by 0.250 at channel and voxel [1, 2, 3, 1]")
                .hasMessageContaining("tolerance 0.0100");
    }

    @Test
    void shouldRefuseAnOutputThatIsNotANumber() {
        GoldenPair golden = recorded();

        assertThatThrownBy(() -> golden.check(network(Float.NaN))).isInstanceOf(ModelException.class)
                .hasMessageContaining("golden check failed");
    }

    @Test
    void shouldAcceptADifferenceWithinTheTolerance() {
        GoldenPair golden = recorded();

        assertThatCode(() -> golden.check(network(0.009f))).doesNotThrowAnyException();
    }

    @Test
    void shouldCheckPredictiveUncertaintyWhereTheNetworkHasIt() {
        // given
        ModelManifest manifest = Manifests.withPredictiveUncertainty();
        GoldenPair.record(uncertain(0.2f), 3, image(), image(), labels(GRID)).write(folder);

        // when
        GoldenPair golden = GoldenPair.read(folder, manifest);

        // then
        assertThatCode(() -> golden.check(uncertain(0.2f))).doesNotThrowAnyException();
        assertThatThrownBy(() -> golden.check(uncertain(0.25f))).isInstanceOf(ModelException.class)
                .hasMessageContaining("predictive_uncertainty differs by 0.0500");
        assertThatThrownBy(() -> golden.check(network(0))).isInstanceOf(ModelException.class)
                .hasMessageContaining("returns no predictive_uncertainty");
    }

    @Test
    void shouldGiveTheSameBytesForTheSamePair() throws IOException {
        recorded().write(folder.resolve("a"));
        recorded().write(folder.resolve("b"));

        assertThat(folder.resolve("a").resolve(GoldenPair.FILE)).hasSameBinaryContentAs(
                folder.resolve("b").resolve(GoldenPair.FILE));
    }

    @Test
    void shouldStayBelowOneMegabyteOnTheHippocampusWindow() throws IOException {
        // given: the worst case, noise in every array
        Grid grid = new Grid(48, 64, 48, GRID.affine());
        Volume noise = Volume.takeOwnershipOf(grid, noise(grid.size(), 1));

        // when
        GoldenPair.record((f, m, l) -> new Prediction(
                DisplacementField.takeOwnershipOf(grid, noise(3 * grid.size(), 2)), m, l), 3, noise, noise,
                labels(grid)).write(folder);

        // then
        assertThat(Files.size(folder.resolve(GoldenPair.FILE))).isLessThan(1_000_000);
    }

    @Test
    void shouldRefuseAFileOfAnotherShape() {
        // given
        Grid other = new Grid(4, 8, 6, GRID.affine());
        Volume image = Volume.takeOwnershipOf(other, noise(other.size(), 3));
        GoldenPair.record((f, m, l) -> new Prediction(DisplacementField.zero(other), m, l), 3, image, image,
                labels(other)).write(folder);

        // then
        assertThatThrownBy(() -> GoldenPair.read(folder, MANIFEST)).isInstanceOf(ModelException.class)
                .hasMessageContaining("array fixed must be |u1 of shape [6, 8, 4]");
    }

    @Test
    void shouldRefuseAFileThatIsNoZip() throws IOException {
        Files.createDirectories(folder.resolve("golden"));
        Files.write(folder.resolve(GoldenPair.FILE), new byte[100]);

        assertThatThrownBy(() -> GoldenPair.read(folder, MANIFEST)).isInstanceOf(ModelException.class)
                .hasMessageContaining("array fixed is missing");
    }

    @Test
    void shouldRefuseIntensitiesThatWereNotMapped() {
        Volume raw = Volume.takeOwnershipOf(GRID, new float[GRID.size()]);
        raw.values()[5] = 300;

        assertThatThrownBy(() -> GoldenPair.record(network(0), 3, raw, raw, labels(GRID)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("in [0, 1], got 300.0");
    }

    private static GoldenPair recorded() {
        return GoldenPair.record(network(0), 3, image(), image(), labels(GRID));
    }

    private static Volume image() {
        return Volume.takeOwnershipOf(GRID, noise(GRID.size(), 3));
    }

    /** As {@link #network}, and expects the same error of its label probabilities everywhere. */
    private static GoldenPair.Network uncertain(float everywhere) {
        float[] u = new float[3 * GRID.size()];
        Arrays.fill(u, everywhere);
        return (fixed, moving, labels) -> {
            Prediction certain = network(0).predict(fixed, moving, labels);
            return new Prediction(certain.displacement(), certain.warped(), certain.labelProbabilities(),
                    Optional.of(PredictiveUncertainty.takeOwnershipOf(fixed.grid(), 3, u)));
        };
    }

    /** Returns its inputs and half a voxel everywhere, except one component that is off. */
    private static GoldenPair.Network network(float off) {
        return (fixed, moving, labels) -> {
            float[] u = new float[3 * GRID.size()];
            Arrays.fill(u, 0.5f);
            u[GRID.size() + GRID.offset(2, 3, 1)] += off;
            return new Prediction(DisplacementField.takeOwnershipOf(fixed.grid(), u), moving, labels);
        };
    }

    private static float[] noise(int n, long seed) {
        Random random = new Random(seed);
        float[] values = new float[n];
        for (int x = 0; x < n; x++) {
            values[x] = random.nextFloat();
        }
        return values;
    }

    private static LabelMap labels(Grid grid) {
        byte[] labels = new byte[grid.size()];
        for (int x = 0; x < labels.length; x++) {
            labels[x] = (byte) (x % 3);
        }
        return LabelMap.takeOwnershipOf(grid, labels);
    }
}
