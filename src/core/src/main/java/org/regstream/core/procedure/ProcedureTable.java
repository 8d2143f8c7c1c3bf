package org.regstream.core.procedure;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.regstream.core.assembly.Frame;

/** The procedures of this moment, by id. Immutable; a change makes a new table. */
public final class ProcedureTable {

    private final int capacity;
    private final Map<String, Procedure> byId;

    private ProcedureTable(int capacity, Map<String, Procedure> byId) {
        this.capacity = capacity;
        this.byId = byId;
    }

    /** @param capacity most procedures held at once: each holds its images in memory */
    public static ProcedureTable empty(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, got " + capacity);
        }
        return new ProcedureTable(capacity, Map.of());
    }

    /** @return a table with the procedure in it, in place of one of the same id
     *  @throws IllegalArgumentException if it would be one too many */
    public ProcedureTable with(Procedure procedure) {
        Map<String, Procedure> next = new TreeMap<>(byId);
        next.put(procedure.id(), procedure);
        if (next.size() > capacity) {
            throw new IllegalArgumentException(
                    "no room for procedure " + procedure.id() + ": " + capacity + " are loaded; end one first");
        }
        return new ProcedureTable(capacity, next);
    }

    /** @return a table without that procedure, the same if it is not there */
    public ProcedureTable without(String id) {
        if (!byId.containsKey(id)) {
            return this;
        }
        Map<String, Procedure> next = new TreeMap<>(byId);
        next.remove(id);
        return new ProcedureTable(capacity, next);
    }

    public Optional<Procedure> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** @return another that takes frames of this one's; empty if none is known to */
    public Optional<Procedure> rival(Procedure procedure) {
        return byId.values().stream().filter(other -> !other.id().equals(procedure.id()))
                .filter(other -> other.selector().overlaps(procedure.selector())).findFirst();
    }

    /** @return all, by id */
    public Collection<Procedure> all() {
        return List.copyOf(byId.values());
    }

    public ProcedureMatch match(Frame frame) {
        List<Procedure> matches = byId.values().stream().filter(p -> p.selector().matches(frame)).toList();
        if (matches.size() > 1) {
            return new ProcedureMatch.Ambiguous(matches.stream().map(Procedure::id).toList());
        }
        return matches.isEmpty() ? new ProcedureMatch.None() : new ProcedureMatch.One(matches.get(0));
    }
}
