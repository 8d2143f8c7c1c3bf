package org.regstream.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.ModelException;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.Look;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Prediction;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
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
    void shouldCheckEveryOutput() {
        GoldenPair golden = recorded();

        assertThatThrownBy(() -> golden.check((f, m) -> prediction(0, 1.25f, f, m)))
                .hasMessageContaining("expected_error (voxels) differs by 0.250");
        assertThatThrownBy(() -> golden.check((f, m) -> prediction(0, 1, m, m)))
                .hasMessageContaining("outline differs by");
        assertThatThrownBy(() -> golden.check((f, m) -> prediction(0, 1, f, f)))
                .hasMessageContaining("moving_outline differs by");
    }

    @Test
    void shouldKeepTheMeansOfAnEnsemble() {
        // given: members whose expected errors are 1 and 2 voxels
        GoldenPair pair = recorded();
        GoldenPair.Network two = (f, m) -> new Look(List.of(prediction(0, 1, f, m).members().get(0),
                prediction(0, 2, f, m).members().get(0)));

        // when
        GoldenEnsemble.record(pair, two).write(folder);
        GoldenEnsemble read = GoldenEnsemble.decode(PackageFiles.read(folder.resolve(GoldenEnsemble.FILE), 1 << 20),
                folder, MANIFEST, pair);

        // then
        assertThatCode(() -> read.check(two)).doesNotThrowAnyException();
        assertThatCode(() -> read.check((f, m) -> prediction(0, 1.5f, f, m))).doesNotThrowAnyException();
        assertThatThrownBy(() -> read.check((f, m) -> prediction(0, 1, f, m)))
                .hasMessageContaining("expected_error (voxels) differs by 0.500");
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
        LabelProbabilities outline = LabelProbabilities.takeOwnershipOf(grid, 3, noise(3 * grid.size(), 3));
        GoldenPair.record((f, m) -> new Look(List.of(new Prediction(
                DisplacementField.takeOwnershipOf(grid, noise(3 * grid.size(), 2)), m, outline, outline))), noise,
                noise).write(folder);

        // then
        assertThat(Files.size(folder.resolve(GoldenPair.FILE))).isLessThan(1_000_000);
    }

    @Test
    void shouldRefuseAFileOfAnotherShape() {
        // given
        Grid other = new Grid(4, 8, 6, GRID.affine());
        Volume image = Volume.takeOwnershipOf(other, noise(other.size(), 3));
        GoldenPair.record((f, m) -> prediction(0, 1, f, m), image, image).write(folder);

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

        assertThatThrownBy(() -> GoldenPair.record(network(0), raw, raw))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("in [0, 1], got 300.0");
    }

    private static GoldenPair recorded() {
        return GoldenPair.record(network(0), image(3), image(4));
    }

    private static Volume image(long seed) {
        return Volume.takeOwnershipOf(GRID, noise(GRID.size(), seed));
    }

    /** One component is off. */
    private static GoldenPair.Network network(float off) {
        return (fixed, moving) -> prediction(off, 1, fixed, moving);
    }

    /** Half a voxel everywhere, except one component that is off; outlines are the images. */
    private static Look prediction(float off, float error, Volume fixed, Volume moving) {
        Grid g = fixed.grid();
        float[] u = new float[3 * g.size()];
        Arrays.fill(u, 0.5f);
        u[g.size() + g.offset(2, 3, 1)] += off;
        float[] errors = new float[g.size()];
        Arrays.fill(errors, error);
        return new Look(List.of(new Prediction(DisplacementField.takeOwnershipOf(g, u),
                Volume.takeOwnershipOf(g, errors), outline(fixed), outline(moving))));
    }

    private static LabelProbabilities outline(Volume image) {
        int n = image.grid().size();
        float[] values = new float[3 * n];
        for (int x = 0; x < n; x++) {
            values[x] = 1 - image.values()[x];
            values[n + x] = image.values()[x];
        }
        return LabelProbabilities.takeOwnershipOf(image.grid(), 3, values);
    }

    private static float[] noise(int n, long seed) {
        Random random = new Random(seed);
        float[] values = new float[n];
        for (int x = 0; x < n; x++) {
            values[x] = random.nextFloat();
        }
        return values;
    }
}
