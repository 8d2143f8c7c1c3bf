package org.regstream.eventlog;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertLife;
import org.regstream.core.alert.AlertMemory;
import org.regstream.core.align.Pose;
import org.regstream.core.line.Effect;
import org.regstream.core.line.Effect.Noted;
import org.regstream.core.line.Heartbeat;
import org.regstream.core.line.Labels;
import org.regstream.core.line.NoRegistration;
import org.regstream.core.line.Result;
import org.regstream.core.line.StoredAlerts;
import org.regstream.core.line.Token;

/**
 * Effects in words: what a state decides of them, poses to six digits. No UID, nothing that follows from one, and nobody's name, so that the words
 * of a replay are those of the operation.
 */
final class EffectWords<T extends Token> {

    private final ToLongFunction<T> numbers;

    /** @param numbers of the frames in the log */
    EffectWords(ToLongFunction<T> numbers) {
        this.numbers = numbers;
    }

    List<String> of(List<Effect<T>> effects) {
        return effects.stream().map(this::of).toList();
    }

    /** A bug: there are no effects. Its message may say anything, so it is left out. */
    static String failure(RuntimeException e) {
        return "fail with " + e.getClass().getSimpleName();
    }

    private String of(Effect<T> effect) {
        if (effect instanceof Effect.Ask<T> ask) {
            return "ask for a turn at the " + ask.network().word();
        } else if (effect instanceof Effect.Look<T> look) {
            return look(look);
        } else if (effect instanceof Effect.Show<T> show) {
            return "show " + result(show.result());
        } else if (effect instanceof Effect.Publish<T> publish) {
            return "publish " + result(publish.result());
        } else if (effect instanceof Effect.ShowAlert<T> show) {
            return "show " + alert(show.alert());
        } else if (effect instanceof Effect.Tell<T> tell) {
            return "tell " + alert(tell.alert());
        } else if (effect instanceof Effect.Beat<T> beat) {
            return beat(beat.heartbeat());
        } else if (effect instanceof Effect.Keep<T> keep) {
            return "keep version " + keep.version() + " " + memory(keep.state());
        } else if (effect instanceof Effect.Forget<T>) {
            return "keep nothing any more";
        } else if (effect instanceof Effect.Settle<T> settle) {
            return "give back " + frames(settle.tokens());
        } else if (effect instanceof Effect.Reply<T> reply) {
            return "answer request " + reply.request() + ": "
                    + reply.alert().map(EffectWords::alert).orElse("no such alert");
        } else if (effect instanceof Effect.ShowEnd<T>) {
            return "show that nothing comes any more";
        } else if (effect instanceof Effect.ClockSetBack<T> back) {
            return "show that the clock was set back by " + back.step();
        }
        return "note " + noted(((Effect.Note<T>) effect).what());
    }

    private String look(Effect.Look<T> look) {
        return text("look %d of the %s at %s, acquired %s to %s, of %s, pose before %s", look.ticket(),
                look.network().word(), look.live().volume().volume().grid(), look.live().volume().acquiredFrom(),
                look.live().volume().acquiredAt(), frames(look.live().tokens()),
                look.last().map(EffectWords::pose).orElse("unknown"));
    }

    private static String pose(Pose pose) {
        return text("turned by %.6g degrees, shifted by %.6g %.6g %.6g mm", pose.angleDegrees(), pose.shift().x(),
                pose.shift().y(), pose.shift().z());
    }

    private static String result(Result result) {
        if (result instanceof Labels labels) {
            return text("labels %d of the %s, acquired %s, valid until %s, last slice %s", labels.sequence(),
                    labels.network().word(), labels.acquiredAt(), labels.validUntil(), labels.lastSliceAt());
        }
        NoRegistration none = (NoRegistration) result;
        return text("nothing valid %d %s (%s)%s, acquired %s, found %s: %s", none.sequence(), none.code(), none.rule(),
                none.volumeId().isPresent() ? "" : " of no volume", none.acquiredAt(), none.at(), none.reason());
    }

    private static String alert(Alert a) {
        return text("alert %s number %d of epoch %d: %s%s %s %s %s%s%s, since %s, at %s%s: %s", a.alertId(),
                a.sequence(), a.epoch(), a.code(), a.structure().map(s -> " of " + s).orElse(""), a.priority(),
                a.phase(), a.state(), a.volumeId().isPresent() ? " by a volume" : "",
                a.acknowledgement().map(seen -> " acknowledged " + seen.at() + " until " + seen.until()).orElse(""),
                a.since(), a.at(),
                a.measurement().map(m -> ", " + m.value() + " against " + m.threshold() + " " + m.unit() + " of "
                        + m.thresholdVersion()).orElse(""),
                a.sentence());
    }

    private static String beat(Heartbeat b) {
        return text("beat %d of epoch %d at %s: newest result %s, %d frames and %d volumes wait, %s, %d alerts%s",
                b.sequence(), b.epoch(), b.at(), orNone(b.newestResult()), b.queue().frames(), b.queue().volumes(),
                b.provider(), b.alerts(), b.worst().map(worst -> ", worst " + worst).orElse(""));
    }

    private static String memory(StoredAlerts state) {
        AlertMemory m = state.memory();
        return text("%s: epoch %d, sequence %d, live since %s, newest result %s, displays %s, open %s",
                state.writer().map(run -> "of this run").orElse("of nobody"), m.epoch(), m.sequence(),
                orNone(m.liveSince()), orNone(m.newestResult()), new TreeMap<>(m.displays()),
                m.open().stream().map(EffectWords::life).toList());
    }

    private static String life(AlertLife life) {
        return text("%s %s%s %s %s%s since %s raised %s held until %s said %s about %s", life.alertId(),
                life.condition().code(), life.condition().structure().map(s -> " of " + s).orElse(""), life.priority(),
                life.state(), life.acknowledgement().map(a -> " acknowledged until " + a.until()).orElse(""),
                life.since(), life.raisedAt(), life.heldUntil(), life.saidAt(), life.finding().about());
    }

    private static String noted(Noted what) {
        if (what instanceof Noted.Assembled assembled) {
            return "a volume assembled in " + assembled.span();
        } else if (what instanceof Noted.Refused refused) {
            return "a refusal by " + refused.rule() + ": " + refused.reason();
        } else if (what instanceof Noted.Superseded) {
            return "a volume superseded";
        } else if (what instanceof Noted.AssessmentSuperseded) {
            return "an assessment superseded";
        } else if (what instanceof Noted.AssessmentFailed) {
            return "an assessment failed";
        }
        Noted.TooLarge large = (Noted.TooLarge) what;
        return large.what() + " too large: " + large.bytes() + " bytes";
    }

    /** @return such as {@code frames 3-5 8} */
    private String frames(List<T> tokens) {
        StringBuilder words = new StringBuilder("frames");
        for (int n = 0; n < tokens.size();) {
            long first = numbers.applyAsLong(tokens.get(n));
            int length = 1;
            while (n + length < tokens.size() && numbers.applyAsLong(tokens.get(n + length)) == first + length) {
                length++;
            }
            words.append(' ').append(first).append(length == 1 ? "" : "-" + (first + length - 1));
            n += length;
        }
        return words.toString();
    }

    private static String orNone(Optional<Instant> at) {
        return at.map(Instant::toString).orElse("none");
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
