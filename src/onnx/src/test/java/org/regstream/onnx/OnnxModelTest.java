package org.regstream.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
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
import org.regstream.core.model.Look;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.Prediction;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.RegistrationModelContract;
import org.regstream.core.volume.Volume;

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
        return OnnxModel.openStudent(folder, TWO_THREADS);
    }

    @Test
    void shouldReturnEveryOutputOfTheGraph() {
        // given
        Volume fixed = RandomData.volume(TinyPackage.GRID, 4);
        Volume moving = RandomData.volume(TinyPackage.GRID, 5);

        // when
        Look look;
        try (RegistrationModel model = openModel()) {
            look = model.look(fixed, moving);
        }

        // then
        Prediction p = look.members().get(0);
        assertThat(new float[]{p.displacement().at(0, 3, 4, 2), p.displacement().at(1, 3, 4, 2),
                p.displacement().at(2, 3, 4, 2)}).containsExactly(1, -2, 1);
        assertThat(p.expectedError().values()).containsOnly(FakeModel.EXPECTED_ERROR);
        int n = TinyPackage.GRID.size();
        assertThat(Arrays.copyOfRange(p.outline().values(), n, 2 * n)).isEqualTo(fixed.values());
        assertThat(Arrays.copyOfRange(p.movingOutline().values(), n, 2 * n)).isEqualTo(moving.values());
        assertThat(p.displacement().grid()).isEqualTo(fixed.grid());
    }

    @Test
    void shouldReturnEveryMemberOfAnEnsemble() throws IOException {
        TinyPackage.writeWithEnsemble(folder);

        try (OnnxModel ensemble = openEnsemble()) {
            Look look = ensemble.look(RandomData.volume(TinyPackage.GRID, 4), RandomData.volume(TinyPackage.GRID, 5));

            assertThat(ensemble.members()).isEqualTo(2);
            assertThat(look.members().get(0).displacement().at(1, 3, 4, 2)).isEqualTo(-2);
            assertThat(look.members().get(1).displacement().at(0, 3, 4, 2)).isEqualTo(-1);
            assertThat(look.displacement().at(0, 3, 4, 2)).isZero();
            assertThat(look.displacementSpread().values()).as("|(2, -2, 0)| / 2").containsOnly((float) Math.sqrt(2));
        }
    }

    @Test
    void shouldHaveNoEnsembleWhereThePackageHasNone() {
        assertThat(OnnxModel.openEnsemble(folder, TWO_THREADS)).isEmpty();
    }

    @Test
    void shouldRefuseToStartAnEnsembleThatIsNotWhatWasExported() throws IOException {
        // given: the second member is shifted by one voxel more than the golden file knows, the mean by half a voxel
        TinyPackage.writeWithEnsemble(folder, ShiftGraph.of(Manifests.GRID, TinyPackage.CHANNELS,
                FakeModel.EXPECTED_ERROR, TinyPackage.SHIFT, new int[]{-1, 0, 2}));

        assertThatThrownBy(this::openEnsemble).isInstanceOf(ModelException.class)
                .hasMessageContaining("golden check failed: displacement (voxels) differs by 0.500");
    }

    @Test
    void shouldRefuseAnEnsembleOfAnotherNumberOfMembers() throws IOException {
        TinyPackage.writeWithEnsemble(folder, ShiftGraph.shifting(Manifests.GRID, TinyPackage.CHANNELS, 1, -2, 1));

        assertThatThrownBy(this::openEnsemble).isInstanceOf(ModelException.class)
                .hasMessageContaining("ensemble.onnx: displacement is").hasMessageContaining("[2, 3, 6, 8, 4]");
    }

    @Test
    void shouldRunStudentAndEnsembleSideBySide() throws Exception {
        // given
        TinyPackage.writeWithEnsemble(folder);
        Volume image = RandomData.volume(TinyPackage.GRID, 4);
        ExecutorService callers = Executors.newFixedThreadPool(2);

        try (RegistrationModel student = openModel(); RegistrationModel ensemble = openEnsemble()) {
            // when
            Future<Look> labels = callers.submit(() -> student.look(image, image));
            Future<Look> assessment = callers.submit(() -> ensemble.look(image, image));

            // then
            assertThat(labels.get(30, TimeUnit.SECONDS).displacement().at(0, 0, 0, 0)).isEqualTo(1);
            assertThat(assessment.get(30, TimeUnit.SECONDS).displacement().at(0, 0, 0, 0)).isZero();
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void shouldReportTheProcessor() {
        try (OnnxModel model = OnnxModel.openStudent(folder, TWO_THREADS)) {
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
            assertThatThrownBy(() -> model.look(fixed, fixed)).isInstanceOf(ModelException.class)
                    .hasMessageContaining("returned NaN at offset 0 in displacement");
            // and: the next volume is unharmed
            Volume good = RandomData.volume(TinyPackage.GRID, 4);
            assertThatCode(() -> model.look(good, good)).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldFailTheVolumeWhenProbabilitiesDoNotSumToOne() {
        Volume bright = constant(TinyPackage.GRID, 1.5f);

        try (RegistrationModel model = openModel()) {
            assertThatThrownBy(() -> model.look(bright, constant(TinyPackage.GRID, 0)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("a sum of 1.5 at voxel 0 in outline");
        }
    }

    @Test
    void shouldRefuseAnExpectedErrorThatIsNotPositive() throws IOException {
        TinyPackage.write(folder, ShiftGraph.of(Manifests.GRID, TinyPackage.CHANNELS, 0, TinyPackage.SHIFT));

        assertThatThrownBy(this::openModel).isInstanceOf(ModelException.class)
                .hasMessageContaining("returned 0.0 at offset 0 in expected_error");
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

        assertThatThrownBy(() -> OnnxModel.openStudent(folder, TWO_THREADS.withProvider(ProviderChoice.CUDA)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("provider cuda does not work here: ")
                .hasMessageContaining("build with -Pcuda").hasMessageContaining("choose provider cpu or auto");
    }

    @Test
    void shouldFallBackToTheProcessorOnlyWhenAskedToAndSayWhy() {
        requireNoCuda();

        try (OnnxModel model = OnnxModel.openStudent(folder, TWO_THREADS.withProvider(ProviderChoice.AUTO))) {
            assertThat(model.provider()).isEqualTo("cpu");
            assertThat(model.providerReason()).startsWith("provider cuda does not work here: ");
        }
    }

    @Test
    void shouldEndARunAfterTheTimeLimitAndServeTheNextVolume() {
        // given: an intensity of 3 keeps the graph busy for two billion rounds
        Volume endless = constant(TinyPackage.GRID, 3);
        Volume good = RandomData.volume(TinyPackage.GRID, 4);

        try (OnnxModel model = OnnxModel.openStudent(folder,
                new OnnxSettings(ProviderChoice.CPU, 1, Duration.ofSeconds(2)))) {
            // then
            assertThatThrownBy(() -> model.look(good, endless)).isInstanceOf(ModelException.class)
                    .hasMessageContaining("gave no result within 2 s on cpu");
            assertThatCode(() -> model.look(good, good)).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldGiveEachOfEightThreadsItsOwnResult() throws Exception {
        // given: call t's moving image is t / 64 everywhere
        ExecutorService callers = Executors.newFixedThreadPool(8);
        List<Future<Look>> results = new ArrayList<>();
        Volume fixed = RandomData.volume(TinyPackage.GRID, 4);

        // when
        try (RegistrationModel model = openModel()) {
            for (int t = 0; t < 64; t++) {
                Volume moving = constant(TinyPackage.GRID, t / 64f);
                results.add(callers.submit(() -> model.look(fixed, moving)));
            }
            // then
            for (int t = 0; t < results.size(); t++) {
                Look look = results.get(t).get(30, TimeUnit.SECONDS);
                int n = TinyPackage.GRID.size();
                assertThat(Arrays.copyOfRange(look.movingOutline().values(), n, 2 * n)).containsOnly(t / 64f);
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

    private OnnxModel openEnsemble() {
        return OnnxModel.openEnsemble(folder, TWO_THREADS).orElseThrow();
    }

    private static void requireNoCuda() {
        assumeFalse(
                OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA),
                "this build has the CUDA provider (-Pcuda); the test needs one without");
    }
}
