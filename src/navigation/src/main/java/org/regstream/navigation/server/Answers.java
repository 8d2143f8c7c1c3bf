package org.regstream.navigation.server;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.regstream.navigation.Capability;
import org.regstream.navigation.Confirmation;
import org.regstream.navigation.Image;
import org.regstream.navigation.LabelList;
import org.regstream.navigation.Nothing;
import org.regstream.navigation.Status;
import org.regstream.navigation.Surface;
import org.regstream.navigation.Text;
import org.regstream.navigation.Transform;

/**
 * What a client is told when it asks: GET_… is answered with the newest such message or an empty one, STT_… and STP_… with RTS_…,
 * GET_CAPABIL with the list of types. Whatever else comes is data that nobody here wants. Thread-safe.
 */
final class Answers {

    private static final Logger LOG = Logger.getLogger(Answers.class);
    private static final List<String> STREAMED = List.of(Image.TYPE, Transform.TYPE, LabelList.TYPE, Surface.TYPE,
            Text.TYPE, Status.TYPE);
    private static final Capability CAPABILITY = new Capability(Stream.concat(
            Stream.concat(STREAMED.stream(), Stream.of(Capability.TYPE, "GET_CAPABIL")),
            Stream.of("GET_", "STT_", "STP_").flatMap(prefix -> STREAMED.stream().map(type -> prefix + word(type))))
            .toList());

    private final Shelf shelf;
    private final Clock clock;

    Answers(Shelf shelf, Clock clock) {
        this.shelf = shelf;
        this.clock = clock;
    }

    /** @param subscriptions of the client that asks; changed by STT_… and STP_…
     *  @return the answer, empty if there is none */
    Optional<Parcel> to(Question question, Subscriptions subscriptions) {
        String prefix = question.type().substring(0, Math.min(4, question.type().length()));
        switch (prefix) {
            case "GET_" :
                return Optional.of(get(question, type(question)));
            case "STT_" :
                return Optional.of(set(question, type(question), subscriptions, true));
            case "STP_" :
                return Optional.of(set(question, type(question), subscriptions, false));
            default :
                LOG.debugf("a %s came and is not used", question.type());
                return Optional.empty();
        }
    }

    /** What questions call a type. */
    private static String word(String type) {
        return type.equals(Transform.TYPE) ? Transform.QUESTION : type;
    }

    /** The type that is asked for. */
    private static String type(Question question) {
        String word = question.type().substring(4);
        return word.equals(Transform.QUESTION) ? Transform.TYPE : word;
    }

    private Parcel get(Question question, String type) {
        if (type.equals("CAPABIL")) {
            return answer(question, Outgoing.of(question.device(), clock.instant(), CAPABILITY));
        }
        Optional<Outgoing> newest = shelf.newest(type, question.device());
        return newest.isPresent() ? answer(question, newest.get()) : nothing(question, type);
    }

    /**
     * The reference client waits at an empty body until something else comes (OpenIGTLink issue 268): something comes at once,
     * and says why the body is empty.
     */
    private Parcel nothing(Question question, String type) {
        boolean isKnown = STREAMED.contains(type);
        Status why = new Status(isKnown ? Status.Code.NOT_READY : Status.Code.UNKNOWN_INSTRUCTION, 0,
                isKnown ? "NO_DATA" : "UNKNOWN_TYPE",
                isKnown ? "There is no such data now." : "This server has no data of this type.");
        return answer(question, Outgoing.of(question.device(), clock.instant(), new Nothing(type)),
                Outgoing.of(question.device(), clock.instant(), why));
    }

    private Parcel set(Question question, String type, Subscriptions subscriptions, boolean isOn) {
        boolean isDone = STREAMED.contains(type) && (question.device().isEmpty() || shelf.has(type, question.device()));
        if (isDone) {
            subscriptions.set(type, question.device(), isOn);
        }
        return answer(question,
                Outgoing.of(question.device(), clock.instant(), new Confirmation("RTS_" + word(type), isDone)));
    }

    /** Asked again before it was answered, a question is answered once. */
    private static Parcel answer(Question question, Outgoing... messages) {
        List<Outgoing> named = Stream.of(messages).map(m -> m.answering(question.messageId())).toList();
        return new Parcel(question.type() + " " + question.device() + " " + question.messageId(), Parcel.Lane.DIRECT,
                named);
    }
}
