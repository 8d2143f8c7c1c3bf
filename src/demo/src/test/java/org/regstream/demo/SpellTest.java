package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellTest {

    private final Spell spell = new Spell();

    @Test
    void shouldSayNothingOfAnAlertThatCame() {
        spell.begin();
        spell.onAssessed(true);
        spell.onAlert(alert("LABEL_UNCERTAIN", "RAISED"));

        assertThat(spell.onAssessed(false)).isEmpty();
        assertThat(spell.end()).isEmpty();
    }

    /** Until a volume after the spell has been looked at, the alert may still come. */
    @Test
    void shouldSayOnceThatNoneCame() {
        spell.begin();
        assertThat(spell.onAssessed(true)).isEmpty();
        assertThat(spell.onAssessed(true)).isEmpty();

        assertThat(spell.onAssessed(false)).hasValueSatisfying(s -> assertThat(s).contains("saw 2 of the volumes"));
        assertThat(spell.onAssessed(false)).isEmpty();
        assertThat(spell.end()).isEmpty();
    }

    @Test
    void shouldSayThatTheMachineIsTooSlow() {
        spell.begin();

        assertThat(spell.end()).hasValueSatisfying(s -> assertThat(s).contains("saw none").contains("--rate"));
    }

    @ParameterizedTest
    @CsvSource({"STALE, RAISED", "SUPERSEDED, RAISED", "LABEL_UNCERTAIN, CLEARED", "LABEL_UNCERTAIN, CONTINUED"})
    void shouldNotTakeAnotherAlertForIt(String code, String phase) {
        spell.begin();
        spell.onAssessed(true);
        spell.onAlert(alert(code, phase));

        assertThat(spell.end()).isPresent();
    }

    @Test
    void shouldExpectNothingOfAPatientWhoLiesStill() {
        spell.onAlert(alert("LABEL_UNCERTAIN", "RAISED"));

        assertThat(spell.onAssessed(false)).isEmpty();
        assertThat(spell.end()).isEmpty();
    }

    private static DisplayEvent.Alert alert(String code, String phase) {
        return new DisplayEvent.Alert(code, phase, "head", "It is so.", 0);
    }
}
