package org.regstream.core.line;

import java.time.Instant;
import org.regstream.core.line.Due.AResult;

/** This instance has stopped: whatever comes is somebody else's. Frames go back if the broker takes all that was on its way for them; the others come again elsewhere. */
final class Left<T extends Token> implements Life<T> {

    private final Debts<T> debts;
    private final long lastSequence;

    Left(Debts<T> debts, long lastSequence) {
        this.debts = debts;
        this.lastSequence = lastSequence;
    }

    @Override
    public Step<T> step(Event<T> event, Moment at) {
        Effects<T> out = new Effects<>();
        if (event instanceof Event.Published<T> published) {
            debts.paid(new AResult(published.sequence()));
        } else if (event instanceof Event.Told<T> told) {
            debts.told(told.alertId(), told.sequence());
        } else if (event instanceof Event.Kept<T> kept) {
            debts.kept(kept.version());
        } else if (event instanceof Event.Revoked<T> revoked) {
            debts.withdraw(token -> revoked.partitions().contains(token.partition()));
        }
        debts.settle(out);
        return new Step<>(this, out.all());
    }

    @Override
    public View view(Instant now) {
        return View.over(lastSequence);
    }
}
