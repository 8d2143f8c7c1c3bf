package org.regstream.core.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.Prediction;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.GaussianSmoothing;
import org.regstream.core.warp.Warp;

class RefiningModelTest {
    private static final ModelGrid WINDOW = new ModelGrid(18, 20, 22, 1, "RAS");
    private static final Grid GRID = new Grid(18, 20, 22, Affine.axisAligned(new Vector3(1, 2, 3), 1, 1, 1));
    private final List<OptimisedField> heard = new ArrayList<>();
    private final Volume moving = GaussianSmoothing.ofVoxels(RandomData.volume(GRID, 1), 1.5);
    private final LabelMap labels = RandomData.labels(GRID, 3, 2);
    private final LabelProbabilities soft = LabelProbabilities.oneHot(labels, 3);

    @Test
    void shouldImproveTheNetworksFieldAndPullImageAndLabelsAlongIt() {
        // given: a network that is a voxel off along i
        Volume fixed = Warp.linear(moving, RandomData.smoothField(GRID, 0.7, 4), 0);
        RegistrationModel network = FakeModel.shifting(WINDOW, 0, 0, 1);

        // when
        Prediction refined = refining(network).predict(fixed, moving, soft);

        // then
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0).improved()).isTrue();
        assertThat(refined.displacement()).isSameAs(heard.get(0).field());
        assertThat(refined.warped().values()).isEqualTo(Warp.linear(moving, refined.displacement(), 0).values());
        assertThat(refined.labelProbabilities().values())
                .isEqualTo(Warp.linear(soft, refined.displacement()).values());
        float[] alone = network.predict(fixed, moving, soft).warped().values();
        assertThat(distance(refined.warped().values(), fixed)).isLessThan(0.75 * distance(alone, fixed));
    }

    @Test
    void shouldKeepTheNetworksPredictionWhenNothingImproves() {
        // given: what the network gives is the fixed image itself
        Prediction perfect = FakeModel.shifting(WINDOW, 0, 0, 0).predict(moving, moving, soft);

        // when
        Prediction result = refining(FakeModel.shifting(WINDOW, 0, 0, 0)).predict(moving, moving, soft);

        // then
        assertThat(heard.get(0).improved()).isFalse();
        assertThat(result.labelProbabilities().values()).isEqualTo(perfect.labelProbabilities().values());
        assertThat(heard.get(0).before().dissimilarity()).isCloseTo(-1, within(0.05));
    }

    @Test
    void shouldBeTheSameModelToEveryoneElse() {
        RegistrationModel network = FakeModel.shifting(WINDOW, 0, 0, 0);
        RegistrationModel refining = refining(network);
        assertThat(refining.manifest()).isEqualTo(network.manifest());
        assertThat(refining.provider()).isEqualTo(network.provider());
    }

    @Test
    void shouldRegisterWithoutANetwork() {
        // given
        Volume fixed = Warp.linear(moving, RandomData.smoothField(GRID, 0.7, 4), 0);
        RegistrationModel none = new UnregisteredModel(FakeModel.shifting(WINDOW, 5, 5, 5));

        // when
        Prediction asTheyLie = none.predict(fixed, moving, soft);
        Prediction fitted = refining(none).predict(fixed, moving, soft);

        // then
        assertThat(asTheyLie.displacement().components()).containsOnly(0);
        assertThat(asTheyLie.warped()).isSameAs(moving);
        assertThat(asTheyLie.labelProbabilities()).isSameAs(soft);
        assertThat(heard.get(0).improved()).isTrue();
        assertThat(distance(fitted.warped().values(), fixed)).isLessThan(0.75 * distance(moving.values(), fixed));
    }

    private RegistrationModel refining(RegistrationModel network) {
        return new RefiningModel(network, OptimisationSettings.refine(Similarity.NLCC), heard::add);
    }

    private static double distance(float[] a, Volume b) {
        double sum = 0;
        for (int x = 0; x < a.length; x++) {
            sum += Math.abs(a[x] - b.values()[x]);
        }
        return sum;
    }
}
