package org.regstream.training.evaluate.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regstream.training.TinyTask;
import org.regstream.training.data.Sample;
import org.regstream.training.evaluate.Pairing;
import org.regstream.training.evaluate.method.TrainingPlan.SnapshotChoice;
import org.regstream.training.evaluate.row.Budget;
import org.regstream.training.evaluate.row.Outcome;
import org.regstream.training.evaluate.row.PreparedRow;
import org.regstream.training.evaluate.row.Row;
import org.regstream.training.evaluate.row.RowSite;
import org.regstream.training.evaluate.row.StoppedException;
import org.regstream.training.evaluate.row.UncertaintyKind;
import org.regstream.training.evaluate.row.Watch;
import org.regstream.training.network.Precision;
import org.regstream.training.network.Preset;

/** Rows that train, for a few steps on tiny images. */
class TrainedRowTest {

    private static final int STEPS = 3;

    @TempDir
    Path folder;
    private final List<Sample> samples = TinyTask.samples(STEPS);
    private final Pairing pair = new Pairing(samples.get(0), samples.get(1));
    private final AtomicInteger stepped = new AtomicInteger();

    private static Row row(String name) {
        TrainingPlan plan = new TrainingPlan(Preset.FAST, 1e-3, SnapshotChoice.LAST);
        return Methods.of(Methods.Options.of(plan, () -> Precision.FLOAT32)).named(name).get(0);
    }

    private RowSite site(int stopAfter) {
        Watch watch = new Watch() {
            @Override
            public void stepped(String what, long done, long all) {
                assertThat(all).isEqualTo(STEPS);
                stepped.incrementAndGet();
            }

            @Override
            public boolean isStopped() {
                return stepped.get() >= stopAfter;
            }
        };
        return new RowSite(TinyTask.TASK, new Budget(1, STEPS, 2, 5), samples, samples.subList(0, 2), folder, watch);
    }

    private Outcome register(String name) {
        try (PreparedRow prepared = row(name).prepare(site(Integer.MAX_VALUE))) {
            return prepared.registrar().register(pair);
        }
    }

    @ParameterizedTest
    @CsvSource({"voxelmorph,0,false", "ours,0,true", "ours+drop,8,true", "ours+snap,3,true", "dif-vm,0,false",
            "cir-dm,0,false", "vm-2,0,false"})
    void shouldTrainAndRegister(String name, int members, boolean refined) {
        Outcome outcome = register(name);

        assertThat(stepped).hasValue(STEPS);
        assertThat(outcome.members()).hasSize(members);
        assertThat(outcome.refinedLabels().isPresent()).isEqualTo(refined);
        assertThat(outcome.maps(pair, true).containsKey(UncertaintyKind.PREDICTIVE)).isEqualTo(refined);
        assertThat(outcome.maps(pair, true).containsKey(UncertaintyKind.COMBINED)).isEqualTo(refined && members > 0);
        assertThat(outcome.displacement().components()).doesNotContain(Float.NaN);
    }

    @Test
    void shouldTrainABootstrapEnsembleOfMembersThatDiffer() {
        Outcome outcome = register("voxelmorph+boot");

        assertThat(stepped).hasValue(Members.N * STEPS);
        assertThat(outcome.members()).hasSize(Members.N);
        assertThat(outcome.maps(pair, true).get(UncertaintyKind.FLOW_SPREAD).at(8, 16, 8)).isPositive();
    }

    @Test
    void shouldTellTheDoubleUncertaintyOfAMeanTeacherAndLogItsWeights() {
        Outcome outcome = register("as+atc");

        assertThat(outcome.members()).isEmpty();
        assertThat(outcome.ownMaps()).containsOnlyKeys(UncertaintyKind.TRANSFORMATION, UncertaintyKind.APPEARANCE);
        assertThat(RowSite.run(folder, 1).resolve("weights.csv")).exists()
                .content().hasLineCount(STEPS).startsWith("1,");
    }

    @Test
    void shouldDropOutTheSameForTheSamePair() {
        try (PreparedRow prepared = row("voxelmorph+drop").prepare(site(Integer.MAX_VALUE))) {
            float[] first = prepared.registrar().register(pair).displacement().components();

            assertThat(prepared.registrar().register(pair).displacement().components()).isEqualTo(first);
        }
    }

    @Test
    void shouldGoOnWhereItWasStopped() {
        assertThatThrownBy(() -> row("voxelmorph").prepare(site(2))).isInstanceOf(StoppedException.class);
        assertThat(stepped).hasValue(2);

        try (PreparedRow prepared = row("voxelmorph").prepare(site(Integer.MAX_VALUE))) {
            assertThat(stepped).hasValue(STEPS);
            assertThat(prepared.cost().steps()).isEqualTo(STEPS);
            assertThat(prepared.cost().trainings()).isEqualTo(1);
        }
        assertThat(Files.isRegularFile(RowSite.run(folder, 1).resolve("checkpoint.bin"))).isTrue();
    }
}
