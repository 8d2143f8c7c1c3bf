package org.regstream.core.align;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.HeadPhantom;
import org.regstream.core.volume.Volume;

class AlignerTest {

    /** Mean distance of places in the head, mm, that voxels of 4 mm with noise allow. */
    private static final double CLOSE_MM = 0.5;

    private static final DoubleUnaryOperator SAME = tone -> tone;
    private static final Grid LIVE = HeadPhantom.grid(52, 3.8);
    private static final Pose TURNED = pose(new Vector3(0.5, -0.3, 0.7), new Vector3(30, -44, 21));
    private static final Pose NEARLY = pose(new Vector3(0.05, 0, -0.05), new Vector3(3, -4, 2)).after(TURNED);
    private static final Aligner ALIGNER = new Aligner(
            Pyramid.of(HeadPhantom.seen(HeadPhantom.grid(66, 3.2), Pose.IDENTITY, SAME)));
    private static final Volume LIVE_TURNED = HeadPhantom.seen(laidOver(TURNED), TURNED, SAME);

    @Test
    void shouldFindThatNothingMoved() {
        assertFound(Pose.IDENTITY, ALIGNER.align(HeadPhantom.seen(LIVE, Pose.IDENTITY, SAME)));
    }

    @Test
    void shouldFindAnyRotation() {
        Random random = new Random(3);
        Vector3 axis = new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).normalized();
        Pose truth = pose(axis.times(Math.PI * random.nextDouble()), new Vector3(10, -15, 20));

        AlignmentOutcome found = ALIGNER.align(HeadPhantom.seen(laidOver(truth), truth, SAME));

        assertFound(truth, found);
    }

    @Test
    void shouldFindPoseOfInvertedContrast() {
        assertFound(TURNED, ALIGNER.align(HeadPhantom.seen(laidOver(TURNED), TURNED, tone -> 1 - tone)));
    }

    @Test
    void shouldFindPoseOfSlab() {
        Grid whole = laidOver(TURNED);
        Grid slab = whole.window(20, 0, 0, 16, whole.height(), whole.width());

        assertFound(TURNED, ALIGNER.align(HeadPhantom.seen(slab, TURNED, SAME)));
    }

    @Test
    void shouldFindPoseOfCroppedPreoperativeImage() {
        Grid whole = HeadPhantom.grid(66, 3.2);
        Aligner cropped = new Aligner(
                Pyramid.of(HeadPhantom.seen(whole.window(8, 6, 11, 40, 40, 40), Pose.IDENTITY, SAME)));

        assertFound(TURNED, cropped.align(LIVE_TURNED));
    }

    @Test
    void shouldFollowTheHeadersOfBothImages() {
        Volume live = HeadPhantom.seen(LIVE, Pose.IDENTITY, SAME);
        Pose header = pose(new Vector3(-0.2, 1.1, 0.4), new Vector3(100, 50, -70));

        AlignmentOutcome found = ALIGNER.align(live.withGrid(header.overlay(live.grid())));

        assertFound(header, found);
        assertTrue(found.headersScore() < 0.5 * found.score(), "headers that are wrong explain less: " + found);
    }

    @Test
    void shouldTrackFromTheLastPose() {
        assertFound(TURNED, ALIGNER.track(LIVE_TURNED, NEARLY));
    }

    @Test
    void shouldSearchAgainWhenTheLastPoseNoLongerHolds() {
        AlignmentOutcome found = ALIGNER.track(LIVE_TURNED, Pose.IDENTITY);

        assertFound(TURNED, found);
        assertEquals(ALIGNER.align(LIVE_TURNED), found, "as from any pose, and the same each time");
    }

    @Test
    void shouldTellThatAnotherImageHasNoPose() {
        Random random = new Random(5);
        Grid coarse = HeadPhantom.grid(13, 16);
        float[] noise = new float[coarse.size()];
        for (int x = 0; x < noise.length; x++) {
            noise[x] = random.nextFloat();
        }

        AlignmentOutcome found = ALIGNER.align(Volume.takeOwnershipOf(coarse, noise));

        assertTrue(assertInstanceOf(NotAligned.class, found).explanation().contains("at least 15 %"));
    }

    /** Left for right, slices or rows in the wrong order, two axes changed for one another: all are one mirror and a turn. */
    @ParameterizedTest
    @ValueSource(strings = {"-x", "-y", "-z", "x and y"})
    void shouldTellThatAnImageIsAMirrorImage(String flipped) {
        Mirrored found = assertInstanceOf(Mirrored.class, ALIGNER.align(flipped(LIVE_TURNED, flipped)));

        assertTrue(found.mirroredScore() > found.score(), found.toString());
        assertTrue(found.explanation().contains("orientation of one of them is wrong"), found.explanation());
    }

    @Test
    void shouldTellThatTheNextImageIsAMirrorImage() {
        assertInstanceOf(Mirrored.class, ALIGNER.track(flipped(LIVE_TURNED, "-x"), NEARLY));
    }

    /** Of a body that is full of small structures a mirror shows little until it stands exactly. */
    @Test
    void shouldTellThatTheNextImageOfSmallStructuresIsAMirrorImage() {
        Aligner aligner = new Aligner(Pyramid.of(structured(HeadPhantom.grid(66, 3.2), Pose.IDENTITY)));
        Pose mirror = new Pose(new Vector3(-1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1), new Vector3(0, 0, 0));

        assertInstanceOf(Mirrored.class,
                aligner.track(structured(laidOver(TURNED), mirror.after(TURNED)), NEARLY));
        assertFound(TURNED, aligner.track(structured(laidOver(TURNED), TURNED), NEARLY));
    }

    /** The head with waves of some 20 mm inside, the same from no two sides. */
    private static Volume structured(Grid grid, Pose pose) {
        Volume head = HeadPhantom.seen(grid, pose, SAME);
        float[] values = head.values().clone();
        for (int k = 0, x = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++, x++) {
                    Vector3 p = pose.toMoving(grid.affine().toLps(k, j, i));
                    double wave = Math.sin(0.35 * p.x() + 1) * Math.sin(0.3 * p.y()) * Math.sin(0.25 * p.z() + 2);
                    values[x] += values[x] > 25 ? (float) (60 * wave) : 0;
                }
            }
        }
        return Volume.takeOwnershipOf(grid, values);
    }

    @Test
    void shouldTellThatAMuchSmallerPreoperativeImageIsAMirrorImage() {
        Grid whole = HeadPhantom.grid(66, 3.2);
        Volume part = HeadPhantom.seen(whole.window(8, 6, 11, 40, 40, 40), Pose.IDENTITY, SAME);

        assertInstanceOf(Mirrored.class, new Aligner(Pyramid.of(flipped(part, "-x"))).align(LIVE_TURNED));
    }

    /** What looks the same in a mirror says nothing of it. */
    @Test
    void shouldNotCallAnImageMirroredThatIsItsOwnMirrorImage() {
        Volume seen = HeadPhantom.seen(LIVE, Pose.IDENTITY, SAME);
        Volume mirrored = flipped(seen, "-x");
        float[] both = new float[seen.values().length];
        for (int x = 0; x < both.length; x++) {
            both[x] = seen.values()[x] + mirrored.values()[x];
        }
        Volume symmetric = Volume.takeOwnershipOf(LIVE, both);

        assertInstanceOf(Aligned.class, new Aligner(Pyramid.of(symmetric)).align(symmetric));
    }

    /** The header stays, voxels change their places. */
    private static Volume flipped(Volume image, String how) {
        Grid g = image.grid();
        int n = g.width();
        float[] out = new float[g.size()];
        for (int k = 0, x = 0; k < g.depth(); k++) {
            for (int j = 0; j < g.height(); j++) {
                for (int i = 0; i < n; i++, x++) {
                    out[x] = switch (how) {
                        case "-x" -> image.at(k, j, n - 1 - i);
                        case "-y" -> image.at(k, g.height() - 1 - j, i);
                        case "-z" -> image.at(g.depth() - 1 - k, j, i);
                        default -> image.at(k, i, j);
                    };
                }
            }
        }
        return Volume.takeOwnershipOf(g, out);
    }

    @Test
    void shouldTellThatThereIsNothingToAlign() {
        AlignmentOutcome found = ALIGNER.align(Volume.takeOwnershipOf(LIVE, new float[LIVE.size()]));

        assertTrue(assertInstanceOf(NotAligned.class, found).explanation().contains("live image is constant"));
    }

    @Test
    void shouldTellThatOneSliceHasNoPoseOverAnother() {
        Volume slice = HeadPhantom.seen(LIVE.window(LIVE.depth() / 2, 0, 0, 1, LIVE.height(), LIVE.width()),
                Pose.IDENTITY,
                SAME);

        assertInstanceOf(NotAligned.class, new Aligner(Pyramid.of(slice)).align(slice));
    }

    @Test
    void shouldBearPadding() {
        float[] values = LIVE_TURNED.values().clone();
        Arrays.fill(values, 0, values.length / 5, Float.NaN);

        assertFound(TURNED, ALIGNER.track(Volume.takeOwnershipOf(LIVE_TURNED.grid(), values), NEARLY));
    }

    @Test
    void shouldKeepToTheLetterWhatTheHeadersSayWhereTheImagesKnowNoBetter() {
        Pose breath = pose(new Vector3(0, 0.002, 0), new Vector3(0.1, 0, 0.1));

        Aligned found = assertInstanceOf(Aligned.class, ALIGNER.align(HeadPhantom.seen(LIVE, breath, SAME)));

        assertTrue(found.isAsHeadersSay());
        assertEquals(found.headersScore(), found.score());
    }

    private static Pose pose(Vector3 turn, Vector3 shift) {
        return Pose.rotation(turn).taking(shift, new Vector3(0, 0, 0));
    }

    /** An upright grid around the head as it lies now. */
    private static Grid laidOver(Pose truth) {
        Vector3 now = truth.inverse().toMoving(new Vector3(4, -3, 6));
        Affine a = LIVE.affine().translated(now);
        return new Grid(LIVE.depth(), LIVE.height(), LIVE.width(), a);
    }

    private static void assertFound(Pose truth, AlignmentOutcome outcome) {
        Pose pose = assertInstanceOf(Aligned.class, outcome, outcome.toString()).pose();
        double sum = 0;
        for (int corner = 0; corner < 8; corner++) {
            Vector3 place = new Vector3(50 * ((corner & 1) - 0.5), 50 * ((corner >> 1 & 1) - 0.5),
                    50 * ((corner >> 2 & 1) - 0.5));
            sum += pose.toMoving(truth.inverse().toMoving(place)).minus(place).norm() / 8;
        }
        assertTrue(sum < CLOSE_MM, "off by " + sum + " mm at score " + outcome.score());
    }
}
