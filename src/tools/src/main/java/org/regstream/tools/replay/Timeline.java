package org.regstream.tools.replay;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.regstream.core.line.Event;
import org.regstream.core.line.Moment;
import org.regstream.eventlog.EventWords;
import org.regstream.eventlog.LogHeader;
import org.regstream.eventlog.LoggedStep;

/** What happened when, for whoever wants to know. Not thread-safe. */
final class Timeline {

    private final PrintWriter out;
    private Duration begin = Duration.ZERO;

    Timeline(PrintWriter out) {
        this.out = out;
    }

    void header(LogHeader header) {
        line(String.format(Locale.ROOT, "procedure %s, recorded by regstream %s in run %s",
                header.rules().procedure().id(), header.regstream(), header.rules().runId()));
    }

    /** Times count from here, on the clock that is never set. */
    void begin(Moment first) {
        begin = first.uptime();
    }

    /** Moments that nothing came of are left out. */
    void step(LoggedStep step) {
        if (!(step.event() instanceof Event.Tick && step.effects().isEmpty())) {
            event(step);
            step.effects().forEach(effect -> line("      -> " + effect));
        }
    }

    /** The first effect that differs, and what is beside it. */
    void difference(Replayed replayed) {
        int at = replayed.alike();
        event(replayed.recorded());
        replayed.effects().subList(0, at).forEach(effect -> line("      -> " + effect));
        line("      recorded: " + effect(replayed.recorded().effects(), at));
        line("      now:      " + effect(replayed.effects(), at));
        line("step " + replayed.recorded().number() + " is not as recorded");
    }

    private static String effect(List<String> effects, int at) {
        return at < effects.size() ? effects.get(at) : "(nothing)";
    }

    private void event(LoggedStep step) {
        Duration since = step.at().uptime().minus(begin);
        line(String.format(Locale.ROOT, "%6d %10.3f s  %s  %s", step.number(), since.toMillis() / 1e3, step.at().now(),
                EventWords.of(step.event())));
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }
}
