package org.regstream.tools.replay;

import java.util.List;
import org.regstream.eventlog.LoggedStep;

/**
 * A step as it was recorded, and what came of it now.
 *
 * @param recorded then
 * @param effects  now, in words
 */
record Replayed(LoggedStep recorded, List<String> effects) {

    Replayed {
        effects = List.copyOf(effects);
    }

    boolean isAsRecorded() {
        return effects.equals(recorded.effects());
    }

    /** @return how many effects from the first on are alike */
    int alike() {
        int n = 0;
        while (n < effects.size() && n < recorded.effects().size()
                && effects.get(n).equals(recorded.effects().get(n))) {
            n++;
        }
        return n;
    }
}
