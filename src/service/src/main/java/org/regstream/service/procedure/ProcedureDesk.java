package org.regstream.service.procedure;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.regstream.core.DecodeException;
import org.regstream.core.RegstreamException;
import org.regstream.core.Sha256;
import org.regstream.core.assembly.Frame;
import org.regstream.core.memory.Purse;
import org.regstream.core.memory.Tab;
import org.regstream.core.procedure.Procedure;
import org.regstream.core.procedure.ProcedureMatch;
import org.regstream.core.procedure.ProcedureTable;
import org.regstream.service.line.KnownProcedure;
import org.regstream.service.line.LineServices;
import org.regstream.service.line.ProcedureLine;
import org.regstream.wire.ProcedureCodec;

/**
 * The procedures this instance knows and the running line of each. Changes come one at a time, in the order of the topic;
 * reads may come from any thread.
 */
public final class ProcedureDesk {

    private static final Logger LOG = Logger.getLogger(ProcedureDesk.class);
    private static final Duration END_LIMIT = Duration.ofSeconds(5);

    private final LineServices services;
    private final Purse memory;
    private final Map<String, ProcedureLine> lines = new ConcurrentHashMap<>();
    private final Map<String, Long> lastNumbers = new HashMap<>();
    private final Map<String, Instant> writtenAt = new HashMap<>();
    private final Map<String, Tab> held = new HashMap<>();
    private volatile ProcedureTable table;

    /** @param capacity most procedures held at once
     *  @param memory   for those that are held */
    public ProcedureDesk(LineServices services, int capacity, Purse memory) {
        this.services = services;
        this.memory = memory;
        this.table = ProcedureTable.empty(capacity);
    }

    /**
     * Checks that a procedure could be taken in.
     *
     * @throws RegstreamException if the model does not know its structures, or there is no memory
     * @throws IllegalArgumentException if there are too many
     */
    public void requireAcceptable(Procedure procedure) {
        services.pipeline().requireCompatible(procedure.reference());
        table.with(procedure);
        try (Tab memory = this.memory.open()) {
            memory.take(bytes(procedure));
        }
    }

    /** Images and labels, and what alignment makes of the image that it looks at: that at three resolutions. */
    private static long bytes(Procedure procedure) {
        return ProcedureCodec.unpackedBytes(procedure) + 5L * procedure.reference().seenByAlignment().grid().size();
    }

    /**
     * A record of the procedures' topic. One that cannot be taken in ends what there was under its key: labels of a procedure
     * that somebody meant to replace are not to be trusted.
     *
     * @param bundle    null where the procedure was deleted
     * @param writtenAt time stamp of the record: of two procedures that take the same frames the earlier counts, also after a restart, which reads partitions in
     *                  any order
     * @throws RuntimeException if it cannot be taken in, with the reason
     */
    public synchronized void apply(String id, byte[] bundle, Instant writtenAt) {
        if (bundle == null) {
            remove(id);
            return;
        }
        try {
            add(decode(id, bundle), writtenAt);
        } catch (RuntimeException | StackOverflowError e) {
            remove(id);
            throw e;
        }
    }

    private void add(KnownProcedure known, Instant at) {
        ProcedureLine before = lines.get(known.id());
        if (before != null && before.known().digest().equals(known.digest())) {
            return;
        }
        remove(known.id());
        giveWayToEarlier(known.procedure(), at);
        requireAcceptable(known.procedure());
        Tab tab = memory.open();
        tab.take(bytes(known.procedure()));
        held.put(known.id(), tab);
        lines.put(known.id(), new ProcedureLine(known, services, lastNumbers.getOrDefault(known.id(), 0L)));
        writtenAt.put(known.id(), at);
        table = table.with(known.procedure());
        known.patient().override().ifPresent(override -> LOG.warnf(
                "procedure %s takes live images whatever patient they are of, as somebody has decided", known.id()));
        LOG.infof("procedure %s loaded: %s, %s; %s of %s for procedures are taken", known.id(),
                known.procedure().reference().image().grid(), inMiB(tab.taken()), inMiB(memory.taken()),
                inMiB(memory.limit()));
    }

    private static String inMiB(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }

    private void giveWayToEarlier(Procedure procedure, Instant at) {
        for (Optional<Procedure> rival = rival(procedure); rival.isPresent(); rival = rival(procedure)) {
            String other = rival.get().id();
            if (isBefore(other, writtenAt.get(other), procedure.id(), at)) {
                throw new RegstreamException("procedure " + procedure.id() + " selects live frames that procedure "
                        + other + " selects too; narrow its selector, or end procedure " + other
                        + ", then send it again");
            }
            LOG.errorf("procedure %s ends: it selects live frames that the earlier procedure %s selects too", other,
                    procedure.id());
            remove(other);
        }
    }

    private static boolean isBefore(String one, Instant oneAt, String other, Instant otherAt) {
        return oneAt.isBefore(otherAt) || oneAt.equals(otherAt) && one.compareTo(other) < 0;
    }

    private void remove(String id) {
        table = table.without(id);
        writtenAt.remove(id);
        Optional.ofNullable(held.remove(id)).ifPresent(Tab::close);
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

    /**
     * Memory for frames is used up. Where unfinished volumes are to blame, and not results that wait for the broker, the procedure that gathers most gives one up:
     * else none would get a frame until their time is over.
     *
     * @param most bytes of pixels that may be gathered then
     */
    public void relieve(long most) {
        if (lines.values().stream().mapToLong(ProcedureLine::gatheredBytes).sum() > most) {
            lines.values().stream().max(Comparator.comparingLong(ProcedureLine::gatheredBytes))
                    .ifPresent(ProcedureLine::press);
        }
    }

    private KnownProcedure decode(String id, byte[] bundle) {
        try (Tab work = memory.open()) {
            ProcedureCodec.Decoded decoded = ProcedureCodec.decode(bundle, work);
            if (!decoded.procedure().id().equals(id)) {
                throw new DecodeException("a bundle's id must be its record's key, got two that differ");
            }
            return new KnownProcedure(decoded.procedure(), Sha256.hex(bundle), decoded.side(), decoded.patient());
        }
    }

    /** @return another procedure that takes frames of this one's; empty if none is known to */
    public Optional<Procedure> rival(Procedure procedure) {
        return table.rival(procedure);
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
