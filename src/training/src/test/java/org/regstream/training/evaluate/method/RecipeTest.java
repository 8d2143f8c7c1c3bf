package org.regstream.training.evaluate.method;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.regstream.training.TinyTask;
import org.regstream.training.evaluate.method.TrainingPlan.SnapshotChoice;
import org.regstream.training.evaluate.row.Budget;
import org.regstream.training.loop.MeanTeacher;
import org.regstream.training.loop.Objective;
import org.regstream.training.loop.Schedule;
import org.regstream.training.loop.TrainingSettings;
import org.regstream.training.network.Dropout;
import org.regstream.training.network.Heads;
import org.regstream.training.network.Precision;
import org.regstream.training.network.Preset;

class RecipeTest {

    private static final double RATE = 3e-4;

    private static TrainingSettings settings(Recipe recipe) {
        return recipe.settings(TinyTask.TASK, new Budget(1, 4, 2, 1),
                new TrainingPlan(Preset.FAST, RATE, SnapshotChoice.LAST), Precision.FLOAT32, 1);
    }

    @Test
    void shouldKeepTheRateOfP1() {
        assertThat(settings(Recipe.p1(Heads.NONE, Members.SINGLE)).schedule()).isEqualTo(new Schedule(RATE, 0));
    }

    @Test
    void shouldLetTheRateOfP2FallFromTwiceItsMean() {
        assertThat(settings(Recipe.p2(Objective.P2)).schedule()).isEqualTo(new Schedule(2 * RATE, 1));
    }

    @Test
    void shouldDropInTheDecoderOfTeachersAlone() {
        assertThat(settings(Recipe.p2(Objective.P2)).network().dropout()).isEqualTo(Dropout.NONE);
        assertThat(settings(Recipe.p2(Objective.P2.with(MeanTeacher.AS_ATC))).network().dropout())
                .isEqualTo(Dropout.DECODER);
    }
}
