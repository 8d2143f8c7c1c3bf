package org.regstream.core.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.KnownTransform;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.MillimetreField;

/** A registration whose field and pose are known by formula. */
class RegistrationTransformTest {

    /** Trilinear between voxels 1 mm apart, of a wave of 94 mm: a w² / 8 = 0.002 mm along each axis. */
    private static final double MM = 0.006;

    private static final KnownTransform KNOWN = KnownTransform.oblique();
    private static final Grid WINDOW = window(TestGrids.oblique(40, 40, 40));
    private static final RegistrationTransform TRANSFORM = new RegistrationTransform(KNOWN.inVoxels(WINDOW),
            KNOWN.moved(WINDOW));

    /** Oblique, 1 mm. */
    private static Grid window(Grid oblique) {
        Affine a = oblique.affine();
        return new Grid(oblique.depth(), oblique.height(), oblique.width(),
                new Affine(a.origin(), a.stepK().normalized(), a.stepJ().normalized(), a.stepI().normalized()));
    }

    private static Vector3 inside(Random random, double margin) {
        return WINDOW.affine().toLps(margin + random.nextDouble() * (39 - 2 * margin),
                margin + random.nextDouble() * (39 - 2 * margin), margin + random.nextDouble() * (39 - 2 * margin));
    }

    @Test
    void shouldBePoseAndFieldInOneWithinTheWindow() {
        Random random = new Random(3);
        for (int n = 0; n < 200; n++) {
            Vector3 p = inside(random, 0);
            assertThat(TRANSFORM.map(p).minus(KNOWN.map(p)).norm()).isLessThan(MM);
        }
    }

    /** As no label is published there. */
    @Test
    void shouldBeThePoseAloneBeyondTheWindow() {
        Vector3 beyond = WINDOW.affine().toLps(-0.7, 20, 20);
        Vector3 border = WINDOW.affine().toLps(-0.4, 20, 20);

        assertThat(TRANSFORM.map(beyond).minus(KNOWN.pose().toMoving(beyond)).norm()).isLessThan(1e-9);
        assertThat(TRANSFORM.map(border).minus(KNOWN.pose().toMoving(border)).norm()).isGreaterThan(0.5);
    }

    @Test
    void shouldTellMillimetresAtTheVoxelsOfAnotherGrid() {
        // given: coarse, in another orientation, larger than the window
        Grid live = new Grid(20, 30, 40,
                new Affine(WINDOW.centre().minus(new Vector3(40, 45, 40)), new Vector3(0, 0, 4),
                        new Vector3(0, 3, 0), new Vector3(2, 0, 0)));

        // when
        MillimetreField d = TRANSFORM.onto(live);

        // then
        int within = 0;
        for (int k = 0; k < 20; k++) {
            for (int j = 0; j < 30; j++) {
                for (int i = 0; i < 40; i++) {
                    Vector3 p = live.affine().toLps(k, j, i);
                    assertThat(p.plus(d.at(k, j, i)).minus(TRANSFORM.map(p)).norm()).isLessThan(1e-4);
                    within += p.plus(d.at(k, j, i)).minus(KNOWN.map(p)).norm() < MM ? 1 : 0;
                }
            }
        }
        assertThat(within).isBetween(1500, 23000);
    }

    @Test
    void shouldLeadBackToWithinAHundredthOfAMillimetre() {
        // when
        RegistrationTransform.Inverse inverse = TRANSFORM.inverse();

        // then
        assertThat(inverse.field().grid()).isEqualTo(TRANSFORM.moving());
        assertThat(inverse.withinWindow()).isBetween(0.75, 0.99);
        assertThat(inverse.meanMm()).isLessThan(1e-4);
        assertThat(inverse.maxMm()).isLessThan(1e-3).isGreaterThanOrEqualTo(inverse.meanMm());
        FieldTransform back = new FieldTransform(inverse.field());
        Random random = new Random(4);
        for (int n = 0; n < 200; n++) {
            Vector3 p = inside(random, 6);
            assertThat(back.map(TRANSFORM.map(p)).minus(p).norm()).isLessThan(0.01);
        }
    }

    @Test
    void shouldBeTheIdentityOfEqualImages() {
        // given
        RegistrationTransform still = new RegistrationTransform(DisplacementField.zero(WINDOW), WINDOW);

        // then
        assertThat(largest(still.onto(TestGrids.anisotropic(3, 4, 5)))).isLessThan(1e-9);
        assertThat(largest(still.inverse().field())).isLessThan(1e-9);
        assertThat(still.inverse().withinWindow()).isEqualTo(1);
        assertThat(still.inverse().maxMm()).isLessThan(1e-9);
    }

    private static double largest(MillimetreField field) {
        double largest = 0;
        for (float mm : field.components()) {
            largest = Math.max(largest, Math.abs(mm));
        }
        return largest;
    }

    @Test
    void shouldTellWhatCannotBeInverted() {
        // given: all voxels come from one plane
        float[] u = new float[3 * WINDOW.size()];
        for (int x = 0; x < WINDOW.size(); x++) {
            u[x] = 20 - x / (WINDOW.height() * WINDOW.width());
        }
        RegistrationTransform flat = new RegistrationTransform(DisplacementField.takeOwnershipOf(WINDOW, u), WINDOW);

        // then
        assertThat(flat.inverse().maxMm()).isGreaterThan(5);
        assertThat(flat.inverse().meanMm()).isFinite();
    }

    @Test
    void shouldRefuseWindowsOfTwoShapes() {
        assertThatThrownBy(() -> new RegistrationTransform(DisplacementField.zero(WINDOW), TestGrids.oblique(4, 5, 6)))
                .hasMessageContaining("one shape").hasMessageContaining("[40, 40, 40]")
                .hasMessageContaining("[4, 5, 6]");
    }

    @Test
    void shouldFindThePoseBetweenTwoGrids() {
        Pose pose = Pose.between(WINDOW.affine(), KNOWN.moved(WINDOW).affine());

        Vector3 p = new Vector3(3, 4, 5);
        assertThat(pose.toMoving(p).minus(KNOWN.pose().toMoving(p)).norm()).isLessThan(1e-9);
    }
}
