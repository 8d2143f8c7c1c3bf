package org.regstream.core.align;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Vector3;

class RotationsTest {

    private static final List<Pose> COVER = Rotations.cover(1000);

    @Test
    void shouldTurnAndNeitherScaleNorMirror() {
        for (Pose p : COVER) {
            assertEquals(1, p.rowX().norm(), 1e-12);
            assertEquals(0, p.rowX().dot(p.rowY()), 1e-12);
            assertEquals(1, p.rowX().cross(p.rowY()).dot(p.rowZ()), 1e-12);
        }
    }

    @Test
    void shouldLeaveNoRotationFarFromAll() {
        Random random = new Random(1);
        for (int n = 0; n < 200; n++) {
            Pose any = Pose.rotation(new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian())
                    .times(2));
            double nearest = COVER.stream().mapToDouble(p -> p.after(any.inverse()).angleDegrees()).min().orElseThrow();
            assertTrue(nearest < 25, "nearest lies " + nearest + " degrees away");
        }
    }
}
