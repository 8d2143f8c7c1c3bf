package org.regstream.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.regstream.core.pipeline.FieldSource.ALIGNMENT;
import static org.regstream.core.pipeline.FieldSource.FITTED;
import static org.regstream.core.pipeline.FieldSource.NETWORK;
import static org.regstream.core.pipeline.FieldSource.NETWORK_FITTED;
import static org.regstream.core.pipeline.TwoBlocks.WINDOW;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Look;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Warp;

class CandidatesTest {
    private static final Grid GRID = TestGrids.isotropic(12, 14, 16);
    private static final Volume MOVING = RandomData.volume(GRID, 1);
    private final List<Duration> budgets = new ArrayList<>();

    @Test
    void shouldTakeTheFieldThatMakesTheImagesAlike() {
        assertThat(choose(1, Candidates.withoutFitting()).source()).isEqualTo(NETWORK);
        assertThat(choose(0, Candidates.withoutFitting()).source()).isEqualTo(ALIGNMENT);
    }

    @Test
    void shouldTakeTheSimplestOfThoseThatAreAlike() {
        assertThat(Candidates.best(scores(0.6, 0.704, 0.7049, 0.6))).isEqualTo(NETWORK);
        assertThat(Candidates.best(scores(0.1, 0.2, 0.3, 0.31))).isEqualTo(FITTED);
    }

    /** A field that bends explains noise: up to 0.16 of the 0.3 that the alignment leaves. */
    @Test
    void shouldKeepTheAlignmentWhereTheOthersFollowNoise() {
        assertThat(Candidates.best(scores(0.7, 0.704, 0.747, 0.6))).isEqualTo(ALIGNMENT);
        assertThat(Candidates.best(scores(0.7, 0.704, 0.749, 0.6))).isEqualTo(NETWORK_FITTED);
        assertThat(Candidates.best(scores(0.999, 1, 1, 1))).as("within the margin").isEqualTo(ALIGNMENT);
    }

    @Test
    void shouldScoreByItsDefinition() {
        // given: the network is right, a whole voxel along k
        Choice choice = choose(1, Candidates.withoutFitting());

        // then
        Score network = choice.scores().get(NETWORK);
        assertThat(network.similarity()).isCloseTo(1, within(0.02));
        assertThat(network.roughness()).isZero();
        assertThat(network.total()).isCloseTo(network.similarity() + 0.5 * network.outlines(), within(1e-12));
        assertThat(choice.score()).isSameAs(network);
    }

    /** u_k = 0.5 j: one of nine differences is 0.5, beyond the last row there is none. */
    @Test
    void shouldSumTheSquaresOfForwardDifferences() {
        Grid g = TestGrids.isotropic(2, 3, 2);
        float[] u = new float[3 * g.size()];
        for (int x = 0; x < g.size(); x++) {
            u[x] = 0.5f * (x / 2 % 3);
        }

        float[] squared = Candidates.squaredGradient(DisplacementField.takeOwnershipOf(g, u));

        for (int x = 0; x < squared.length; x++) {
            assertThat(squared[x]).isEqualTo(x / 2 % 3 < 2 ? 0.25f : 0);
        }
    }

    /** 2 (0.5 * 1) / (0.5² + 1² + 0.5²) in the first of two structures, none in the second. */
    @Test
    void shouldCompareOutlinesSoftly() {
        Grid g = TestGrids.isotropic(1, 1, 2);
        LabelProbabilities p = LabelProbabilities.takeOwnershipOf(g, 3, new float[]{0.5f, 0.5f, 0.5f, 0.5f, 0, 0});
        LabelProbabilities q = LabelProbabilities.takeOwnershipOf(g, 3, new float[]{0, 1, 1, 0, 0, 0});

        assertThat(Candidates.softDice(p, q)).isCloseTo(1 / 1.5, within(1e-9));
        assertThat(Candidates.softDice(p, p)).isCloseTo(1, within(1e-9));
    }

    @Test
    void shouldFitFromTheNetworksFieldWhereItIsTheBestThereIs() {
        Choice choice = choose(1, candidates(this::noted, Duration.ofSeconds(1)));

        assertThat(budgets).containsExactly(Duration.ofSeconds(1));
        assertThat(choice.scores()).containsOnlyKeys(ALIGNMENT, NETWORK, NETWORK_FITTED);
        assertThat(choice.source()).as("a fit that changes nothing").isEqualTo(NETWORK);
    }

    @Test
    void shouldFitFromNothingWhereTheNetworkIsOfNoUse() {
        Candidates all = candidates(this::noted, Duration.ofSeconds(1));
        NetworkInput in = input(1);

        Choice choice = all.choose(in, FakeModel.shifting(WINDOW, 5, 0, 0).look(in.fixed(), in.moving()));

        assertThat(choice.scores()).containsOnlyKeys(ALIGNMENT, NETWORK, FITTED);
        assertThat(choice.source()).isEqualTo(ALIGNMENT);
    }

    private DisplacementField noted(NetworkInput in, Look look, DisplacementField start, Duration budget) {
        budgets.add(budget);
        return start;
    }

    @Test
    void shouldFitNothingWithoutTime() {
        PairFit fit = (in, look, start, budget) -> {
            throw new AssertionError("no time");
        };

        assertThat(choose(1, candidates(fit, Duration.ofMillis(15))).scores()).containsOnlyKeys(ALIGNMENT, NETWORK);
    }

    @Test
    void shouldTakeAFitThatIsBetter() {
        PairFit fit = (in, look, start, budget) -> FakeModel.shifted(GRID, 1, 0, 0);

        Candidates withoutNetwork = new Candidates(Set.of(FITTED), Optional.of(fit), Duration.ofSeconds(1));
        NetworkInput in = input(1);

        Choice choice = withoutNetwork.choose(in, FakeModel.shifting(WINDOW, 5, 0, 0).look(in.fixed(), in.moving()));

        assertThat(choice.source()).isEqualTo(FITTED);
        assertThat(choice.scores()).containsOnlyKeys(ALIGNMENT, FITTED);
    }

    @Test
    void shouldRefuseFitsThatNobodyMakes() {
        assertThatThrownBy(() -> new Candidates(Set.of(FITTED), Optional.empty(), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("something that fits them");
    }

    private Candidates candidates(PairFit fit, Duration budget) {
        return new Candidates(Set.of(FieldSource.values()), Optional.of(fit), budget);
    }

    /** What moved by one voxel along k if {@code shift} is 1; the network says 1. */
    private static Choice choose(int shift, Candidates candidates) {
        NetworkInput in = input(shift);
        Look look = FakeModel.shifting(WINDOW, 1, 0, 0).look(in.fixed(), in.moving());
        return candidates.choose(in, look);
    }

    private static NetworkInput input(int shift) {
        boolean[] all = new boolean[GRID.size()];
        Arrays.fill(all, true);
        byte[] labels = new byte[GRID.size()];
        labels[GRID.offset(6, 7, 8)] = 1;
        return new NetworkInput(new Placement(GRID, GRID),
                Warp.linear(MOVING, FakeModel.shifted(GRID, shift, 0, 0), 0), all, MOVING, all,
                LabelMap.takeOwnershipOf(GRID, labels));
    }

    private static Map<FieldSource, Score> scores(double... totals) {
        Map<FieldSource, Score> scores = new EnumMap<>(FieldSource.class);
        for (FieldSource source : FieldSource.values()) {
            scores.put(source, new Score(totals[source.ordinal()], totals[source.ordinal()], 0, 0));
        }
        return scores;
    }
}
