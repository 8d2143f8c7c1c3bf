package org.regstream.service.procedure;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
    private static final Duration END_LIMIT = Duration.ofSeconds(5);

    private final LineServices services;
    private final Map<String, ProcedureLine> lines = new ConcurrentHashMap<>();
    private final Map<String, Long> lastNumbers = new HashMap<>();
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
        } catch (RuntimeException e) {
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
        remove(known.id());
        lines.put(known.id(), new ProcedureLine(known, services, lastNumbers.getOrDefault(known.id(), 0L)));
        table = table.with(known.procedure());
        LOG.infof("procedure %s loaded: %s", known.id(), known.procedure().reference().image().grid());
    }

    private void remove(String id) {
        table = table.without(id);
        ProcedureLine line = lines.remove(id);
        if (line != null) {
            lastNumbers.put(id, lastNumber(line));
            LOG.infof("procedure %s ended", id);
        }
    }

    /** Of a procedure under the same id, numbers go on: what displays know by its number is not taken for something else. */
    private static long lastNumber(ProcedureLine line) {
        line.end().toCompletableFuture().copy()
                .completeOnTimeout(null, END_LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
        return line.lastNumber();
    }

    /** Partitions went to another instance, which tells of what they feed from now on. */
    public void onRevoked(Collection<Integer> partitions) {
        lines.values().forEach(line -> line.onRevoked(partitions));
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
