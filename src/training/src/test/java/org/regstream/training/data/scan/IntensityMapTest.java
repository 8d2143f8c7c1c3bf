package org.regstream.training.data.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntensityMapTest {

    private static final List<IntensityMap> CONTRASTS = IntStream.range(0, 200)
            .mapToObj(seed -> IntensityMap.contrast(new SplittableRandom(seed))).toList();

    /** Signs of the steps from knot to knot, as a set: 1 rising, 2 falling, 3 both. */
    private static int directions(IntensityMap map) {
        int seen = 0;
        for (int x = 1; x < map.knots().length; x++) {
            seen |= map.knots()[x] > map.knots()[x - 1] ? 1 : 2;
        }
        return seen;
    }

    @Test
    void shouldDrawRisingFallingAndOtherContrasts() {
        assertThat(CONTRASTS).filteredOn(m -> directions(m) == 1).hasSizeBetween(25, 75);
        assertThat(CONTRASTS).filteredOn(m -> directions(m) == 2).hasSizeBetween(25, 75);
        assertThat(CONTRASTS).filteredOn(m -> directions(m) == 3).hasSizeBetween(70, 130);
    }

    @Test
    void shouldSpanTheWholeRange() {
        assertThat(CONTRASTS).allSatisfy(m -> {
            assertThat(IntStream.range(0, 33).mapToDouble(x -> m.knots()[x]).min().getAsDouble()).isZero();
            assertThat(IntStream.range(0, 33).mapToDouble(x -> m.knots()[x]).max().getAsDouble()).isEqualTo(1);
        });
    }

    @Test
    void shouldInterpolateBetweenKnots() {
        IntensityMap squared = IntensityMap.identity().then(1, 2);

        // between (3/32)² and (4/32)²
        assertThat(squared.at(3.5f / 32)).isCloseTo((9 + 16) / 2f / 1024, within(1e-7f));
        assertThat(squared.at(1)).isEqualTo(1);
        assertThat(IntensityMap.identity().then(0.5, 1).at(0.6f)).isCloseTo(0.3f, within(1e-7f));
    }
}
