package org.regstream.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.regstream.core.pipeline.TwoBlocks.WINDOW;
import static org.regstream.core.pipeline.TwoBlocks.blocks;
import static org.regstream.core.pipeline.TwoBlocks.grid;
import static org.regstream.core.pipeline.TwoBlocks.moved;
import static org.regstream.core.pipeline.TwoBlocks.noise;
import static org.regstream.core.pipeline.TwoBlocks.reference;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regstream.core.ConfigurationException;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Orientation;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.model.Structure;
import org.regstream.core.procedure.Alignment;
import org.regstream.core.procedure.LabelSource;
import org.regstream.core.procedure.Reference;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.testkit.HeadPhantom;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

class RegistrationPipelineTest {

    @Test
    void shouldMoveLabelsByTheNetworksShiftOnTheLiveGrid() {
        // given: pull by (+1, -2, +3) moves a structure at x to x - (1, -2, 3)
        Reference reference = blocks(grid(10, 12, 14), Alignment.CENTRES);
        RegistrationPipeline pipeline = new RegistrationPipeline(FakeModel.shifting(WINDOW, 1, -2, 3));

        // when
        RegistrationOutcome outcome = pipeline.register(reference, moved(grid(10, 12, 14), 1, -2, 3));

        // then
        assertThat(((Registered) outcome).choice().source()).isEqualTo(FieldSource.NETWORK);
        LabelMap labels = ((Registered) outcome).labels();
        assertThat(labels.at(4 - 1, 4 + 2, 6 - 3)).isEqualTo(1);
        assertThat(labels.at(6 - 1, 4 + 2, 6 - 3)).isEqualTo(2);
        assertThat(labels.count(1)).isEqualTo(reference.labels().count(1));
    }

    @Test
    void shouldLayImagesByPatientCoordinatesInOneFrameOfReference() {
        // given: the live volume starts 2 voxels further along each axis
        Reference reference = blocks(grid(10, 12, 14), Alignment.FRAME_OF_REFERENCE);
        Grid live = new Grid(10, 12, 14, reference.image().grid().affine().shifted(2, 2, 2));
        RegistrationPipeline pipeline = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0));

        // when
        Registered registered = (Registered) pipeline.register(reference, noise(live));

        // then: same place in the patient, other index
        assertThat(registered.labels().at(4 - 2, 4 - 2, 6 - 2)).isEqualTo(1);
        assertThat(registered.labels().count(2)).isEqualTo(reference.labels().count(2));
        assertThat(registered.placement().translation().norm()).isZero();
    }

    @Test
    void shouldKeepLabelsInPatientSpaceWhenLiveAxesArePermutedAndFlipped() {
        // given: live columns run to the head, rows to the front, slices to the right
        Grid upright = grid(10, 12, 14);
        Reference reference = blocks(upright, Alignment.FRAME_OF_REFERENCE);
        Grid live = new Orientation("SAR").reorient(upright);
        RegistrationPipeline pipeline = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0));

        // when
        LabelMap labels = ((Registered) pipeline.register(reference, noise(live))).labels();

        // then
        assertThat(live.shape()).containsExactly(14, 12, 10);
        for (int k = 0; k < 10; k++) {
            double[] at = live.affine().toIndex(upright.affine().toLps(k, 4, 6));
            assertThat(labels.at((int) Math.rint(at[0]), (int) Math.rint(at[1]), (int) Math.rint(at[2])))
                    .isEqualTo(reference.labels().at(k, 4, 6));
        }
    }

    @Test
    void shouldPutBackgroundOutsideTheWindowOfALargeLiveVolume() {
        // given
        Reference reference = blocks(grid(10, 12, 14), Alignment.FRAME_OF_REFERENCE);
        Grid live = new Grid(40, 50, 60, reference.image().grid().affine().shifted(-15, -19, -23));
        RegistrationPipeline pipeline = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0));

        // when
        Registered registered = (Registered) pipeline.register(reference, noise(live));

        // then
        assertThat(registered.labels().count(1)).isEqualTo(reference.labels().count(1));
        assertThat(registered.labels().at(15 + 4, 19 + 4, 23 + 6)).isEqualTo(1);
        assertThat(registered.labels().at(0, 0, 0)).isZero();
        assertThat(registered.labelEntropy().at(0, 0, 0)).as("nothing was computed here").isNaN();
        assertThat(registered.labelEntropy().at(15 + 4, 19 + 4, 23 + 6)).isPositive();
        assertThat(registered.quality().foldingFraction()).isZero();
    }

    /** As the corners of an oblique reformat: padding on either side, none of it where a structure is. */
    @Test
    void shouldRegisterImagesWithBordersOfNoImage() {
        // given
        Grid grid = grid(10, 12, 14);
        Reference whole = blocks(grid, Alignment.CENTRES);
        Reference reference = new Reference(bordered(whole.image()), whole.labels(), whole.structures(),
                Alignment.CENTRES, Optional.empty(), Optional.empty());
        RegistrationPipeline pipeline = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0));

        // when
        Registered registered = (Registered) pipeline.register(reference, bordered(noise(grid)));

        // then
        assertThat(registered.labels().count(1)).isEqualTo(whole.labels().count(1));
        assertThat(registered.quality().foldingFraction()).isZero();
    }

    @Test
    void shouldRejectALiveVolumeThatIsPaddingWhereTheStructuresAre() {
        Grid grid = grid(10, 12, 14);
        float[] nothing = new float[grid.size()];
        Arrays.fill(nothing, Float.NaN);
        RegistrationPipeline pipeline = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0));

        RegistrationOutcome outcome = pipeline.register(blocks(grid, Alignment.CENTRES),
                Volume.takeOwnershipOf(grid, nothing));

        assertThat(((Rejected) outcome).reason()).isEqualTo(RejectionReason.NO_OVERLAP);
    }

    /** The first and the last slice are no image. */
    private static Volume bordered(Volume image) {
        float[] values = image.values().clone();
        int slice = image.grid().height() * image.grid().width();
        Arrays.fill(values, 0, slice, Float.NaN);
        Arrays.fill(values, values.length - slice, values.length, Float.NaN);
        return Volume.takeOwnershipOf(image.grid(), values);
    }

    @Test
    void shouldOverlayThePreoperativeGridMiddleOnMiddle() {
        // given: two crops of different size far from one another
        Grid fixed = grid(10, 12, 14);
        Grid moving = new Grid(8, 12, 18, Affine.axisAligned(new Vector3(500, 500, 500), 1, 1, 1));

        // when
        Reference reference = blocks(moving, Alignment.CENTRES);
        Placement placement = Placement.of(WINDOW, fixed, reference, ReferenceFacts.of(reference).middle());
        Grid overlaid = placement.overlaid(moving);

        // then: (10 - 8) / 2 = 1 slice below, (14 - 18) / 2 = -2 columns
        double[] first = fixed.affine().toIndex(overlaid.affine().origin());
        assertThat(first).containsExactly(new double[]{1, 0, -2}, within(1e-9));
    }

    @Test
    void shouldReportTheFiguresOfEachStructure() {
        Reference reference = blocks(grid(10, 12, 14), Alignment.CENTRES);

        Registered registered = (Registered) new RegistrationPipeline(
                FakeModel.shifting(WINDOW, 0, 0, 0).withExpectedError(1e-4f))
                .register(reference, noise(grid(10, 12, 14)));

        StructureFigures head = registered.structures().get(0);
        assertThat(head.structure()).isEqualTo(FakeModel.HEAD);
        assertThat(head.source()).isEqualTo(LabelSource.CARRIED);
        assertThat(head.volumeMm3()).isCloseTo(2 * 4 * 4, within(1e-9));
        assertThat(head.referenceMm3()).isCloseTo(2 * 4 * 4, within(1e-9));
        assertThat(head.coverage()).isEqualTo(1);
        assertThat(head.meanEntropyNats()).as("an error of a ten-thousandth of a voxel").isCloseTo(0, within(1e-4));
        assertThat(head.features().orElseThrow().similarity()).isCloseTo(1, within(1e-6));
    }

    /** Whatever the network would do: where nothing moved, nothing moves. */
    @Test
    void shouldGiveEqualImagesAnExactlyZeroField() {
        Reference reference = blocks(grid(10, 12, 14), Alignment.CENTRES);

        Registered registered = (Registered) new RegistrationPipeline(FakeModel.shifting(WINDOW, 1, 0, 0))
                .register(reference, noise(grid(10, 12, 14)));

        assertThat(registered.choice().source()).isEqualTo(FieldSource.ALIGNMENT);
        assertThat(registered.choice().field().components()).containsOnly(0);
        assertThat(registered.labels().labels()).isEqualTo(reference.labels().labels());
        assertThat(registered.choice().scores()).containsOnlyKeys(FieldSource.ALIGNMENT, FieldSource.NETWORK);
    }

    /** Labels of any value that no package knows, beside one that this one knows by another label. */
    @Test
    void shouldCarryStructuresThatTheModelDoesNotKnow() {
        // given
        Reference known = blocks(grid(10, 12, 14), Alignment.CENTRES);
        byte[] labels = known.labels().labels().clone();
        for (int x = 0; x < labels.length; x++) {
            labels[x] = (byte) (labels[x] == 0 ? 0 : labels[x] == 1 ? 200 : 17);
        }
        Structure target = new Structure(200, "target", "108369006", "Neoplasm", "#0000ff");
        Structure body = new Structure(17, "body", "2", "Body", "#00ff00");
        Reference reference = new Reference(known.image(), LabelMap.takeOwnershipOf(known.labels().grid(), labels),
                List.of(target, body), Alignment.CENTRES, Optional.empty(), Optional.empty());
        RegistrationPipeline pipeline = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 1, 0));
        pipeline.requireCompatible(reference);

        // when
        Registered registered = (Registered) pipeline.register(reference, moved(grid(10, 12, 14), 0, 1, 0));

        // then
        assertThat(registered.labels().counts()[200]).isEqualTo(32);
        assertThat(registered.labels().at(4, 3, 6)).isEqualTo(200);
        assertThat(registered.labels().at(6, 3, 6)).isEqualTo(17);
        ReliabilityFeatures ofTarget = registered.structures().get(0).features().orElseThrow();
        assertThat(ofTarget.outlineDice()).isEmpty();
        assertThat(ofTarget.outlinesAgree()).isPresent();
        assertThat(registered.structures().get(1).features().orElseThrow().outlineDice()).isPresent();
    }

    /** The fake network outlines as head all that is brighter than a half. */
    @Test
    void shouldPaintWhatTheNetworkOutlinesOnlyWhereASiteWantsIt() {
        // given: the head is known, the target is not
        Grid g = grid(10, 12, 14);
        Reference two = blocks(g, Alignment.CENTRES);
        Structure target = new Structure(2, "target", "108369006", "Neoplasm", "#0000ff");
        Reference reference = new Reference(two.image(), two.labels(), List.of(FakeModel.HEAD, target),
                Alignment.CENTRES, Optional.empty(), Optional.empty()).withLabelSource(LabelSource.REFINED);

        // when
        Registered registered = (Registered) new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0))
                .register(reference, noise(g));

        // then
        assertThat(registered.structures()).extracting(StructureFigures::source).containsExactly(LabelSource.REFINED,
                LabelSource.CARRIED);
        int changed = 0;
        for (int x = 0; x < g.size(); x++) {
            int given = two.labels().labels()[x];
            int outlined = registered.input().fixed().values()[offset(registered, x)] > 0.5 ? 1 : 0;
            int published = registered.labels().labels()[x];
            if (given == 2 || given == outlined) {
                assertThat(published).isEqualTo(given);
            }
            changed += published == given ? 0 : 1;
        }
        assertThat(changed).as("voxels where the outline outweighs the carried label").isPositive();
    }

    @Test
    void shouldCarryWhereRefinedLabelsAreWantedOfStructuresThatNobodyKnows() {
        // given
        Grid g = grid(10, 12, 14);
        Reference two = blocks(g, Alignment.CENTRES);
        List<Structure> unknown = List.of(new Structure(1, "target", "108369006", "Neoplasm", "#0000ff"),
                new Structure(2, "margin", "108369006", "Neoplasm", "#00ffff"));
        Reference reference = new Reference(two.image(), two.labels(), unknown, Alignment.CENTRES, Optional.empty(),
                Optional.empty()).withLabelSource(LabelSource.REFINED);

        // when
        Registered registered = (Registered) new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0))
                .register(reference, noise(g));

        // then
        assertThat(registered.structures()).extracting(StructureFigures::source)
                .containsOnly(LabelSource.CARRIED);
        assertThat(registered.labels().labels()).isEqualTo(two.labels().labels());
    }

    /** Voxel of the window at a voxel of the live grid; both have 1 mm voxels along the same axes. */
    private static int offset(Registered registered, int x) {
        Grid live = registered.labels().grid();
        Grid window = registered.placement().fixedWindow();
        double[] at = window.affine().toIndex(live.affine().toLps(x / (live.height() * live.width()),
                x / live.width() % live.height(), x % live.width()));
        return window.offset((int) Math.rint(at[0]), (int) Math.rint(at[1]), (int) Math.rint(at[2]));
    }

    @Test
    void shouldTellWhatTheLiveVolumeDoesNotCoverAndRefuseWhereMostIsLost() {
        Reference reference = blocks(grid(10, 12, 14), Alignment.FRAME_OF_REFERENCE);
        RegistrationPipeline pipeline = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0));
        Grid whole = reference.image().grid();

        // when: slices from 5 on cut the head to half, all labels to 3 of 4
        RegistrationOutcome quarterLost = pipeline.register(reference, noise(whole.window(5, 0, 0, 5, 12, 14)));
        // and: a block that reaches beyond the scan by 1 of 8 rows of a longer structure
        Registered little = (Registered) pipeline.register(longer(whole), noise(whole.window(0, 0, 0, 10, 11, 14)));

        // then
        assertThat(quarterLost).isInstanceOfSatisfying(Rejected.class, r -> {
            assertThat(r.reason()).isEqualTo(RejectionReason.NO_OVERLAP);
            assertThat(r.explanation()).contains("covers 75 % of the structures' voxels, at least 80 %");
        });
        assertThat(little.structures().get(0).coverage()).isEqualTo(0.875);
        assertThat(little.structures().get(1).coverage()).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhenMostOfASingleStructureIsLost() {
        // given: 2 of 34 voxels of label 1, of which the scan covers none, beside 32 of label 2
        Grid g = grid(10, 12, 14);
        byte[] labels = blocks(g, Alignment.FRAME_OF_REFERENCE).labels().labels().clone();
        for (int x = 0; x < labels.length; x++) {
            labels[x] = labels[x] == 1 ? 0 : labels[x];
        }
        labels[g.offset(5, 11, 6)] = 1;
        labels[g.offset(5, 11, 7)] = 1;
        Reference reference = reference(noise(g), LabelMap.takeOwnershipOf(g, labels), Alignment.FRAME_OF_REFERENCE);

        // when
        RegistrationOutcome outcome = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0)).register(reference,
                noise(g.window(0, 0, 0, 10, 11, 14)));

        // then
        assertThat(outcome).isInstanceOfSatisfying(Rejected.class, r -> {
            assertThat(r.reason()).isEqualTo(RejectionReason.NO_OVERLAP);
            assertThat(r.explanation()).contains("0 % of the head's voxels, at least 50 %");
        });
    }

    /** Label 1 in 8 voxels of a row along j that end with the last, label 2 elsewhere. */
    private static Reference longer(Grid g) {
        byte[] labels = new byte[g.size()];
        for (int j = 4; j < 12; j++) {
            labels[g.offset(4, j, 6)] = 1;
            labels[g.offset(6, Math.min(10, j), 6)] = 2;
        }
        return reference(noise(g), LabelMap.takeOwnershipOf(g, labels), Alignment.FRAME_OF_REFERENCE);
    }

    @Test
    void shouldPullTheWholePreoperativeImageNotWhatTheLiveOneCutsOfIt() {
        // given: the live volume starts one slice further up; the network pulls by one slice from below it
        Reference reference = blocks(grid(10, 12, 14), Alignment.FRAME_OF_REFERENCE);
        Grid live = reference.image().grid().window(1, 0, 0, 9, 12, 14);
        Volume image = moved(reference.image().grid(), -1, 0, 0);
        float[] values = new float[live.size()];
        System.arraycopy(image.values(), 12 * 14, values, 0, values.length);

        // when
        Registered registered = (Registered) new RegistrationPipeline(FakeModel.shifting(WINDOW, -1, 0, 0))
                .register(reference, Volume.takeOwnershipOf(live, values));

        // then: slice 0 of the live volume shows slice 0 of the pre-operative one, which it does not reach
        assertThat(registered.choice().source()).isEqualTo(FieldSource.NETWORK);
        assertThat(registered.warped().values()).isEqualTo(values);
    }

    @Test
    void shouldRejectALiveVolumeThatDoesNotCoverTheStructures() {
        Reference reference = blocks(grid(10, 12, 14), Alignment.FRAME_OF_REFERENCE);
        Grid elsewhere = new Grid(10, 12, 14, reference.image().grid().affine().shifted(5, 0, 0));

        RegistrationOutcome outcome = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0)).register(reference,
                noise(elsewhere));

        assertThat(outcome).isInstanceOfSatisfying(Rejected.class, r -> {
            assertThat(r.reason()).isEqualTo(RejectionReason.NO_OVERLAP);
            assertThat(r.explanation()).contains("check the scan range");
        });
    }

    @Test
    void shouldRejectStructuresThatDoNotFitIntoTheWindow() {
        Grid g = grid(40, 12, 14);
        byte[] labels = new byte[g.size()];
        for (int k = 0; k < 40; k++) {
            labels[g.offset(k, 4, 6)] = (byte) (k < 20 ? 1 : 2);
        }
        Reference reference = reference(noise(g), LabelMap.takeOwnershipOf(g, labels), Alignment.FRAME_OF_REFERENCE);

        RegistrationOutcome outcome = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0)).register(reference,
                noise(g));

        assertThat(outcome).isInstanceOfSatisfying(Rejected.class,
                r -> assertThat(r.reason()).isEqualTo(RejectionReason.OUTSIDE_WINDOW));
    }

    @Test
    void shouldRejectAFlatLiveImage() {
        Grid g = grid(10, 12, 14);

        RegistrationOutcome outcome = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0))
                .register(blocks(g, Alignment.CENTRES), Volume.takeOwnershipOf(g, new float[g.size()]));

        assertThat(outcome).isInstanceOfSatisfying(Rejected.class,
                r -> assertThat(r.reason()).isEqualTo(RejectionReason.FLAT_IMAGE));
    }

    @Test
    void shouldRejectWhenAStructureIsLost() {
        // given: everything has moved by 6 slices, the head out of the image
        Grid g = grid(10, 12, 14);

        RegistrationOutcome outcome = new RegistrationPipeline(FakeModel.shifting(WINDOW, 6, 0, 0))
                .register(blocks(g, Alignment.CENTRES), moved(g, 6, 0, 0));

        assertThat(outcome).isInstanceOfSatisfying(Rejected.class, r -> {
            assertThat(r.reason()).isEqualTo(RejectionReason.STRUCTURE_LOST);
            assertThat(r.explanation()).startsWith("head has no voxel left");
        });
    }

    @Test
    void shouldRejectInsteadOfThrowingWhenTheNetworkFails() {
        Grid g = grid(10, 12, 14);

        RegistrationOutcome outcome = new RegistrationPipeline(FakeModel.failing(WINDOW, "GPU lost"))
                .register(blocks(g, Alignment.CENTRES), noise(g));

        assertThat(outcome).isEqualTo(new Rejected(RejectionReason.MODEL_FAULT, "GPU lost"));
    }

    /** Right numbers and codes, but each under the other's name, and so under its limits. */
    @Test
    void shouldRefuseAReferenceWhoseStructuresHaveChangedNames() {
        Reference known = blocks(grid(10, 12, 14), Alignment.CENTRES);
        Structure head = FakeModel.HEAD;
        Structure body = FakeModel.BODY;
        Reference other = new Reference(known.image(), known.labels(),
                List.of(new Structure(head.label(), body.name(), head.code(), head.meaning(), head.colour()),
                        new Structure(body.label(), head.name(), body.code(), body.meaning(), body.colour())),
                Alignment.CENTRES, Optional.empty(), Optional.empty());
        RegistrationPipeline pipeline = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0));

        assertThatThrownBy(() -> pipeline.requireCompatible(other)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("structure 1 is called body and has code 1 " + head.meaning()
                        + ", but model fake knows that name with code 2");
    }

    @Test
    void shouldCarryLabelsToAPatientWhoWasTurned() {
        // given: a box of labels in a head that is turned by half a radian
        Grid grid = HeadPhantom.grid(56, 3.5);
        Reference reference = headWithBox(grid);
        Pose pose = Pose.rotation(new Vector3(0.1, 0.2, -0.45)).taking(new Vector3(20, -10, 30), new Vector3(0, 0, 0));
        Grid live = new Grid(56, 56, 56, grid.affine().translated(new Vector3(18, -12, 33)));
        RegistrationPipeline pipeline = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0));

        // when
        RegistrationOutcome outcome = pipeline.register(reference, HeadPhantom.seen(live, pose, tone -> tone));

        // then
        assertThat(outcome).isInstanceOf(Registered.class);
        Registered registered = (Registered) outcome;
        Vector3 middle = grid.affine().toLps(25, 26, 28);
        double[] at = live.affine().toIndex(pose.inverse().toMoving(middle));
        assertThat(registered.labels().at((int) Math.rint(at[0]), (int) Math.rint(at[1]), (int) Math.rint(at[2])))
                .isEqualTo(1);
        assertThat(registered.placement().pose().toMoving(new Vector3(20, -10, 30)).norm()).isLessThan(0.5);
        assertThat(registered.placement().pose().angleDegrees()).isCloseTo(pose.angleDegrees(), within(0.5));
    }

    @Test
    void shouldKeepPatientCoordinatesThatTheImagesConfirm() {
        // given: a patient who breathes
        Grid grid = HeadPhantom.grid(44, 4.5);
        Pose breath = Pose.IDENTITY.taking(new Vector3(0, 0, 0), new Vector3(0.1, 0.1, 0));
        RegistrationPipeline pipeline = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0));

        // when
        Registered registered = (Registered) pipeline.register(headWithBox(grid),
                HeadPhantom.seen(grid, breath, tone -> tone));

        // then: as if the procedure said so
        assertThat(registered.placement().basis()).isEqualTo(PoseBasis.HEADERS);
        assertThat(registered.placement().pose()).isEqualTo(Pose.IDENTITY);
        assertThat(registered.placement().fixedWindow()).isEqualTo(registered.placement().movingWindow());
    }

    @Test
    void shouldStartFromThePoseBefore() {
        Grid grid = HeadPhantom.grid(44, 4.5);
        Pose before = Pose.rotation(new Vector3(0.3, 0.1, -0.4));
        Pose now = before.after(Pose.rotation(new Vector3(0.04, 0, 0)));
        RegistrationPipeline pipeline = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0));

        Registered registered = (Registered) pipeline.register(headWithBox(grid),
                new LiveImage(HeadPhantom.seen(grid, now, tone -> tone), Optional.empty(), Optional.of(before)));

        assertThat(registered.placement().basis()).isEqualTo(PoseBasis.IMAGES);
        assertThat(registered.placement().pose().angleDegrees()).isCloseTo(now.angleDegrees(), within(0.5));
    }

    /** Whatever the scanner says: an overlay would lie on the wrong side. */
    @Test
    void shouldRefuseALiveImageThatIsTheMirrorImage() {
        // given: rows that run the other way, in one frame of reference
        Grid grid = HeadPhantom.grid(44, 4.5);
        Volume seen = HeadPhantom.seen(grid, Pose.IDENTITY, tone -> tone);
        float[] flipped = new float[grid.size()];
        for (int x = 0; x < flipped.length; x++) {
            int i = x % grid.width();
            flipped[x] = seen.values()[x - i + grid.width() - 1 - i];
        }
        Reference head = headWithBox(grid);
        Reference told = new Reference(head.image(), head.labels(), head.structures(), Alignment.AUTOMATIC,
                Optional.empty(), Optional.of("2.25.1"));
        RegistrationPipeline pipeline = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0));

        // when
        RegistrationOutcome outcome = pipeline.register(told,
                new LiveImage(Volume.takeOwnershipOf(grid, flipped), Optional.of("2.25.1"), Optional.empty()));

        // then
        assertThat(outcome).isInstanceOfSatisfying(Rejected.class,
                r -> assertThat(r.reason()).isEqualTo(RejectionReason.MIRRORED));
    }

    @Test
    void shouldLeaveTheScannersWordWhereTheImagesTellNothing() {
        // given: images of one frame of reference, the pre-operative one constant
        Grid grid = HeadPhantom.grid(44, 4.5);
        Reference head = headWithBox(grid);
        float[] one = new float[grid.size()];
        Arrays.fill(one, 1);
        Reference told = new Reference(Volume.takeOwnershipOf(grid, one), head.labels(), head.structures(),
                Alignment.AUTOMATIC,
                Optional.empty(), Optional.of("2.25.1"));
        RegistrationPipeline pipeline = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0));

        // when
        RegistrationOutcome outcome = pipeline.register(told,
                new LiveImage(noise(grid), Optional.of("2.25.1"), Optional.empty()));

        // then
        assertThat(((Registered) outcome).placement().basis()).isEqualTo(PoseBasis.HEADERS_UNCONFIRMED);
    }

    @Test
    void shouldRefuseALiveImageThatShowsSomethingElse() {
        Grid grid = HeadPhantom.grid(56, 3.5);
        RegistrationPipeline pipeline = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0));

        RegistrationOutcome outcome = pipeline.register(headWithBox(grid), noise(grid));

        assertThat(((Rejected) outcome).reason()).isEqualTo(RejectionReason.NOT_ALIGNED);
    }

    /** Label 1 fills 3 x 3 x 3 voxels around voxel (25, 26, 28). */
    private static Reference headWithBox(Grid grid) {
        byte[] labels = new byte[grid.size()];
        for (int k = 24; k <= 26; k++) {
            for (int j = 25; j <= 27; j++) {
                Arrays.fill(labels, grid.offset(k, j, 27), grid.offset(k, j, 30), (byte) 1);
            }
        }
        return new Reference(HeadPhantom.seen(grid, Pose.IDENTITY, tone -> tone),
                LabelMap.takeOwnershipOf(grid, labels),
                List.of(FakeModel.HEAD), Alignment.AUTOMATIC, Optional.empty(), Optional.empty());
    }
}
