package org.regstream.eventlog;

import java.util.Locale;
import java.util.stream.Collectors;
import org.regstream.core.assembly.Frame;
import org.regstream.core.line.Event;
import org.regstream.core.line.Event.Answer;
import org.regstream.core.line.Receipt;
import org.regstream.core.line.Sight;
import org.regstream.core.model.Verdict.Judged;
import org.regstream.core.pipeline.StructureAssessment;

/** Recorded events in words, for whoever reads a timeline. */
public final class EventWords {

    private EventWords() {}

    /** @return one line, with the log's names */
    public static String of(Event<LoggedFrame> event) {
        if (event instanceof Event.FrameCame<LoggedFrame> came) {
            return frame(came.frame(), came.token());
        } else if (event instanceof Event.Turn<LoggedFrame> turn) {
            return "its turn at the " + turn.network().word();
        } else if (event instanceof Event.Looked<LoggedFrame> looked) {
            return "look " + looked.ticket() + " of the " + looked.network().word() + " " + answer(looked.answer());
        } else if (event instanceof Event.Passed<LoggedFrame> passed) {
            return "the topic has result " + passed.sequence();
        } else if (event instanceof Event.Published<LoggedFrame> published) {
            return "the broker has all of result " + published.sequence();
        } else if (event instanceof Event.Unpublishable<LoggedFrame> lost) {
            return "the broker will never take result " + lost.sequence() + ": " + lost.reason();
        } else if (event instanceof Event.Told<LoggedFrame> told) {
            return "the broker has number " + told.sequence() + " of alert " + told.alertId();
        } else if (event instanceof Event.Kept<LoggedFrame> kept) {
            return "version " + kept.version() + " is kept";
        } else if (event instanceof Event.Confirmed<LoggedFrame> confirmed) {
            return receipt(confirmed.receipt());
        } else if (event instanceof Event.Acknowledged<LoggedFrame> seen) {
            return seen.by().by() + " takes note of alert " + seen.alertId() + " until " + seen.by().until()
                    + " (request " + seen.request() + ")";
        } else if (event instanceof Event.Tick<LoggedFrame>) {
            return "time passes";
        } else if (event instanceof Event.Pressed<LoggedFrame>) {
            return "memory is short";
        } else if (event instanceof Event.Revoked<LoggedFrame> revoked) {
            return "partitions " + revoked.partitions().stream().sorted().toList() + " went to another instance";
        }
        return event instanceof Event.Stopped<LoggedFrame> ? "this instance stops" : "the procedure is over";
    }

    private static String frame(Frame frame, LoggedFrame token) {
        return String.format(Locale.ROOT, "frame %d of partition %d: %d of %s slices of series %s%s, acquired %s",
                token.number(), token.partition(), frame.slices().size(),
                frame.declaredSlices() == 0 ? "?" : String.valueOf(frame.declaredSlices()), frame.seriesInstanceUid(),
                frame.key().phase().isEmpty() ? "" : " phase " + frame.key().phase(), frame.acquiredAt());
    }

    private static String answer(Answer answer) {
        if (answer instanceof Answer.Nothing nothing) {
            return "finds nothing valid, " + nothing.code() + " (" + nothing.rule() + "): " + nothing.reason();
        }
        Sight sight = ((Answer.Found) answer).sight();
        return String.format(Locale.ROOT, "finds labels of %d bytes, folding %.3g %%: %s", sight.labels().bytes(),
                100 * sight.quality().foldingFraction(),
                sight.structures().stream().map(EventWords::structure).collect(Collectors.joining(", ")));
    }

    private static String structure(StructureAssessment s) {
        return s.structure().name() + (s.figures().isLost()
                ? " lost"
                : String.format(Locale.ROOT, " entropy %.3g nat", s.figures().meanEntropyNats()))
                + s.verdict().map(v -> v instanceof Judged judged
                        ? String.format(Locale.ROOT, ", Dice %.3f", judged.dice())
                        : ", not judged").orElse("");
    }

    private static String receipt(Receipt receipt) {
        return "display " + receipt.display()
                + (receipt.isClosed()
                        ? " shows nothing any more"
                        : " shows " + receipt.shown().map(shown -> "a result").orElse("nothing yet"));
    }
}
