package org.regstream.core.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Vector3;

/** A patient lies somewhere, is turned and moved in the live space, and lies somewhere else. */
class MotionTest {

    private static final Vector3 MIDDLE = new Vector3(25, -10, 40);

    @Test
    void shouldTellHowFarAndByHowMuchWhateverThePoseBefore() {
        Random random = new Random(14);
        for (int n = 0; n < 100; n++) {
            // given: where the patient lay (live to pre-operative), and what happens to them in the live space
            Pose before = Pose.rotation(vector(random, 1)).taking(vector(random, 60), vector(random, 60));
            Vector3 turn = vector(random, 0.5);
            Pose happens = Pose.rotation(turn).taking(vector(random, 60), vector(random, 60));
            Pose now = before.after(happens.inverse());

            // when
            Motion motion = Motion.between(before, now, MIDDLE);

            // then
            Vector3 lay = before.inverse().toMoving(MIDDLE);
            assertThat(motion.movedMm()).isCloseTo(happens.toMoving(lay).minus(lay).norm(), within(1e-9));
            assertThat(motion.turnedDegrees()).isCloseTo(Math.toDegrees(turn.norm()), within(1e-6));
        }
    }

    /** A turn about a far place moves the middle; a turn about the middle does not. */
    @Test
    void shouldLookAtTheMiddle() {
        Pose turned = Pose.rotation(new Vector3(0, 0, Math.PI / 2));

        assertThat(Motion.between(Pose.IDENTITY, turned.taking(MIDDLE, MIDDLE), MIDDLE).movedMm())
                .isCloseTo(0, within(1e-9));
        assertThat(Motion.between(Pose.IDENTITY, turned, MIDDLE).movedMm())
                .isCloseTo(Math.sqrt(2) * Math.hypot(25, 10), within(1e-9));
        assertThat(Motion.between(turned, turned, MIDDLE)).isEqualTo(new Motion(0, 0));
    }

    private static Vector3 vector(Random random, double size) {
        return new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).times(size);
    }
}
