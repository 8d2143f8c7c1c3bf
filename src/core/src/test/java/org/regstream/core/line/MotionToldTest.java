package org.regstream.core.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertPhase;
import org.regstream.core.align.Pose;
import org.regstream.core.assembly.SliceSeries;
import org.regstream.core.geometry.Vector3;

/** Volumes of one procedure, registered one after the other, with a patient who moves between them. */
class MotionToldTest {

    private static final Vector3 MIDDLE = new Vector3(10, 20, 30);

    private final List<AlertPhase> told = new ArrayList<>();
    private Life<World.Record> life = Life.begin(World.rules(false, "run-1"), 0);
    private Instant now = SliceSeries.START;
    private int volumes;

    @Test
    void shouldTellOfAPatientWhoIsMovedBetweenTwoVolumesAndThatItIsOver() {
        registered(moved(0), true);
        registered(moved(14), true);
        assertThat(told).containsExactly(AlertPhase.RAISED);

        pass(Duration.ofMinutes(1));
        registered(moved(14.5), true);

        assertThat(told).endsWith(AlertPhase.CLEARED);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 4.9})
    void shouldSayNothingOfTheNoiseOfTracking(double mm) {
        for (int n = 0; n < 6; n++) {
            registered(moved(n % 2 == 0 ? 0 : mm), true);
        }

        assertThat(told).isEmpty();
    }

    /** What a procedure says, or headers that nothing confirms, is not how the patient lies. */
    @Test
    void shouldCompareOnlyPosesThatImagesShow() {
        registered(moved(0), false);
        registered(moved(50), false);
        registered(moved(0), true);
        registered(moved(50), false);
        registered(moved(1), true);
        assertThat(told).isEmpty();

        registered(moved(50), false);
        registered(moved(9), true);
        assertThat(told).containsExactly(AlertPhase.RAISED);
    }

    private static Pose moved(double mm) {
        return Pose.rotation(new Vector3(0.4, 0, 0)).taking(new Vector3(mm, 0, 0), new Vector3(0, 0, 0));
    }

    private void registered(Pose pose, boolean isShown) {
        pass(Duration.ofSeconds(1));
        for (int slice = 0; slice < World.SLICES; slice++) {
            step(new Event.FrameCame<>(
                    SliceSeries.acquiredAt(SliceSeries.axial().declaring(World.SLICES)
                            .withPhase(String.valueOf(volumes)).frame(slice), now),
                    new World.Record(0, now)));
        }
        volumes++;
        step(new Event.Turn<>(Network.STUDENT)).stream().filter(e -> e instanceof Effect.Look)
                .map(e -> (Effect.Look<World.Record>) e).toList().forEach(look -> {
                    Sight fake = Sight.of(World.REGISTERED, World.OBJECTS, Optional.empty());
                    Sight sight = new Sight(pose, isShown ? Optional.of(MIDDLE) : Optional.empty(), fake.quality(),
                            fake.structures(), fake.labels(), fake.others(), Optional.empty());
                    step(new Event.Looked<>(look.ticket(), Network.STUDENT,
                            new Event.Answer.Found(sight, Optional.empty())));
                });
    }

    private void pass(Duration time) {
        now = now.plus(time);
        step(new Event.Tick<>());
    }

    private List<Effect<World.Record>> step(Event<World.Record> event) {
        Step<World.Record> step = life.step(event,
                new Moment(now, Duration.between(SliceSeries.START, now), StoredAlerts.NONE, true));
        life = step.next();
        step.effects().forEach(effect -> {
            if (effect instanceof Effect.ShowAlert<World.Record> shown
                    && shown.alert().code() == AlertCode.PATIENT_MOVED) {
                told.add(shown.alert().phase());
            }
        });
        return step.effects();
    }
}
