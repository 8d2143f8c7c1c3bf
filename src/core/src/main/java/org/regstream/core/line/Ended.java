package org.regstream.core.line;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.regstream.core.line.Event.Acknowledged;
import org.regstream.core.line.Event.FrameCame;
import org.regstream.core.line.Event.Told;

/** The operation is over: frames that still come are given back, and alerts that were open are told to be over, one after the other. */
final class Ended<T extends Token> implements Life<T> {

    private final AlertOutbox outbox;
    private final long lastSequence;
    private final boolean isTelling;

    /** @param isTelling whether it ends the procedure's alerts; if not, what is kept of them is somebody else's */
    Ended(AlertOutbox outbox, long lastSequence, boolean isTelling) {
        this.outbox = outbox;
        this.lastSequence = lastSequence;
        this.isTelling = isTelling;
    }

    @Override
    public Step<T> step(Event<T> event, Moment at) {
        Effects<T> out = new Effects<>();
        if (event instanceof FrameCame<T> came) {
            out.add(new Effect.Settle<>(List.of(came.token())));
        } else if (event instanceof Told<T> told && outbox.told(told.alertId(), told.sequence()).isPresent()) {
            drain(out);
        } else if (event instanceof Acknowledged<T> acknowledged) {
            out.add(new Effect.Reply<>(acknowledged.request(), Optional.empty()));
        }
        return new Step<>(this, out.all());
    }

    /** What is kept of the alerts goes last: until then a successor could end them. */
    void drain(Effects<T> out) {
        Optional<Effect<T>> next = outbox.next().map(Effect.Tell::new);
        next.ifPresent(out::add);
        if (isTelling && next.isEmpty() && outbox.isEmpty()) {
            out.add(new Effect.Forget<>());
        }
    }

    @Override
    public View view(Instant now) {
        return View.over(lastSequence);
    }
}
