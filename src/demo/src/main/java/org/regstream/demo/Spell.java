package org.regstream.demo;

import java.util.Optional;
import java.util.Set;

/** Whether the alert that the made-up patient's unrest must raise has come. For one thread. */
final class Spell {

    /** What unrest may be told by. */
    private static final Set<String> CODES = Set.of("LABEL_UNCERTAIN", "NOT_JUDGED", "OUTLINE_DISPUTED",
            "NO_VALID_REGISTRATION");

    private boolean isAwaited;
    private boolean hasCome;
    private int assessed;

    /** The patient begins to move. */
    void begin() {
        isAwaited = true;
        hasCome = false;
        assessed = 0;
    }

    /** Of any volume, at any time. */
    void onAlert(DisplayEvent.Alert alert) {
        hasCome |= isAwaited && alert.isNews() && !alert.phase().equals("CLEARED") && CODES.contains(alert.code());
    }

    /** The ensemble has looked at a volume. @return what is to be said once it is clear, empty while it is not, or if the alert came */
    Optional<String> onAssessed(boolean isRestless) {
        if (isRestless) {
            assessed++;
        }
        return isRestless ? Optional.empty() : end();
    }

    /** Nothing more is looked at. */
    Optional<String> end() {
        boolean isMissed = isAwaited && !hasCome;
        isAwaited = false;
        if (!isMissed) {
            return Optional.empty();
        }
        return Optional.of(assessed == 0
                ? "no alert came: the ensemble saw none of the volumes in which the patient moved, because newer ones "
                        + "overtook them; try a smaller --rate"
                : "no alert came, although the ensemble saw " + assessed
                        + " of the volumes in which the patient moved: that is not as it should be");
    }
}
