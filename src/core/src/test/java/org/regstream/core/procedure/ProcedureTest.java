package org.regstream.core.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.regstream.core.procedure.ProcedureFixtures.BODY;
import static org.regstream.core.procedure.ProcedureFixtures.HEAD;
import static org.regstream.core.procedure.ProcedureFixtures.SPACE;
import static org.regstream.core.procedure.ProcedureFixtures.inSpace;
import static org.regstream.core.procedure.ProcedureFixtures.procedure;
import static org.regstream.core.procedure.ProcedureFixtures.reference;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.assembly.AssemblyPolicy;
import org.regstream.core.assembly.FrameAssembler;
import org.regstream.core.assembly.SliceSeries;
import org.regstream.core.model.Structure;

class ProcedureTest {

    private static final LiveSelector STUDY = LiveSelector.study("2.25.1");

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "../x", "name\n", "ü"})
    void shouldRefuseIdsThatAreNotOpaqueNames(String id) {
        assertThatThrownBy(() -> procedure(id, STUDY)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 64 letters");
    }

    @Test
    void shouldTakeIdsOfUpTo64Characters() {
        assertThat(procedure("x".repeat(64), STUDY).id()).hasSize(64);
        assertThatThrownBy(() -> procedure("x".repeat(65), STUDY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseAgeBudgetThatIsNotPositive() {
        Reference reference = reference(Alignment.CENTRES, Optional.empty(), HEAD, BODY);
        assertThatThrownBy(() -> new Procedure("p", reference, STUDY, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("positive");
    }

    @Test
    void shouldRefuseLabelWithoutStructure() {
        Reference reference = reference(Alignment.CENTRES, Optional.empty(), HEAD);
        assertThatThrownBy(() -> new Procedure("p", reference, STUDY, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("labels [2]");
    }

    /** Figures and alerts go by name. */
    @Test
    void shouldRefuseTwoStructuresOfTheSameNameOrLabel() {
        Structure sameName = new Structure(2, HEAD.name(), BODY.code(), BODY.meaning(), BODY.colour());
        Structure sameLabel = new Structure(1, BODY.name(), BODY.code(), BODY.meaning(), BODY.colour());
        for (Structure second : List.of(sameName, sameLabel)) {
            assertThatThrownBy(() -> reference(Alignment.CENTRES, Optional.empty(), HEAD, second))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("got another " + second.label() + " (" + second.name() + ")");
        }
    }

    @Test
    void shouldRefuseAlignmentByAFrameOfReferenceThatIsNotKnown() {
        assertThatThrownBy(() -> inSpace(Alignment.FRAME_OF_REFERENCE, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("align by centres");
    }

    @Test
    void shouldFindFaultWithLiveVolumeInAnotherFrameOfReference() {
        // given
        AssembledVolume same = live(SPACE);
        AssembledVolume other = live("2.25.33");
        Procedure byFrame = inSpace(Alignment.FRAME_OF_REFERENCE, Optional.of(SPACE));
        Procedure byCentres = inSpace(Alignment.CENTRES, Optional.of(SPACE));

        // when / then
        assertThat(byFrame.geometryFault(same)).isEmpty();
        assertThat(byFrame.geometryFault(other)).hasValueSatisfying(
                reason -> assertThat(reason).contains("another frame of reference").doesNotContain("2.25."));
        assertThat(byCentres.geometryFault(other)).isEmpty();
    }

    @Test
    void shouldNameItsStructures() {
        assertThat(procedure("p", STUDY).structureNames()).containsExactly("anterior hippocampus",
                "posterior hippocampus");
    }

    private static AssembledVolume live(String frameOfReferenceUid) {
        SliceSeries series = SliceSeries.axial().withFrameOfReference(frameOfReferenceUid).declaring(2);
        FrameAssembler<String> assembler = new FrameAssembler<>(AssemblyPolicy.DEFAULT);
        assembler.offer(series.frame(0), "t", SliceSeries.START);
        return ((Complete<String>) assembler.offer(series.frame(1), "t", SliceSeries.START)).volume();
    }
}
