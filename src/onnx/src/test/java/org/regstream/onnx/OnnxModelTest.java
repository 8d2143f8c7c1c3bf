package org.regstream.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.ConfigurationException;
import org.regstream.core.ModelException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.Prediction;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.RegistrationModelContract;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;

class OnnxModelTest extends RegistrationModelContract {

    private static final OnnxSettings TWO_THREADS = OnnxSettings.DEFAULT.withThreads(2);

    @TempDir
    Path folder;

    @BeforeEach
    void writePackage() throws IOException {
        TinyPackage.write(folder);
    }

    @Override
    protected RegistrationModel openModel() {
        return OnnxModel.open(folder, TWO_THREADS);
    }

    @Test
    void shouldPullTheMovingImageAlongTheShiftTheGraphHolds() {
        // given: warped(x) = moving(x + (1, -2, 1))
        Volume fixed = RandomData.volume(TinyPackage.GRID, 4);
        Volume moving = RandomData.volume(TinyPackage.GRID, 5);
        LabelProbabilities labels = oneHot(6);

        // when
        Prediction p;
        try (RegistrationModel model = openModel()) {
            p = model.predict(fixed, moving, labels);
        }

        // then
        assertThat(p.displacement().at(0, 3, 4, 2)).isEqualTo(1);
        assertThat(p.displacement().at(1, 3, 4, 2)).isEqualTo(-2);
        assertThat(p.displacement().at(2, 3, 4, 2)).isEqualTo(1);
        assertThat(p.warped().at(3, 4, 2)).isCloseTo(moving.at(4, 2, 3), within(1e-5f));
        assertThat(p.warped().at(5, 0, 3)).as("border value outside").isCloseTo(moving.at(5, 0, 3), within(1e-5f));
        int n = TinyPackage.GRID.size();
        assertThat(p.labelProbabilities().values()[2 * n + TinyPackage.GRID.offset(3, 4, 2)])
                .isCloseTo(labels.values()[2 * n + TinyPackage.GRID.offset(4, 2, 3)], within(1e-5f));
        assertThat(p.displacement().grid()).isEqualTo(fixed.grid());
    }

    @Test
    void shouldReportTheProcessor() {
        try (OnnxModel model = OnnxModel.open(folder, TWO_THREADS)) {
            assertThat(model.provider()).isEqualTo("cpu");
            assertThat(model.providerReason()).isEqualTo("asked for");
        }
    }

    @Test
    void shouldFailTheVolumeWhenAnOutputIsNotANumber() {
        // given: a negative intensity, which makes the graph's square root NaN
        Volume fixed = Volume.copyOf(TinyPackage.GRID, RandomData.volume(TinyPackage.GRID, 4).values());
        fixed.values()[7] = -1;

        try (RegistrationModel model = openModel()) {
            // then
            assertThatThrownBy(() -> model.predict(fixed, fixed, oneHot(6))).isInstanceOf(ModelException.class)
                    .hasMessageContaining("returned NaN at offset 0 in displacement");
            // and: the next volume is unharmed
            Volume good = RandomData.volume(TinyPackage.GRID, 4);
            assertThatCode(() -> model.predict(good, good, oneHot(6))).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldFailTheVolumeWhenLabelProbabilitiesDoNotSumToOne() {
        Volume image = RandomData.volume(TinyPackage.GRID, 4);
        LabelProbabilities none = LabelProbabilities.takeOwnershipOf(TinyPackage.GRID, TinyPackage.CHANNELS,
                new float[TinyPackage.CHANNELS * TinyPackage.GRID.size()]);

        try (RegistrationModel model = openModel()) {
            assertThatThrownBy(() -> model.predict(image, image, none)).isInstanceOf(ModelException.class)
                    .hasMessageContaining("a sum of 0.0 at voxel 0 in label_probabilities");
        }
    }

    @Test
    void shouldRefuseToStartWhenTheGraphIsNotWhatWasExported() throws IOException {
        TinyPackage.write(folder, ShiftGraph.shifting(Manifests.GRID, TinyPackage.CHANNELS, 1, -2, 2));

        assertThatThrownBy(this::openModel).isInstanceOf(ModelException.class)
                .hasMessageContaining("golden check failed: displacement (voxels) differs by 1.00");
    }

    @Test
    void shouldRefuseAGraphOfAnotherShape() throws IOException {
        TinyPackage.write(folder, ShiftGraph.shifting(new ModelGrid(4, 8, 6, 1, "RAS"),
                TinyPackage.CHANNELS, 1, -2, 1));

        assertThatThrownBy(this::openModel).isInstanceOf(ModelException.class)
                .hasMessageContaining("student.onnx: fixed is").hasMessageContaining("[1, 1, 6, 8, 4]");
    }

    @Test
    void shouldRefuseAFileThatIsNoGraph() throws IOException {
        TinyPackage.write(folder, new byte[]{1, 2, 3});

        assertThatThrownBy(this::openModel).isInstanceOf(ModelException.class)
                .hasMessageContaining("not an ONNX model");
    }

    @Test
    void shouldRefuseToStartWhenCudaIsRequiredAndMissing() {
        requireNoCuda();

        assertThatThrownBy(() -> OnnxModel.open(folder, TWO_THREADS.withProvider(ProviderChoice.CUDA)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("provider cuda does not work here: ")
                .hasMessageContaining("build with -Pcuda").hasMessageContaining("choose provider cpu or auto");
    }

    @Test
    void shouldFallBackToTheProcessorOnlyWhenAskedToAndSayWhy() {
        requireNoCuda();

        try (OnnxModel model = OnnxModel.open(folder, TWO_THREADS.withProvider(ProviderChoice.AUTO))) {
            assertThat(model.provider()).isEqualTo("cpu");
            assertThat(model.providerReason()).startsWith("provider cuda does not work here: ");
        }
    }

    @Test
    void shouldEndARunAfterTheTimeLimitAndServeTheNextVolume() {
        // given: an intensity of 3 keeps the graph busy for two billion rounds
        Volume endless = constant(TinyPackage.GRID, 3);
        Volume good = RandomData.volume(TinyPackage.GRID, 4);
        LabelProbabilities labels = oneHot(6);

        try (OnnxModel model = OnnxModel.open(folder,
                new OnnxSettings(ProviderChoice.CPU, 1, Duration.ofSeconds(2)))) {
            // then
            assertThatThrownBy(() -> model.predict(good, endless, labels)).isInstanceOf(ModelException.class)
                    .hasMessageContaining("gave no result within PT2S on cpu");
            assertThatCode(() -> model.predict(good, good, labels)).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldGiveEachOfEightThreadsItsOwnResult() throws Exception {
        // given: call t's moving image is t / 64 everywhere
        ExecutorService callers = Executors.newFixedThreadPool(8);
        List<Future<Prediction>> results = new ArrayList<>();
        Volume fixed = RandomData.volume(TinyPackage.GRID, 4);
        LabelProbabilities labels = oneHot(6);

        // when
        try (RegistrationModel model = openModel()) {
            for (int t = 0; t < 64; t++) {
                Volume moving = constant(TinyPackage.GRID, t / 64f);
                results.add(callers.submit(() -> model.predict(fixed, moving, labels)));
            }
            // then
            for (int t = 0; t < results.size(); t++) {
                Prediction p = results.get(t).get(30, TimeUnit.SECONDS);
                assertThat(p.warped().values()).containsOnly(t / 64f);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private static Volume constant(Grid grid, float value) {
        float[] values = new float[grid.size()];
        Arrays.fill(values, value);
        return Volume.takeOwnershipOf(grid, values);
    }

    private static LabelProbabilities oneHot(long seed) {
        return LabelProbabilities.oneHot(RandomData.labels(TinyPackage.GRID, TinyPackage.CHANNELS, seed),
                TinyPackage.CHANNELS);
    }

    private static void requireNoCuda() {
        assumeFalse(
                OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA),
                "this build has the CUDA provider (-Pcuda); the test needs one without");
    }
}
