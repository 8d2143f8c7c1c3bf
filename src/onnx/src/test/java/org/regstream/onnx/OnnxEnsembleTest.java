package org.regstream.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.ModelException;
import org.regstream.core.model.EnsemblePrediction;
import org.regstream.core.model.Prediction;
import org.regstream.core.testkit.FakeEnsemble;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.ShapeMismatchException;
import org.regstream.core.volume.Volume;

class OnnxEnsembleTest {

    private static final OnnxSettings TWO_THREADS = OnnxSettings.DEFAULT.withThreads(2);
    private static final int SIZE = TinyPackage.GRID.size();

    @TempDir
    Path folder;

    @Test
    void shouldReturnEveryOutputOfTheGraph() throws IOException {
        // given: members shifted by (1, -2, 1) and (-1, 0, 1), plane k labelled k mod 3: at voxel (3, 4, 2) the members see
        // planes 4 and 2, labels 1 and 2
        TinyPackage.writeWithEnsemble(folder);

        // when
        EnsemblePrediction p;
        try (OnnxEnsemble ensemble = open()) {
            p = ensemble.assess(image(4), image(5), planes());
        }

        // then: half way; each of the two labels half likely, ln 2 = 0.6931 nats; |(2, -2, 0)| / 2 = sqrt 2
        int x = TinyPackage.GRID.offset(3, 4, 2);
        assertThat(new float[]{p.displacement().at(0, 3, 4, 2), p.displacement().at(1, 3, 4, 2),
                p.displacement().at(2, 3, 4, 2)}).containsExactly(0, -1, 1);
        assertThat(p.labelProbabilities().values()[SIZE + x]).isCloseTo(0.5f, within(1e-5f));
        assertThat(p.labelProbabilities().values()[2 * SIZE + x]).isCloseTo(0.5f, within(1e-5f));
        assertThat(p.labelEntropy().values()[x]).isCloseTo(0.6931f, within(1e-3f));
        assertThat(p.mutualInformation().values()).isEqualTo(p.labelEntropy().values());
        assertThat(p.displacementSpread().values()).containsOnly((float) Math.sqrt(2));
        assertThat(p.predictiveUncertainty().values()).containsOnly(FakeEnsemble.PREDICTIVE);
        assertThat(p.structures()).isEqualTo(FakeEnsemble.summaries(2));
    }

    @Test
    void shouldBeAbsentWhereThePackageHasNone() throws IOException {
        TinyPackage.write(folder);

        assertThat(OnnxEnsemble.openIfPresent(folder, TWO_THREADS)).isEmpty();
    }

    @Test
    void shouldRefuseToStartWhenTheGraphIsNotWhatWasExported() throws IOException {
        // given: the second member is shifted by one voxel more than the golden file knows, the mean by half a voxel
        TinyPackage.writeWithEnsemble(folder,
                EnsembleGraph.of(Manifests.GRID, TinyPackage.CHANNELS, TinyPackage.SHIFT, new int[]{-1, 0, 2}));

        assertThatThrownBy(this::open).isInstanceOf(ModelException.class)
                .hasMessageContaining("golden check failed: displacement (voxels) differs by 0.500");
    }

    @Test
    void shouldRefuseAGraphThatLacksAnOutput() throws IOException {
        TinyPackage.writeWithEnsemble(folder, ShiftGraph.shifting(Manifests.GRID, TinyPackage.CHANNELS, 1, -2, 1));

        assertThatThrownBy(this::open).isInstanceOf(ModelException.class)
                .hasMessageContaining("ensemble.onnx takes").hasMessageContaining("structure_summary");
    }

    @Test
    void shouldFailTheVolumeWhenAnOutputIsNotANumber() throws IOException {
        TinyPackage.writeWithEnsemble(folder);
        Volume negative = Volume.copyOf(TinyPackage.GRID, image(4).values());
        negative.values()[7] = -1;

        try (OnnxEnsemble ensemble = open()) {
            assertThatThrownBy(() -> ensemble.assess(negative, image(5), oneHot())).isInstanceOf(ModelException.class)
                    .hasMessageContaining("model tiny (ensemble.onnx) returned NaN at offset 0 in displacement");
        }
    }

    @Test
    void shouldRefuseAGridThatIsNotTheWindow() throws IOException {
        TinyPackage.writeWithEnsemble(folder);
        Volume small = RandomData.volume(TinyPackage.GRID.window(0, 0, 0, 5, 8, 4), 1);

        try (OnnxEnsemble ensemble = open()) {
            assertThatThrownBy(() -> ensemble.assess(small, small, oneHot()))
                    .isInstanceOf(ShapeMismatchException.class);
        }
    }

    @Test
    void shouldRefuseCallsOnceClosed() throws IOException {
        TinyPackage.writeWithEnsemble(folder);
        OnnxEnsemble ensemble = open();

        ensemble.close();
        ensemble.close();

        assertThatThrownBy(() -> ensemble.assess(image(4), image(5), oneHot()))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("is closed");
    }

    @Test
    void shouldRunBesideTheStudentOfItsPackage() throws Exception {
        // given
        TinyPackage.writeWithEnsemble(folder);
        ExecutorService callers = Executors.newFixedThreadPool(2);

        try (OnnxModel student = OnnxModel.open(folder, TWO_THREADS); OnnxEnsemble ensemble = open()) {
            // when
            Future<Prediction> labels = callers.submit(() -> student.predict(image(4), image(5), oneHot()));
            Future<EnsemblePrediction> assessment = callers
                    .submit(() -> ensemble.assess(image(4), image(5), oneHot()));

            // then
            assertThat(labels.get(30, TimeUnit.SECONDS).displacement().at(0, 0, 0, 0)).isEqualTo(1);
            assertThat(assessment.get(30, TimeUnit.SECONDS).displacement().at(0, 0, 0, 0)).isZero();
        } finally {
            callers.shutdownNow();
        }
    }

    private OnnxEnsemble open() {
        return OnnxEnsemble.openIfPresent(folder, TWO_THREADS).orElseThrow();
    }

    private static Volume image(long seed) {
        return RandomData.volume(TinyPackage.GRID, seed);
    }

    private static LabelProbabilities oneHot() {
        return LabelProbabilities.oneHot(RandomData.labels(TinyPackage.GRID, TinyPackage.CHANNELS, 6),
                TinyPackage.CHANNELS);
    }

    private static LabelProbabilities planes() {
        byte[] labels = new byte[SIZE];
        for (int x = 0; x < SIZE; x++) {
            labels[x] = (byte) (x / (TinyPackage.GRID.height() * TinyPackage.GRID.width()) % 3);
        }
        return LabelProbabilities.oneHot(LabelMap.takeOwnershipOf(TinyPackage.GRID, labels), TinyPackage.CHANNELS);
    }
}
