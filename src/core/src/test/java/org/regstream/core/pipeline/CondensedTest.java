package org.regstream.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.procedure.Alignment;
import org.regstream.core.procedure.Reference;
import org.regstream.core.quality.Dice;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.testkit.HeadPhantom;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;

class CondensedTest {

    private static final ModelGrid WINDOW = new ModelGrid(48, 64, 48, 1, "RAS");

    @Test
    void shouldLeaveASmallImageAsItIs() {
        Reference small = box(TwoBlocks.noise(TwoBlocks.grid(40, 50, 60)), Alignment.CENTRES, 20, 25, 30);
        assertThat(Condensed.of(small, WINDOW)).isSameAs(small);
    }

    @Test
    void shouldLeaveWhatIsCondensedAsItIs() {
        Reference kept = Condensed.of(ramp(120, 130, 140, 1, 1, 1), WINDOW);
        assertThat(Condensed.of(kept, WINDOW)).isSameAs(kept);
    }

    @ParameterizedTest
    @CsvSource({"512, 512, 200, 0.5, 0.5, 1", "128, 256, 256, 1.2, 1, 1", "256, 160, 256, 1, 1.3, 1",
            "90, 512, 512, 3, 0.8, 0.8",
            "220, 220, 220, 0.4, 0.4, 0.4", "1500, 64, 64, 1, 2, 2", "110, 110, 110, 0.3, 0.3, 0.3"})
    void shouldBeBoundedWhateverTheImageIs(int depth, int height, int width, double mmK, double mmJ, double mmI) {
        Reference whole = ramp(depth, height, width, mmK, mmJ, mmI);

        Reference kept = Condensed.of(whole, WINDOW);

        assertThat(kept.image().grid().size()).isBetween(1, Condensed.MOST_NEAR);
        assertThat(kept.overview().orElseThrow().grid().size()).isBetween(1, Condensed.MOST_OVERVIEW);
        requireSamePlaces(whole.image(), kept.image());
        requireSamePlaces(whole.image(), kept.overview().orElseThrow());
    }

    /** A ramp shows by its values where its voxels are, however they were cut and averaged. */
    private static void requireSamePlaces(Volume whole, Volume kept) {
        Volume there = Resample.linear(whole, kept.grid(), Float.NaN);
        for (int x = 0; x < there.values().length; x += 97) {
            assertThat(kept.values()[x]).isCloseTo(there.values()[x],
                    within(2e-4f * Math.abs(there.values()[x]) + 1e-3f));
        }
    }

    @ParameterizedTest
    @EnumSource(Alignment.class)
    void shouldKeepTheImageWhereverTheWindowCanLie(Alignment alignment) {
        // given: a large image, its labels far from its middle
        Grid grid = new Grid(180, 190, 200, Affine.axisAligned(new Vector3(-100, -90, -80), 1, 1, 1));
        Reference whole = box(TwoBlocks.noise(grid), alignment, 110, 70, 120);

        // when
        Reference kept = Condensed.of(whole, WINDOW);

        // then: in any live image's axes the network sees what it saw
        Random random = new Random(3);
        for (int n = 0; n < 20; n++) {
            Vector3 turn = new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
            Grid live = alignment == Alignment.FRAME_OF_REFERENCE ? Pose.rotation(turn).overlay(grid) : grid;
            Grid window = window(whole, live);
            assertThat(window(kept, live).isSameAs(window)).isTrue();
            float[] before = Resample.linear(whole.image(), window, -1).values();
            float[] after = Resample.linear(kept.image(), window, -1).values();
            for (int x = 0; x < before.length; x++) {
                assertThat(after[x]).isCloseTo(before[x], within(3e-4f));
            }
        }
    }

    private static Grid window(Reference reference, Grid live) {
        return reference.alignment() == Alignment.AUTOMATIC
                ? WINDOW.around(reference.image().grid(), ReferenceFacts.of(reference).middle())
                : Placement.of(WINDOW, live, reference, ReferenceFacts.of(reference).middle()).movingWindow();
    }

    @Test
    void shouldKeepAllLabelsWhereTheyWere() {
        // given: label 1 where the image is kept, label 2 far off
        Grid grid = new Grid(200, 210, 220, Affine.axisAligned(new Vector3(5, 6, 7), 0.9, 0.8, 0.7));
        byte[] labels = new byte[grid.size()];
        labels[grid.offset(3, 4, 5)] = 1;
        labels[grid.offset(190, 200, 210)] = 2;
        Reference whole = TwoBlocks.reference(TwoBlocks.noise(grid), LabelMap.takeOwnershipOf(grid, labels),
                Alignment.AUTOMATIC);

        // when
        Reference kept = Condensed.of(whole, WINDOW);

        // then
        assertThat(Resample.nearest(kept.labels(), grid).labels()).isEqualTo(labels);
        ReferenceFacts before = ReferenceFacts.of(whole);
        ReferenceFacts after = ReferenceFacts.of(kept);
        assertThat(after.middle().minus(before.middle()).norm()).isLessThan(1e-9);
        assertThat(after.volumeMm3(FakeModel.HEAD)).isCloseTo(before.volumeMm3(FakeModel.HEAD), within(1e-9));
    }

    @Test
    void shouldKeepTheRegionThatIsAskedFor() {
        Grid grid = new Grid(200, 200, 200, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));
        Reference all = box(TwoBlocks.noise(grid), Alignment.AUTOMATIC, 100, 100, 100);
        Vector3 middle = new Vector3(170, 60, 90);
        Reference asked = new Reference(all.image(), all.labels(), all.structures(), all.alignment(),
                Optional.of(middle), Optional.empty());

        Grid kept = Condensed.of(asked, WINDOW).image().grid();

        double[] at = kept.affine().toIndex(middle);
        assertThat(at[0]).isBetween(50.0, kept.depth() - 50.0);
        assertThat(at[1]).isBetween(50.0, kept.height() - 50.0);
        assertThat(kept.width()).as("cut at the image's border").isLessThan(100);
    }

    @Test
    void shouldKeepWhatIsNoImage() {
        Grid grid = new Grid(120, 120, 120, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));
        float[] values = TwoBlocks.noise(grid).values().clone();
        for (int x = 0; x < values.length; x += 7) {
            values[x] = Float.NaN;
        }
        Reference whole = box(Volume.takeOwnershipOf(grid, values), Alignment.AUTOMATIC, 60, 61, 62);

        Reference kept = Condensed.of(whole, WINDOW);

        float[] there = kept.image().values();
        int missing = 0;
        for (float v : there) {
            missing += Float.isFinite(v) ? 0 : 1;
        }
        assertThat((double) missing / there.length).isCloseTo(1 / 7.0, within(1e-3));
        for (float v : kept.overview().orElseThrow().values()) {
            assertThat(v).isFinite();
        }
    }

    @Test
    void shouldKeepWholeNumbersOfScannersAsTheyAre() {
        Grid grid = new Grid(110, 110, 110, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));
        float[] values = new float[grid.size()];
        for (int x = 0; x < values.length; x++) {
            values[x] = x % 12_288 - 4096;
        }
        Reference whole = box(Volume.takeOwnershipOf(grid, values), Alignment.AUTOMATIC, 55, 55, 55);

        Volume kept = Condensed.of(whole, WINDOW).image();

        assertThat(kept.grid().isSameAs(grid)).as("nothing to cut: 110 mm").isTrue();
        assertThat(kept.values()).isEqualTo(values);
    }

    @Test
    void shouldRegisterATurnedHeadAsTheWholeImageDoes() {
        // given: 2.7 million voxels, the box 30 mm off the middle
        Grid grid = HeadPhantom.grid(140, 1.4);
        Volume head = HeadPhantom.seen(grid, Pose.IDENTITY, tone -> tone);
        Reference whole = box(head, Alignment.AUTOMATIC, 70, 50, 90);
        Reference kept = Condensed.of(whole, WINDOW);
        assertThat(kept.overview()).isPresent();
        Pose pose = Pose.rotation(new Vector3(0.2, -0.1, 0.5)).taking(new Vector3(15, -8, 20), new Vector3(0, 0, 0));
        Volume live = HeadPhantom.seen(HeadPhantom.grid(90, 2), pose, tone -> tone);
        RegistrationPipeline pipeline = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0));

        // when
        Registered before = (Registered) pipeline.register(whole, live);
        Registered after = (Registered) pipeline.register(kept, live);

        // then
        assertThat(after.placement().basis()).isEqualTo(PoseBasis.IMAGES);
        Vector3 middle = ReferenceFacts.of(whole).middle();
        assertThat(after.placement().pose().inverse().toMoving(middle)
                .minus(before.placement().pose().inverse().toMoving(middle)).norm()).isLessThan(0.1);
        assertThat(Dice.meanForeground(before.labels(), after.labels(), 2)).isGreaterThan(0.97);
    }

    /** Rises along every axis. */
    private static Reference ramp(int depth, int height, int width, double mmK, double mmJ, double mmI) {
        Grid grid = new Grid(depth, height, width, Affine.axisAligned(new Vector3(-20, 30, 10), mmK, mmJ, mmI));
        float[] values = new float[grid.size()];
        for (int k = 0, x = 0; k < depth; k++) {
            for (int j = 0; j < height; j++) {
                for (int i = 0; i < width; i++, x++) {
                    values[x] = (float) (1000 + k * mmK + 2 * j * mmJ + 3 * i * mmI);
                }
            }
        }
        return box(Volume.takeOwnershipOf(grid, values), Alignment.AUTOMATIC, depth / 2, height / 3, width / 2);
    }

    /** Labels 1 in a cube of 9 voxels around a place. */
    private static Reference box(Volume image, Alignment alignment, int k0, int j0, int i0) {
        Grid g = image.grid();
        byte[] labels = new byte[g.size()];
        for (int k = k0 - 4; k <= k0 + 4; k++) {
            for (int j = j0 - 4; j <= j0 + 4; j++) {
                for (int i = i0 - 4; i <= i0 + 4; i++) {
                    labels[g.offset(k, j, i)] = 1;
                }
            }
        }
        return new Reference(image, LabelMap.takeOwnershipOf(g, labels), List.of(FakeModel.HEAD), alignment,
                Optional.empty(), Optional.of("2.25.1"));
    }
}
