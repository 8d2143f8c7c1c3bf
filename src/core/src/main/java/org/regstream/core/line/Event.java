package org.regstream.core.line;

import java.util.Optional;
import java.util.Set;
import org.regstream.core.alert.Acknowledgement;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.assembly.Frame;
import org.regstream.core.pipeline.Seen;

/**
 * What can happen to a procedure.
 *
 * @param <T> stands for a frame at its source
 */
public sealed interface Event<T extends Token> {

    /** A frame of the procedure has come. @param token given back once, by {@link Effect.Settle} */
    record FrameCame<T extends Token>(Frame frame, T token) implements Event<T> {}

    /** It is the procedure's turn at a network; no look follows if there is nothing to look at any more. */
    record Turn<T extends Token>(Network network) implements Event<T> {}

    /** What was asked for by {@link Effect.Look} is there. */
    record Looked<T extends Token>(long ticket, Network network, Answer answer) implements Event<T> {}

    /** The topic of results has it: the next may follow. */
    record Passed<T extends Token>(long sequence) implements Event<T> {}

    /** The broker has all of a result. */
    record Published<T extends Token>(long sequence) implements Event<T> {}

    /** The broker will never take a result. @param reason for the operator; no patient identity */
    record Unpublishable<T extends Token>(long sequence, String reason) implements Event<T> {}

    /** The broker has an alert, or will never take it. */
    record Told<T extends Token>(String alertId, long sequence) implements Event<T> {}

    /** What was asked for by {@link Effect.Keep} is done, well or badly. */
    record Kept<T extends Token>(long version) implements Event<T> {}

    /** A display confirms what it shows, or that it shows nothing any more. */
    record Confirmed<T extends Token>(Receipt receipt) implements Event<T> {}

    /** Somebody takes note of an alert. @param request named by {@link Effect.Reply} */
    record Acknowledged<T extends Token>(long request, String alertId, Acknowledgement by) implements Event<T> {}

    /** Time has passed. To come a few times a second. */
    record Tick<T extends Token>() implements Event<T> {}

    /** Memory is short, and no procedure's unfinished volumes take more of it than this one's: it gives up its largest. */
    record Pressed<T extends Token>() implements Event<T> {}

    /** Partitions went to another instance, which gets their unacknowledged frames again. */
    record Revoked<T extends Token>(Set<Integer> partitions) implements Event<T> {
        public Revoked {
            partitions = Set.copyOf(partitions);
        }
    }

    /** This instance stops. */
    record Stopped<T extends Token>() implements Event<T> {}

    /** The operation is over. */
    record Deleted<T extends Token>() implements Event<T> {}

    /** How a look ended. */
    sealed interface Answer {

        /**
         * @param sight   what the procedure decides by
         * @param payload what it hands on; empty in a replay
         */
        record Found(Sight sight, Optional<Payload> payload) implements Answer {

            /** @param objects what is to be published of it
             *  @param pixels  digest of the live volume's, where nobody has told it yet */
            public Found(Seen seen, EncodedResult objects, Optional<Long> pixels) {
                this(Sight.of(seen, objects, pixels), Optional.of(new Payload(seen, objects)));
            }
        }

        /**
         * @param code   names the alert that goes with it
         * @param rule   a fixed word
         * @param reason for the operator; no patient identity
         */
        record Nothing(AlertCode code, String rule, String reason) implements Answer {}
    }
}
