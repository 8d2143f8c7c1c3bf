package org.regstream.core.optimise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.Look;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.pipeline.Candidates;
import org.regstream.core.pipeline.Choice;
import org.regstream.core.pipeline.FieldSource;
import org.regstream.core.pipeline.NetworkInput;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.GaussianSmoothing;
import org.regstream.core.warp.Warp;

class FittedPairTest {
    private static final ModelGrid WINDOW = new ModelGrid(18, 20, 22, 1, "RAS");
    private static final Grid GRID = new Grid(18, 20, 22, Affine.axisAligned(new Vector3(1, 2, 3), 1, 1, 1));
    private static final Duration LONG = Duration.ofMinutes(1);
    private final Volume moving = GaussianSmoothing.ofVoxels(RandomData.volume(GRID, 1), 1.5);
    private final FittedPair fit = new FittedPair(Similarity.NLCC);

    @Test
    void shouldImproveTheFieldItStartsFrom() {
        // given: a network that is a voxel off along i
        NetworkInput in = input(Warp.linear(moving, RandomData.smoothField(GRID, 0.7, 4), 0));
        Look look = FakeModel.shifting(WINDOW, 0, 0, 1).look(in.fixed(), in.moving());

        // when
        DisplacementField fitted = fit.fit(in, look, look.displacement(), LONG);

        // then
        assertThat(distance(fitted, in)).isLessThan(0.75 * distance(look.displacement(), in));
    }

    @Test
    void shouldGiveBackTheStartWhereNothingImproves() {
        DisplacementField start = DisplacementField.zero(GRID);
        NetworkInput in = input(moving);

        assertThat(fit.fit(in, FakeModel.shifting(WINDOW, 0, 0, 0).look(moving, moving), start, LONG)).isSameAs(start);
    }

    @Test
    void shouldBeTakenWhereItFitsBest() {
        // given
        NetworkInput in = input(Warp.linear(moving, RandomData.smoothField(GRID, 1.5, 4), 0));
        Look look = FakeModel.shifting(WINDOW, 0, 0, 5).look(in.fixed(), in.moving());

        // when
        Choice choice = Candidates.fitting(fit, LONG).choose(in, look);

        // then
        assertThat(choice.source()).isEqualTo(FieldSource.FITTED);
        assertThat(choice.score().similarity())
                .isGreaterThan(choice.scores().get(FieldSource.ALIGNMENT).similarity());
    }

    private NetworkInput input(Volume fixed) {
        boolean[] all = new boolean[GRID.size()];
        Arrays.fill(all, true);
        byte[] labels = new byte[GRID.size()];
        labels[GRID.offset(9, 10, 11)] = 1;
        return new NetworkInput(new Placement(GRID, GRID), fixed, all, moving, all,
                LabelMap.takeOwnershipOf(GRID, labels));
    }

    private double distance(DisplacementField u, NetworkInput in) {
        float[] pulled = Warp.linear(moving, u, 0).values();
        double sum = 0;
        for (int x = 0; x < pulled.length; x++) {
            sum += Math.abs(pulled[x] - in.fixed().values()[x]);
        }
        return sum;
    }
}
