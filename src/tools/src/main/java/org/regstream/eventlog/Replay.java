package org.regstream.eventlog;

import java.util.List;
import org.regstream.core.line.Life;
import org.regstream.core.line.Step;

/** An operation once more, from its log: the same events, and what comes of them now. Not thread-safe. */
public final class Replay {

    private final EffectWords<LoggedFrame> words = new EffectWords<>(LoggedFrame::number);
    private Life<LoggedFrame> life;

    public Replay(LogHeader header) {
        this.life = header.begin();
    }

    /** @param step the next
     *  @return its effects in words: those that were recorded, if this is the state that recorded them */
    public List<String> step(LoggedStep step) {
        try {
            Step<LoggedFrame> done = life.step(step.event(), step.at());
            life = done.next();
            return words.of(done.effects());
        } catch (RuntimeException e) {
            return List.of(EffectWords.failure(e));
        }
    }
}
