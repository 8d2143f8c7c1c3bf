package org.regstream.service.channel;

import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.regstream.core.assembly.Frame;
import org.regstream.core.procedure.ProcedureMatch;
import org.regstream.service.line.ProcedureLine;
import org.regstream.service.procedure.ProcedureDesk;
import org.regstream.service.procedure.ProcedureStore;

/**
 * Finds the line of a frame's procedure. Before it says that there is none, it makes sure that this instance is not behind the
 * topic: another instance may have told its caller "created" a moment ago. For one thread.
 */
final class ProcedureLookup {

    private static final Logger LOG = Logger.getLogger(ProcedureLookup.class);

    private final ProcedureDesk desk;
    private final ProcedureStore store;
    private final Clock clock;
    private Instant currentAsOf = Instant.MIN;

    ProcedureLookup(ProcedureDesk desk, ProcedureStore store, Clock clock) {
        this.desk = desk;
        this.store = store;
        this.clock = clock;
    }

    /**
     * @param sentAt when the frame was sent: a procedure that is to have it was on the topic by then
     * @throws UnroutableException if no procedure selects the frame, or several do
     */
    ProcedureLine find(Frame frame, Instant sentAt) {
        ProcedureMatch match = desk.match(frame);
        if (match instanceof ProcedureMatch.None && currentAsOf.isBefore(sentAt)) {
            catchUp();
            match = desk.match(frame);
        }
        if (match instanceof ProcedureMatch.One one) {
            return desk.line(one.procedure().id()).orElseThrow(this::none);
        }
        if (match instanceof ProcedureMatch.Ambiguous ambiguous) {
            throw new UnroutableException("ambiguous", "procedures " + ambiguous.ids()
                    + " all select this frame; a frame may belong to one: narrow their selectors");
        }
        throw none();
    }

    private void catchUp() {
        Instant asked = clock.instant();
        try {
            store.catchUp().toCompletableFuture().join();
            currentAsOf = asked;
        } catch (RuntimeException e) {
            LOG.warnf("the procedures' topic did not answer while a frame without procedure came: %s", e.getMessage());
        }
    }

    private UnroutableException none() {
        return new UnroutableException("no-procedure", "none of the " + desk.procedures().size()
                + " procedures selects this frame; create one for its study, series or frame of reference, then send it again");
    }
}
