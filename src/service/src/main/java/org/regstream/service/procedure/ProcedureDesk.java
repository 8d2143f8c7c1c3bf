package org.regstream.service.procedure;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.regstream.core.DecodeException;
import org.regstream.core.RegstreamException;
import org.regstream.core.Sha256;
import org.regstream.core.assembly.Frame;
import org.regstream.core.procedure.Procedure;
import org.regstream.core.procedure.ProcedureMatch;
import org.regstream.core.procedure.ProcedureTable;
import org.regstream.service.line.KnownProcedure;
import org.regstream.service.line.LineServices;
import org.regstream.service.line.ProcedureLine;
import org.regstream.service.wire.ProcedureCodec;

/**
 * The procedures this instance knows and the running line of each. Changes come one at a time, in the order of the topic;
 * reads may come from any thread.
 */
public final class ProcedureDesk {

    private static final Logger LOG = Logger.getLogger(ProcedureDesk.class);

    private final LineServices services;
    private final Map<String, ProcedureLine> lines = new ConcurrentHashMap<>();
    private volatile ProcedureTable table;

    /** @param capacity most procedures held at once */
    public ProcedureDesk(LineServices services, int capacity) {
        this.services = services;
        this.table = ProcedureTable.empty(capacity);
    }

    /**
     * Checks that a procedure could be taken in.
     *
     * @throws RegstreamException if the model does not know its structures
     * @throws IllegalArgumentException if there is no room
     */
    public void requireAcceptable(Procedure procedure) {
        services.pipeline().requireCompatible(procedure.reference());
        table.with(procedure);
    }

    /**
     * A record of the procedures' topic. One that cannot be taken in ends what there was under its key: labels of a procedure
     * that somebody meant to replace are not to be trusted.
     *
     * @param bundle null where the procedure was deleted
     */
    public synchronized void apply(String id, byte[] bundle) {
        if (bundle == null) {
            remove(id);
            return;
        }
        try {
            add(decode(id, bundle));
        } catch (RegstreamException | IllegalArgumentException e) {
            LOG.errorf("procedure of key %s on the topic cannot be used: %s", id, e.getMessage());
            remove(id);
        }
    }

    private void add(KnownProcedure known) {
        ProcedureLine before = lines.get(known.id());
        if (before != null && before.known().digest().equals(known.digest())) {
            return;
        }
        requireAcceptable(known.procedure());
        ProcedureLine line = new ProcedureLine(known, services);
        remove(known.id());
        lines.put(known.id(), line);
        table = table.with(known.procedure());
        LOG.infof("procedure %s loaded: %s", known.id(), known.procedure().reference().image().grid());
    }

    private void remove(String id) {
        table = table.without(id);
        ProcedureLine line = lines.remove(id);
        if (line != null) {
            line.end();
            LOG.infof("procedure %s ended", id);
        }
    }

    /**
     * Partitions went to another instance, which tells of their procedures from now on. Their lines begin anew, silently: here
     * silence is no fault any more, and nothing is known to be over.
     */
    public synchronized void onRevoked(Collection<Integer> partitions) {
        lines.replaceAll((id, line) -> line.isFedFrom(partitions) ? begunAnew(line) : line);
    }

    /** Whoever shows its results here would otherwise show the last one for ever. */
    private ProcedureLine begunAnew(ProcedureLine line) {
        line.leave();
        return new ProcedureLine(line.known(), services);
    }

    private static KnownProcedure decode(String id, byte[] bundle) {
        Procedure procedure = ProcedureCodec.decode(bundle);
        if (!procedure.id().equals(id)) {
            throw new DecodeException("a bundle's id must be its record's key, got two that differ");
        }
        return new KnownProcedure(procedure, Sha256.hex(bundle), ProcedureCodec.side(bundle));
    }

    public ProcedureMatch match(Frame frame) {
        return table.match(frame);
    }

    /** @return the running line, empty if the procedure has ended */
    public Optional<ProcedureLine> line(String id) {
        return Optional.ofNullable(lines.get(id));
    }

    /** @return all, by id */
    public Collection<Procedure> procedures() {
        return table.all();
    }

    /** @return the running lines of this moment */
    public List<ProcedureLine> lines() {
        return List.copyOf(lines.values());
    }
}
