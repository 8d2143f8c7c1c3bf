package org.regstream.navigation.server;

import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertPriority;
import org.regstream.core.alert.AlertState;
import org.regstream.navigation.Status;

/** What holds of one procedure's alerts, as a STATUS says it. Not thread-safe. */
final class OpenConditions {

    private static final int NAME_SIZE = 19;

    private final Map<String, Alert> open = new LinkedHashMap<>();
    private Optional<String> shown = Optional.empty();

    /** @return names the condition among those of the procedure */
    static String condition(Alert alert) {
        return alert.code() + alert.structure().map(s -> " of " + s).orElse("");
    }

    void onAlert(Alert alert) {
        if (alert.state() == AlertState.ACTIVE) {
            open.put(condition(alert), alert);
        } else {
            open.remove(condition(alert));
        }
    }

    void onResult(NavigationResult result) {
        shown = Optional.of("The labels shown are the " + result.source() + "'s, of "
                + result.live().acquiredAt().truncatedTo(ChronoUnit.SECONDS) + ".");
    }

    /** The most urgent of what is open; an information does not count as a fault. */
    Status status() {
        Optional<Alert> worst = open.values().stream().filter(a -> a.priority() != AlertPriority.INFORMATION)
                .min(Comparator.comparing(Alert::priority));
        if (worst.isPresent()) {
            String name = worst.get().code().name();
            return new Status(code(worst.get().code()), open.size(),
                    name.substring(0, Math.min(NAME_SIZE, name.length())),
                    worst.get().sentence());
        }
        return shown.map(what -> new Status(Status.Code.OK, open.size(), "OK", what)).orElseGet(
                () -> new Status(Status.Code.NOT_READY, open.size(), "NO_RESULT",
                        "No volume has been registered yet."));
    }

    private static Status.Code code(AlertCode code) {
        switch (code) {
            case STALE :
                return Status.Code.TIME_OUT;
            case INTAKE_LIMIT :
                return Status.Code.RESOURCES;
            default :
                return Status.Code.UNKNOWN_ERROR;
        }
    }
}
