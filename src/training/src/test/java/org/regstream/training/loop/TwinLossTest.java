package org.regstream.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.regstream.core.volume.DisplacementField;
import org.regstream.training.TinyTask;
import org.regstream.training.data.PairMaker;
import org.regstream.training.data.SimulatedPair;
import org.regstream.training.data.scan.Scan;
import org.regstream.training.network.Flow;
import org.regstream.training.network.Heads;
import org.regstream.training.network.NetworkDesign;
import org.regstream.training.network.Preset;
import org.regstream.training.torchscript.ScriptFunction;

class TwinLossTest {

    private static final NetworkDesign TWIN = NetworkDesign.plain(Preset.FAST, 3).with(Flow.VELOCITY).with(Heads.TWIN);
    private static final Objective OBJECTIVE = Objective.P1.withSmoothness(0.3);

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final PairMaker maker = new PairMaker(TinyTask.sample(1).image().grid(), TinyTask.TASK.intensity());

    @AfterEach
    void close() {
        manager.close();
    }

    private NDList pairs(SimulatedPair one) {
        return TwinCourse.tensors(manager, one,
                maker.twoPeople(new SplittableRandom(2), TinyTask.sample(1), TinyTask.sample(2)));
    }

    private LossParts parts(SimulatedPair one, TrainingState state, boolean collect) {
        NDList pairs = pairs(one);
        try (TwinLoss loss = new TwinLoss(TinyTask.settings(1, TWIN, OBJECTIVE));
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray terms = loss.of(pairs, state);
            if (collect) {
                System.gc();
                System.runFinalization();
                System.gc();
            }
            collector.backward(terms.get(0));
            return LossParts.of(terms.toFloatArray());
        }
    }

    private TrainingState fresh() {
        return TrainingState.initial(manager, TWIN.initialWeights(new java.util.Random(1)));
    }

    @Test
    void shouldAddTheTermsUp() {
        LossParts p = parts(maker.onePatient(new SplittableRandom(4), TinyTask.sample(1)), fresh(), false);

        double expected = 0.3 * p.get(Term.SIMILARITY) + OBJECTIVE.segmentation() * p.get(Term.SEGMENTATION)
                + OBJECTIVE.smoothness() * p.get(Term.SMOOTHNESS) + OBJECTIVE.uncertainty() * p.get(Term.UNCERTAINTY)
                + 0.6 * p.get(Term.FLOW_ERROR) + p.get(Term.OUTLINE);
        assertThat(p.total()).isCloseTo(expected, within(1e-4));
    }

    @Test
    void shouldMeasureTheErrorOfAFieldThatIsNothing() {
        // between an image and itself the field is nothing, so the error is the length of the truth; that voxels near
        // structures count four times does not change a mean of equal errors
        SimulatedPair still = maker.onePatient(new SplittableRandom(4), TinyTask.sample(1), null, 0, Scan.PLAIN,
                Scan.PLAIN);
        float[] u = new float[3 * maker.grid().size()];
        Arrays.fill(u, 0, maker.grid().size(), 2);
        SimulatedPair moved = new SimulatedPair(still.fixed(), still.moving(),
                DisplacementField.takeOwnershipOf(maker.grid(), u), still.known());

        assertThat(parts(still, fresh(), false).get(Term.FLOW_ERROR)).isLessThan(0.05);
        assertThat(parts(moved, fresh(), false).get(Term.FLOW_ERROR)).isCloseTo(2, within(0.01));
    }

    @Test
    void shouldGiveTheSameGradientWhateverTheGarbageCollectorDoes() {
        SimulatedPair one = maker.onePatient(new SplittableRandom(4), TinyTask.sample(1));
        TrainingState calm = fresh();
        TrainingState collected = fresh();

        parts(one, calm, false);
        parts(one, collected, true);

        float[] expected = calm.weights().getGradient().toFloatArray();
        assertThat(TinyTask.largest(expected)).isGreaterThan(0);
        float[] found = collected.weights().getGradient().toFloatArray();
        for (int x = 0; x < expected.length; x++) {
            assertThat(found[x]).isCloseTo(expected[x], within(1e-3f));
        }
    }

    @Test
    void shouldLearnTheSamePairsByHeart() {
        NDList pairs = pairs(maker.onePatient(new SplittableRandom(4), TinyTask.sample(1)));
        TrainingState state = fresh();
        double first = 0;
        double last = 0;
        try (TwinLoss loss = new TwinLoss(TinyTask.settings(1, TWIN, OBJECTIVE));
                Update update = new Update(Optimiser.ADAM)) {
            for (int step = 1; step <= 25; step++) {
                try (NDManager scope = manager.newSubManager()) {
                    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                        NDArray terms = loss.of(pairs, state);
                        collector.backward(terms.get(0));
                        last = terms.toFloatArray()[0];
                    }
                    first = step == 1 ? last : first;
                    NDArray gradient = state.weights().getGradient();
                    gradient.attach(scope);
                    update.apply(scope, state, gradient, step, 1e-3);
                }
            }
        }
        assertThat(last).isLessThan(first - 0.5);
    }

    /** Between two blurs the share is linear in the variance; probabilities stay probabilities. */
    @Test
    void shouldBlurByTheVariance() {
        float[] p = new float[2 * 8 * 8 * 8];
        for (int x = 0; x < 512; x++) {
            p[x] = x % 8 < 4 ? 1 : 0;
            p[512 + x] = 1 - p[x];
        }
        float[] none = blurred(p, 0);
        float[] some = blurred(p, 0.3335f);
        float[] one = blurred(p, 0.667f);

        assertThat(none).containsExactly(p, within(1e-6f));
        // the middle of a row, where the label ends: (1 + 1 + 0) / 3
        assertThat(one[4 * 64 + 4 * 8 + 3]).isCloseTo(2 / 3f, within(1e-4f));
        assertThat(some[4 * 64 + 4 * 8 + 3]).isCloseTo(5 / 6f, within(1e-3f));
        float[] much = blurred(p, 6);
        for (int x = 0; x < 512; x++) {
            assertThat(much[x] + much[512 + x]).isCloseTo(1, within(1e-4f));
        }
        assertThat(much[4 * 64 + 4 * 8 + 3]).isBetween(0.5f, 0.65f);
    }

    private float[] blurred(float[] p, float variance) {
        float[] v = new float[512];
        Arrays.fill(v, variance);
        try (ScriptFunction f = ScriptFunction.compile("p: Tensor, v: Tensor) -> Tensor",
                "    return __torch__.blurred(p, v)\n", TwinLoss.HELPERS)) {
            return f.call(manager.create(p, new Shape(1, 2, 8, 8, 8)), manager.create(v, new Shape(1, 1, 8, 8, 8)))
                    .singletonOrThrow().toFloatArray();
        }
    }
}
