package org.regstream.core.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.regstream.core.procedure.ProcedureFixtures.procedure;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regstream.core.assembly.Frame;
import org.regstream.core.assembly.SliceSeries;

/** Frames are of study 2.25.1, series 2.25.2, frame of reference 2.25.3. */
class ProcedureTableTest {

    private static final Frame FRAME = SliceSeries.axial().frame(0);

    @ParameterizedTest
    @CsvSource({"2.25.1,,,true", ",2.25.2,,true", ",,2.25.3,true", "2.25.1,2.25.2,2.25.3,true", "2.25.9,,,false",
            "2.25.1,2.25.9,,false", "2.25.1,2.25.2,2.25.9,false"})
    void shouldSelectFramesThatHaveEachGivenUid(String study, String series, String space, boolean matches) {
        LiveSelector selector = new LiveSelector(Optional.ofNullable(study), Optional.ofNullable(series),
                Optional.ofNullable(space));
        assertThat(selector.matches(FRAME)).isEqualTo(matches);
    }

    @Test
    void shouldRefuseSelectorOfEverything() {
        assertThatThrownBy(() -> new LiveSelector(Optional.empty(), Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("every patient's frames");
    }

    @Test
    void shouldRefuseSelectorThatIsNoUidWithoutRepeatingIt() {
        assertThatThrownBy(() -> LiveSelector.study("Doe^John")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("studyInstanceUid").hasMessageNotContaining("Doe");
        assertThatThrownBy(() -> LiveSelector.study("1".repeat(65))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldMatchTheOneProcedureThatSelectsTheFrame() {
        // given
        Procedure mine = procedure("mine", LiveSelector.study("2.25.1"));
        ProcedureTable table = ProcedureTable.empty(4).with(procedure("other", LiveSelector.study("2.25.9")))
                .with(mine);

        // when / then
        assertThat(table.match(FRAME)).isEqualTo(new ProcedureMatch.One(mine));
        assertThat(table.without("mine").match(FRAME)).isEqualTo(new ProcedureMatch.None());
    }

    /** Whose labels to show would be a guess. */
    @Test
    void shouldNotChooseBetweenTwoProceduresThatSelectTheFrame() {
        // given
        ProcedureTable table = ProcedureTable.empty(4).with(procedure("b", LiveSelector.series("2.25.2")))
                .with(procedure("a", LiveSelector.study("2.25.1")));

        // when / then
        assertThat(table.match(FRAME)).isInstanceOfSatisfying(ProcedureMatch.Ambiguous.class,
                m -> assertThat(m.ids()).containsExactly("a", "b"));
    }

    @Test
    void shouldReplaceTheProcedureOfTheSameId() {
        // given
        Procedure newer = procedure("p", LiveSelector.study("2.25.1"));

        // when
        ProcedureTable table = ProcedureTable.empty(1).with(procedure("p", LiveSelector.study("2.25.9"))).with(newer);

        // then
        assertThat(table.all()).containsExactly(newer);
        assertThat(table.find("p")).containsSame(newer);
        assertThat(table.find("q")).isEmpty();
    }

    @Test
    void shouldNotChangeTheTableAChangeIsMadeFrom() {
        // given
        ProcedureTable before = ProcedureTable.empty(2);

        // when
        before.with(procedure("p", LiveSelector.study("2.25.1")));

        // then
        assertThat(before.all()).isEmpty();
        assertThat(before.without("p")).isSameAs(before);
    }

    /** Against study 2.25.1 with series 2.25.2. */
    @ParameterizedTest
    @CsvSource({"2.25.1,,,true", ",2.25.2,,true", "2.25.1,2.25.2,2.25.3,true", "2.25.1,,2.25.3,true",
            "2.25.9,,,false", "2.25.1,2.25.9,,false", "2.25.9,2.25.2,,false", ",,2.25.3,false"})
    void shouldKnowARivalByAUidThatBothNameIfNoneDiffers(String study, String series, String space, boolean isRival) {
        Procedure one = procedure("one",
                new LiveSelector(Optional.of("2.25.1"), Optional.of("2.25.2"), Optional.empty()));
        Procedure other = procedure("other", new LiveSelector(Optional.ofNullable(study), Optional.ofNullable(series),
                Optional.ofNullable(space)));

        assertThat(ProcedureTable.empty(4).with(one).rival(other).isPresent()).isEqualTo(isRival);
        assertThat(ProcedureTable.empty(4).with(other).rival(one).isPresent()).isEqualTo(isRival);
        assertThat(ProcedureTable.empty(4).with(one).rival(one)).isEmpty();
    }

    @Test
    void shouldBoundProcedures() {
        ProcedureTable full = ProcedureTable.empty(1).with(procedure("p", LiveSelector.study("2.25.1")));
        assertThatThrownBy(() -> full.with(procedure("q", LiveSelector.study("2.25.9"))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("end one first");
    }
}
