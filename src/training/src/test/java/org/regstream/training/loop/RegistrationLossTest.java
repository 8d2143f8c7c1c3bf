package org.regstream.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.regstream.core.ConfigurationException;
import org.regstream.training.TinyTask;
import org.regstream.training.data.Augmentation;
import org.regstream.training.data.AugmentationSettings;
import org.regstream.training.data.PairSampler;
import org.regstream.training.loss.Mind;
import org.regstream.training.network.Conditioning;
import org.regstream.training.network.Dropout;
import org.regstream.training.network.Flow;
import org.regstream.training.network.Heads;
import org.regstream.training.network.NetworkDesign;
import org.regstream.training.network.NetworkScript;
import org.regstream.training.network.Precision;
import org.regstream.training.network.Preset;
import org.regstream.training.network.Warp;
import org.regstream.training.torchscript.ScriptFunction;

class RegistrationLossTest {

    private static final NetworkDesign FAST = NetworkDesign.plain(Preset.FAST, 3);
    private static final Objective LABELLED = Objective.P1.withSmoothness(0.1);

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private NDArray pair;

    static Stream<Arguments> rows() {
        NetworkDesign ours = FAST.with(Flow.VELOCITY).with(Heads.PREDICTIVE_AND_REFINER);
        return Stream.of(Arguments.of(NetworkDesign.plain(Preset.PAPER, 3), LABELLED),
                Arguments.of(ours, LABELLED.with(Direction.BOTH)),
                Arguments.of(FAST.with(Flow.PROBABILISTIC_VELOCITY), LABELLED.withDivergence(0.01)),
                Arguments.of(FAST.with(Conditioning.SMOOTHNESS), Objective.P2),
                Arguments.of(FAST.with(Dropout.DECODER), Objective.P2.with(MeanTeacher.AS_ATC)),
                Arguments.of(FAST.with(Dropout.DECODER), Objective.P2.with(MeanTeacher.S_TC)),
                Arguments.of(ours.with(Dropout.DECODER), LABELLED.with(MeanTeacher.AS_TC)));
    }

    @BeforeEach
    void open() {
        int[] shape = TinyTask.sample(1).image().grid().shape();
        PairSampler sampler = new PairSampler(1, 2, new Augmentation(AugmentationSettings.NONE, shape));
        try (PairSource source = new PairSource(sampler, TinyTask.samples(2), 3)) {
            pair = source.pair(manager, 0);
        }
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private TrainingState moving(NetworkDesign design) {
        return TrainingState.initial(manager, TinyTask.movingWeights(design, 1e4f));
    }

    /** @param collect whether to force garbage collections between forward and backward */
    private LossParts backward(RegistrationLoss loss, TrainingState state, boolean collect) {
        Engine.getEngine("PyTorch").setRandomSeed(7);
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray terms = loss.of(manager, pair, state, 0.4);
            if (collect) {
                System.gc();
                System.runFinalization();
                System.gc();
            }
            collector.backward(terms.get(0));
            return LossParts.of(terms.toFloatArray());
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldAddTheTermsUp(NetworkDesign design, Objective o) {
        try (RegistrationLoss loss = new RegistrationLoss(TinyTask.settings(1, design, o))) {
            LossParts p = backward(loss, moving(design), false);

            double expected = p.get(Term.SIMILARITY)
                    + o.segmentation() * (p.get(Term.SEGMENTATION) + p.get(Term.REFINEMENT))
                    + p.get(Term.LAMBDA_PHI) * p.get(Term.SMOOTHNESS) + o.uncertainty() * p.get(Term.UNCERTAINTY)
                    + o.divergence() * p.get(Term.DIVERGENCE) + p.get(Term.LAMBDA_C) * p.get(Term.CONSISTENCY);
            assertThat(p.total()).isCloseTo(expected, within(1e-5));
            assertThat(p.get(Term.SMOOTHNESS)).isPositive();
        }
    }

    @Test
    void shouldWeighTheSmoothnessByTheNormOfThePaper() {
        // the same field: P1's sum of nine squares, P2's mean of them
        double sum = smoothness(Objective.P1);
        double mean = smoothness(Objective.P2);

        assertThat(mean).isPositive().isCloseTo(sum / 9, withinPercentage(0.01));
    }

    /** P2: the squared length of the descriptors' difference, of 12 channels. */
    @Test
    void shouldCountTheLengthOfMindsDifference() {
        try (RegistrationLoss loss = new RegistrationLoss(TinyTask.settings(1, FAST, Objective.P2));
                ScriptFunction mean = ScriptFunction.compile("pair: Tensor) -> Tensor", """
                            both = torch.chunk(pair, 2, 0)
                            mask = torch.mul(torch.narrow(both[0], 1, 0, 1), torch.narrow(both[1], 1, 0, 1))
                            return __torch__.mind(torch.narrow(both[0], 1, 1, 1), torch.narrow(both[1], 1, 1, 1), mask)
                        """, Mind.script())) {
            // a field of nothing
            TrainingState still = TrainingState.initial(manager, new float[FAST.size()]);

            double length = backward(loss, still, false).get(Term.SIMILARITY);

            double expected = 12 * mean.call(pair).singletonOrThrow().toFloatArray()[0];
            assertThat(length).isPositive().isCloseTo(expected, withinPercentage(0.01));
        }
    }

    private double smoothness(Objective objective) {
        try (RegistrationLoss loss = new RegistrationLoss(TinyTask.settings(1, FAST, objective))) {
            return backward(loss, moving(FAST), false).get(Term.SMOOTHNESS);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldGiveTheSameGradientWhenTheGarbageCollectorRuns(NetworkDesign design, Objective o) {
        try (RegistrationLoss loss = new RegistrationLoss(TinyTask.settings(1, design, o))) {
            TrainingState state = moving(design);
            backward(loss, state, false);
            float[] quiet = state.weights().getGradient().toFloatArray();

            // gradients add up: a second pass must add the same again
            backward(loss, state, true);

            float[] both = state.weights().getGradient().toFloatArray();
            for (int x = 0; x < quiet.length; x++) {
                assertThat(both[x]).isEqualTo(2 * quiet[x]);
            }
        }
    }

    @Test
    void shouldGoDownOnOnePair() {
        NetworkDesign design = FAST.with(Flow.VELOCITY).with(Heads.PREDICTIVE_AND_REFINER);
        try (RegistrationLoss loss = new RegistrationLoss(
                TinyTask.settings(1, design, LABELLED.with(Direction.BOTH)));
                Update adam = new Update(Optimiser.ADAM)) {
            TrainingState state = TrainingState.initial(manager, design.initialWeights(new Random(3)));
            double first = backward(loss, state, false).total();
            for (int step = 1; step <= 30; step++) {
                adam.apply(manager, state, state.weights().getGradient(), step, 1e-3);
                backward(loss, state, false);
            }

            assertThat(backward(loss, state, false).total()).isLessThan(first - 0.05);
        }
    }

    @ParameterizedTest
    @EnumSource(value = MeanTeacher.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldWeighAsThePaperSays(MeanTeacher teacher) {
        NetworkDesign design = FAST.with(Dropout.DECODER);

        // given: passes that differ, the same for every teacher, and passes that are all alike
        TrainingState varied = TrainingState.initial(manager, TinyTask.movingWeights(design, 300));
        LossParts differ = weighed(MeanTeacher.AS_ATC, varied);
        assertThat(differ.get(Term.LAMBDA_PHI)).isStrictlyBetween(0.0, MeanTeacher.K1);
        assertThat(differ.get(Term.LAMBDA_C)).isStrictlyBetween(0.0, MeanTeacher.K2);
        TrainingState alike = TrainingState.initial(manager, new float[design.size()]);

        // when, then
        double[] phi = lambdas(teacher, Term.LAMBDA_PHI, varied, alike);
        double[] c = lambdas(teacher, Term.LAMBDA_C, varied, alike);
        assertThat(phi).containsExactly(
                teacher == MeanTeacher.S_TC ? new double[]{3, 3} : new double[]{differ.get(Term.LAMBDA_PHI), 0});
        assertThat(c).containsExactly(switch (teacher) {
            case AS -> new double[]{0, 0};
            case AS_ATC -> new double[]{differ.get(Term.LAMBDA_C), 0};
            default -> new double[]{0.5, 0.5};
        });
    }

    private double[] lambdas(MeanTeacher teacher, Term term, TrainingState... states) {
        return Stream.of(states).mapToDouble(state -> weighed(teacher, state).get(term)).toArray();
    }

    private LossParts weighed(MeanTeacher teacher, TrainingState state) {
        try (RegistrationLoss loss = new RegistrationLoss(
                TinyTask.settings(1, FAST.with(Dropout.DECODER), Objective.P2.with(teacher)))) {
            return backward(loss, state, false);
        }
    }

    /** The bound of |μ| is in voxels of the window; a flow at half resolution counts two of them. */
    @Test
    void shouldCountUncertaintyInVoxelsOfTheWindow() {
        NetworkDesign design = FAST.with(Dropout.DECODER);
        TrainingState state = TrainingState.initial(manager, TinyTask.movingWeights(design, 80));
        float[][] passes = teacherFields(design, state);
        double expected = share(passes, 0.05);
        assertThat(share(passes, 0.1)).as("another unit gives another share").isLessThan(expected - 0.1);

        double lambda = weighed(MeanTeacher.AS_ATC, state).get(Term.LAMBDA_PHI);

        // other draws of the dropout, over 3 x 1024 values
        assertThat(lambda / MeanTeacher.K1).isCloseTo(expected, within(0.05));
    }

    /** Six fields with dropout, voxels of the window, where the fixed image is. */
    private float[][] teacherFields(NetworkDesign design, TrainingState state) {
        NetworkScript network = new NetworkScript(design, Precision.FLOAT32, 1);
        try (ScriptFunction passes = ScriptFunction.compile("pair: Tensor, teacher: Tensor) -> Tensor",
                """
                            both = torch.chunk(pair, 2, 0)
                            fixed = torch.narrow(both[0], 1, 1, 1)
                            moving = torch.narrow(both[1], 1, 1, 1)
                            labels = torch.narrow(both[1], 1, 2, 3)
                            drawn = torch.narrow(torch.narrow(torch.narrow(fixed, 2, 0, 1), 3, 0, 1), 4, 0, 1)
                            flows = torch.mul(__torch__.flow_of(teacher, fixed, moving, labels, drawn, True, 6), 2)
                            mask = torch.avg_pool3d(torch.narrow(both[0], 1, 0, 1), [2, 2, 2], [2, 2, 2], [0, 0, 0], False, True, None)
                            inside = torch.expand(torch.gt(mask, 0.999), [1, 3, -1, -1, -1])
                            return torch.reshape(torch.masked_select(flows, torch.expand(inside, [6, -1, -1, -1, -1])), [6, -1])
                        """,
                network.text(), Warp.script())) {
            NDArray fields = passes.call(pair, state.teacher()).singletonOrThrow();
            return IntStream.range(0, 6).mapToObj(n -> fields.get(n).toFloatArray()).toArray(float[][]::new);
        }
    }

    /** Eq. 4 and 5: share of components whose standard deviation is above τ1 max(|mean|, least). */
    private static double share(float[][] passes, double least) {
        int size = passes[0].length;
        int above = 0;
        for (int x = 0; x < size; x++) {
            int at = x;
            double mean = Stream.of(passes).mapToDouble(p -> p[at]).average().orElseThrow();
            double squares = Stream.of(passes).mapToDouble(p -> (p[at] - mean) * (p[at] - mean)).sum();
            above += Math.sqrt(squares / (passes.length - 1)) > 0.10 * Math.max(Math.abs(mean), least) ? 1 : 0;
        }
        return (double) above / size;
    }

    @Test
    void shouldTellTheDrawnSmoothnessToLossAndNetwork() {
        NetworkDesign design = FAST.with(Conditioning.SMOOTHNESS);
        try (RegistrationLoss loss = new RegistrationLoss(TinyTask.settings(1, design, Objective.P2))) {
            assertThat(backward(loss, moving(design), false).get(Term.LAMBDA_PHI))
                    .isCloseTo(0.4 * RegistrationLoss.LARGEST_SMOOTHNESS, within(1e-6));
        }
    }

    @Test
    void shouldRefuseBothDirectionsOfADisplacement() {
        assertThatThrownBy(() -> TinyTask.settings(1, FAST, LABELLED.with(Direction.BOTH)))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("velocity");
    }
}
