package org.regstream.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PairSamplerTest {

    private static final int[] SHAPE = {16, 32, 16};
    private final PairSampler sampler = sampler(AugmentationSettings.POSES);

    private static PairSampler sampler(AugmentationSettings settings) {
        return new PairSampler(5, 4, new Augmentation(settings, SHAPE));
    }

    @Test
    void shouldDrawTheSameForTheSameStep() {
        PairSampler.Draw again = sampler(AugmentationSettings.POSES).draw(17);

        assertThat(again.fixed()).isEqualTo(sampler.draw(17).fixed());
        assertThat(again.moving()).isEqualTo(sampler.draw(17).moving());
        assertThat(again.parameters()).containsExactly(sampler.draw(17).parameters());
    }

    /** Numbers of the version that drew poses alone: a run that it began goes on alike. */
    @Test
    void shouldDrawThePosesThatItAlwaysDrew() {
        assertThat(Arrays.hashCode(sampler.draw(0).parameters())).isEqualTo(-1935624940);
        assertThat(Arrays.hashCode(sampler.draw(17).parameters())).isEqualTo(-1217892287);
        assertThat(Arrays.hashCode(sampler.draw(300).parameters())).isEqualTo(-1780195590);
    }

    @Test
    void shouldDrawTheSamePairsAndPosesWhateverElseIsDrawn() {
        PairSampler full = sampler(AugmentationSettings.FULL);
        for (int step = 0; step < 50; step++) {
            PairSampler.Draw expected = sampler.draw(step);
            PairSampler.Draw draw = full.draw(step);

            assertThat(draw.fixed()).isEqualTo(expected.fixed());
            assertThat(draw.moving()).isEqualTo(expected.moving());
            assertThat(Arrays.copyOf(draw.parameters(), 24)).containsExactly(expected.parameters());
            assertThat(draw.parameters()).containsExactly(full.draw(step).parameters());
        }
    }

    @Test
    void shouldNeverPairAnImageWithItselfAndUseAllPairs() {
        assertThat(LongStream.range(0, 400).mapToObj(sampler::draw)).noneMatch(d -> d.fixed() == d.moving());
        assertThat(LongStream.range(0, 400).mapToObj(sampler::draw).map(d -> d.fixed() + "-" + d.moving()).distinct())
                .hasSize(12);
    }

    @Test
    void shouldMirrorBothImagesOrNone() {
        // the sign of the first element is the mirror's: rotations stay below 8 degrees
        assertThat(LongStream.range(0, 100).mapToObj(sampler::draw))
                .allMatch(d -> d.parameters()[0] * d.parameters()[12] > 0)
                .anyMatch(d -> d.parameters()[0] < 0).anyMatch(d -> d.parameters()[0] > 0);
    }

    @Test
    void shouldKeepPosesSmall() {
        for (int seed = 0; seed < 50; seed++) {
            float[] pose = Pose.draw(new SplittableRandom(seed), SHAPE, 1, false);

            // determinant of rotation times scale: scale cubed, at most 8 % a side, in any coordinates
            double det = pose[0] * (pose[5] * pose[10] - pose[6] * pose[9])
                    - pose[1] * (pose[4] * pose[10] - pose[6] * pose[8])
                    + pose[2] * (pose[4] * pose[9] - pose[5] * pose[8]);
            assertThat(Math.cbrt(det)).isCloseTo(1, within(0.0801));
            assertThat(Math.abs(pose[3]) * (SHAPE[2] - 1) / 2).isLessThanOrEqualTo(2.0001f);
            assertThat(Math.abs(pose[7]) * (SHAPE[1] - 1) / 2).isLessThanOrEqualTo(2.0001f);
        }
    }
}
