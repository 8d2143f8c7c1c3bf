package org.regstream.core.line;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.regstream.core.alert.Alert;
import org.regstream.core.align.Pose;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.pipeline.Seen;

/**
 * What is to be done for a procedure; in the order given. None of it waits: what takes time is answered by an event.
 *
 * @param <T> stands for a frame at its source
 */
public sealed interface Effect<T extends Token> {

    /** Ask for a turn at a network. Answered by {@link Event.Turn}. */
    record Ask<T extends Token>(Network network) implements Effect<T> {}

    /**
     * Look, in the turn that has just come. Answered by {@link Event.Looked}.
     *
     * @param student what the student saw, for whoever looks after it; empty in a replay
     * @param last    pose of the volume registered before, from the live to the pre-operative image: where automatic alignment looks first
     */
    record Look<T extends Token>(long ticket, Network network, Complete<T> live, Optional<Seen> student,
            Optional<Pose> last) implements Effect<T> {}

    /** Show it beside the topics, at once. */
    record Show<T extends Token>(Result result) implements Effect<T> {}

    /** Answered by {@link Event.Passed} and {@link Event.Published}, or by {@link Event.Unpublishable}. */
    record Publish<T extends Token>(Result result) implements Effect<T> {}

    /** Show it beside the topics, at once. */
    record ShowAlert<T extends Token>(Alert alert) implements Effect<T> {}

    /** Answered by {@link Event.Told}. */
    record Tell<T extends Token>(Alert alert) implements Effect<T> {}

    /** Tried once. */
    record Beat<T extends Token>(Heartbeat heartbeat) implements Effect<T> {}

    /** Each replaces the one before. Answered by {@link Event.Kept}, also when it fails: it is kept again soon. */
    record Keep<T extends Token>(long version, StoredAlerts state) implements Effect<T> {}

    /** Nothing is to be kept of the procedure's alerts any more. */
    record Forget<T extends Token>() implements Effect<T> {}

    /** These frames are done with. */
    record Settle<T extends Token>(List<T> tokens) implements Effect<T> {
        public Settle {
            tokens = List.copyOf(tokens);
        }
    }

    /** To who acknowledged. @param alert as it stands now, empty if no such alert is open */
    record Reply<T extends Token>(long request, Optional<Alert> alert) implements Effect<T> {}

    /** No more results come from here: whoever is shown them is told. */
    record ShowEnd<T extends Token>() implements Effect<T> {}

    /** This machine's clock was set back by so much: whoever remembers times of the procedure moves them with it. */
    record ClockSetBack<T extends Token>(Duration step) implements Effect<T> {}

    /** To be counted, and logged. */
    record Note<T extends Token>(Noted what) implements Effect<T> {}

    /** What is worth counting. */
    sealed interface Noted {

        /** @param span first frame of a volume to its last */
        record Assembled(Duration span) implements Noted {}

        /** @param rule a fixed word */
        record Refused(String rule, String reason) implements Noted {}

        record Superseded() implements Noted {}

        record AssessmentSuperseded() implements Noted {}

        record AssessmentFailed() implements Noted {}

        /** An object is not published: it cannot be handed out. */
        record TooLarge(String what, int bytes) implements Noted {}
    }
}
