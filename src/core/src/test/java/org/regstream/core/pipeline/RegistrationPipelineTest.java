package org.regstream.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.regstream.core.pipeline.TwoBlocks.WINDOW;
import static org.regstream.core.pipeline.TwoBlocks.blocks;
import static org.regstream.core.pipeline.TwoBlocks.grid;
import static org.regstream.core.pipeline.TwoBlocks.ramp;
import static org.regstream.core.pipeline.TwoBlocks.reference;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regstream.core.ConfigurationException;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Orientation;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.Structure;
import org.regstream.core.procedure.Alignment;
import org.regstream.core.procedure.Reference;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

class RegistrationPipelineTest {

    @Test
    void shouldMoveLabelsByTheNetworksShiftOnTheLiveGrid() {
        // given: pull by (+1, -2, +3) moves a structure at x to x - (1, -2, 3)
        Reference reference = blocks(grid(10, 12, 14), Alignment.CENTRES);
        RegistrationPipeline pipeline = new RegistrationPipeline(FakeModel.shifting(WINDOW, 1, -2, 3));

        // when
        RegistrationOutcome outcome = pipeline.register(reference, ramp(grid(10, 12, 14)));

        // then
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
        Registered registered = (Registered) pipeline.register(reference, ramp(live));

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
        LabelMap labels = ((Registered) pipeline.register(reference, ramp(live))).labels();

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
        Registered registered = (Registered) pipeline.register(reference, ramp(live));

        // then
        assertThat(registered.labels().count(1)).isEqualTo(reference.labels().count(1));
        assertThat(registered.labels().at(15 + 4, 19 + 4, 23 + 6)).isEqualTo(1);
        assertThat(registered.labels().at(0, 0, 0)).isZero();
        assertThat(registered.labelEntropy().at(0, 0, 0)).as("nothing was computed here").isNaN();
        assertThat(registered.labelEntropy().at(15 + 4, 19 + 4, 23 + 6)).isZero();
        assertThat(registered.quality().foldingFraction()).isZero();
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
    void shouldReportVolumesAndEntropyOfEachStructure() {
        Reference reference = blocks(grid(10, 12, 14), Alignment.CENTRES);

        Registered registered = (Registered) new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0))
                .register(reference, ramp(grid(10, 12, 14)));

        StructureFigures head = registered.structures().get(0);
        assertThat(head.structure()).isEqualTo(FakeModel.HEAD);
        assertThat(head.volumeMm3()).isCloseTo(2 * 4 * 4, within(1e-9));
        assertThat(head.volumeRatio()).isCloseTo(1, within(1e-9));
        assertThat(head.meanEntropyNats()).isZero();
    }

    @Test
    void shouldRejectALiveVolumeThatDoesNotCoverTheStructures() {
        Reference reference = blocks(grid(10, 12, 14), Alignment.FRAME_OF_REFERENCE);
        Grid elsewhere = new Grid(10, 12, 14, reference.image().grid().affine().shifted(5, 0, 0));

        RegistrationOutcome outcome = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0)).register(reference,
                ramp(elsewhere));

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
        Reference reference = reference(ramp(g), LabelMap.takeOwnershipOf(g, labels), Alignment.FRAME_OF_REFERENCE);

        RegistrationOutcome outcome = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0)).register(reference,
                ramp(g));

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
        // given: a shift that pulls everything from the border
        Grid g = grid(10, 12, 14);

        RegistrationOutcome outcome = new RegistrationPipeline(FakeModel.shifting(WINDOW, 12, 0, 0))
                .register(blocks(g, Alignment.CENTRES), ramp(g));

        assertThat(outcome).isInstanceOfSatisfying(Rejected.class,
                r -> assertThat(r.reason()).isEqualTo(RejectionReason.STRUCTURE_LOST));
    }

    @Test
    void shouldRejectInsteadOfThrowingWhenTheNetworkFails() {
        Grid g = grid(10, 12, 14);

        RegistrationOutcome outcome = new RegistrationPipeline(FakeModel.failing(WINDOW, "GPU lost"))
                .register(blocks(g, Alignment.CENTRES), ramp(g));

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
                .hasMessageContaining("does not know structure 1 (body, ");
    }

    @Test
    void shouldRefuseAReferenceWithStructuresTheModelDoesNotKnow() {
        Grid g = grid(10, 12, 14);
        Reference known = blocks(g, Alignment.CENTRES);
        Reference other = new Reference(known.image(), known.labels(),
                List.of(new Structure(1, "kidney", "64033007", "Kidney", "#0000ff")), Alignment.CENTRES,
                Optional.empty(),
                Optional.empty());
        RegistrationPipeline pipeline = new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0));

        pipeline.requireCompatible(known);
        assertThatThrownBy(() -> pipeline.requireCompatible(other)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("kidney").hasMessageContaining("choose another model package");
    }
}
