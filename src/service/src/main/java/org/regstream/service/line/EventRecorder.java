package org.regstream.service.line;

import java.util.List;
import org.regstream.core.line.Effect;
import org.regstream.core.line.Event;
import org.regstream.core.line.LineRules;
import org.regstream.core.line.Moment;

/**
 * Is told of each step of one procedure, so that it can be replayed. Called by the procedure's line, one call after the other; returns at once and never throws.
 */
public interface EventRecorder {

    /** @param effects what is to be done; told before it is */
    void onStep(Event<HeldFrame> event, Moment at, List<Effect<HeldFrame>> effects);

    /** A bug has ended the step. */
    void onFailure(Event<HeldFrame> event, Moment at, RuntimeException failure);

    /** The procedure is over, or this instance has stopped; what follows is the end of what was under way. */
    void onOver();

    /** Makes the recorder of each procedure. */
    @FunctionalInterface
    interface Maker {

        /** Nobody is told. */
        Maker NOBODY = (rules, lastSequence) -> new Nobody();

        /** @param lastSequence number of the last result of a predecessor, 0 if there was none */
        EventRecorder make(LineRules rules, long lastSequence);
    }

    /** Passes it over. */
    final class Nobody implements EventRecorder {

        @Override
        public void onStep(Event<HeldFrame> event, Moment at, List<Effect<HeldFrame>> effects) {}

        @Override
        public void onFailure(Event<HeldFrame> event, Moment at, RuntimeException failure) {}

        @Override
        public void onOver() {}
    }
}
