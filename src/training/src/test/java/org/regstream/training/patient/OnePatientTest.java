package org.regstream.training.patient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Look;
import org.regstream.core.model.Prediction;
import org.regstream.core.pipeline.Candidates;
import org.regstream.core.pipeline.FieldSource;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.onnx.GoldenPair;
import org.regstream.training.TinyTask;

class OnePatientTest {

    private final List<String> told = new ArrayList<>();

    /** Says the same displacement everywhere, and nothing of outlines. */
    private static GoldenPair.Network shifting(float voxels) {
        return (fixed, moving) -> {
            Grid g = fixed.grid();
            float[] u = new float[3 * g.size()];
            Arrays.fill(u, 0, g.size(), voxels);
            float[] error = new float[g.size()];
            Arrays.fill(error, 1);
            float[] even = new float[3 * g.size()];
            Arrays.fill(even, 1 / 3f);
            return new Look(List.of(new Prediction(DisplacementField.takeOwnershipOf(g, u),
                    Volume.takeOwnershipOf(g, error), LabelProbabilities.takeOwnershipOf(g, 3, even),
                    LabelProbabilities.takeOwnershipOf(g, 3, even.clone()))));
        };
    }

    private OnePatient of(GoldenPair.Network network) {
        return OnePatient.of(
                new OnePatient.Registrar(network, Candidates.withoutFitting(), TinyTask.TASK.intensity()),
                TinyTask.samples(2), 1, told::add);
    }

    @Test
    void shouldMeasureANetworkThatDoesNothing() {
        OnePatient result = of(shifting(0));

        assertThat(result.moved()).hasSize(2 * Movement.ALL.size());
        assertThat(told).hasSize(2 * (Movement.ALL.size() + 1));
        for (MovedCase c : result.moved()) {
            boolean moves = c.movement().kind().isPresent();
            assertThat(c.network()).isEqualTo(c.before());
            assertThat(c.published()).isEqualTo(c.before());
            assertThat(c.source()).isEqualTo(FieldSource.ALIGNMENT);
            assertThat(c.length()).isZero();
            assertThat(c.before() == 1).isEqualTo(!moves);
            assertThat(c.errorOfNetwork() > 0).isEqualTo(moves);
            assertThat(c.errorOfPublished()).isEqualTo(c.errorOfNetwork());
        }
    }

    @Test
    void shouldMeasureAFieldAndNotTakeItWhereItIsWorse() {
        OnePatient result = of(shifting(3));

        MovedCase same = result.moved().get(0);
        assertThat(same.movement().name()).isEqualTo("the very same image");
        assertThat(same.network()).isLessThan(0.9);
        assertThat(same.published()).isEqualTo(1);
        assertThat(same.errorOfNetwork()).isEqualTo(3);
        assertThat(same.errorOfPublished()).isZero();
        assertThat(same.length()).isEqualTo(3);
    }

    @Test
    void shouldCarryWhateverIsGiven() {
        OnePatient result = of(shifting(0));

        assertThat(result.given()).extracting(GivenCase::given).contains("labels swapped", "labels dilated",
                "two balls for labels", "target for a label", "label 1 alone");
        assertThat(result.given()).allMatch(c -> c.published() == c.before() && c.before() < 1);
    }

    @Test
    void shouldPrintARowForEachMovementAndEachKindOfLabels() {
        String text = OnePatientText.of(of(shifting(0)));

        Movement.ALL.forEach(m -> assertThat(text).contains("| " + m.name() + " | 2 |"));
        assertThat(text).contains("| label 1 alone |").contains("alignment 2");
    }
}
