package org.regstream.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.regstream.training.Looks;
import org.regstream.training.TinyTask;
import org.regstream.training.data.Sample;

class EvaluationTest {

    private static CaseFigures withFolding(double folding) {
        LabelFigures any = new LabelFigures(List.of(0.5), List.of(1.0), List.of(2.0));
        return new CaseFigures("a", "b", any, any, any, any, 0.1, 0.2, folding, 0.3, List.of(0.1));
    }

    private final Evaluation three = new Evaluation(Protocol.PAIRS,
            List.of(withFolding(0.3), withFolding(0.1), withFolding(0.2)));

    @Test
    void shouldGiveMeanDeviationAndPercentileByHand() {
        assertThat(three.mean(CaseFigures::folding)).isCloseTo(0.2, within(1e-12));
        // squares (0.1² + 0.1²) / (3 - 1)
        assertThat(three.sd(CaseFigures::folding)).isCloseTo(0.1, within(1e-12));
        assertThat(three.percentile(CaseFigures::folding, 50)).isCloseTo(0.2, within(1e-12));
        assertThat(three.percentile(CaseFigures::folding, 75)).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void shouldPairEachImageWithTheNextAndTheLastWithTheFirst() {
        List<Sample> s = TinyTask.samples(3);

        assertThat(Protocol.PAIRS.pair(s, List.of())).containsExactly(new Pairing(s.get(0), s.get(1)),
                new Pairing(s.get(1), s.get(2)), new Pairing(s.get(2), s.get(0)));
    }

    @Test
    void shouldChooseTheMostSimilarAtlasButNotTheImageItself() {
        Sample fixed = TinyTask.sample(1);
        Sample copy = new Sample("copy", fixed.image(), fixed.labels(), fixed.inside());
        List<Sample> bank = List.of(TinyTask.sample(2), copy, fixed);

        assertThat(Protocol.ATLAS.pair(List.of(fixed), bank)).containsExactly(new Pairing(fixed, copy));
    }

    @Test
    void shouldMeasureANetworkThatMovesNothing() {
        Sample a = TinyTask.sample(1);
        Sample copy = new Sample("copy", a.image(), a.labels(), a.inside());

        CaseFigures c = CaseFigures.of((fixed, moving) -> Looks.still(fixed.grid(), 3), new Pairing(a, copy), 3);

        assertThat(c.carried().dice()).containsExactly(1.0, 1.0);
        assertThat(c.carried().hd95()).containsExactly(0.0, 0.0);
        assertThat(c.before()).isEqualTo(c.carried());
        assertThat(c.outline().dice()).containsExactly(0.0, 0.0);
        // inside a structure (1 + 1e-3) (0 + 1e-4) for it, (0 + 1e-3) (1 + 1e-4) for the background: the outline wins
        assertThat(c.refined().dice()).containsExactly(0.0, 0.0);
        assertThat(c.refined()).isEqualTo(c.outline());
        assertThat(c.nlcc()).isCloseTo(1, within(1e-6));
        assertThat(c.folding()).isZero();
        assertThat(c.sdLogJ()).isZero();
        assertThat(c.entropy()).hasSize(2).allMatch(nats -> nats < 1e-3);
    }
}
