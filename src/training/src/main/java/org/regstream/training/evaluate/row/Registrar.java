package org.regstream.training.evaluate.row;

import java.util.ArrayList;
import java.util.List;
import org.regstream.training.evaluate.Pairing;

/** Registers pairs, one at a time. */
@FunctionalInterface
public interface Registrar extends AutoCloseable {

    /** @throws RowUnavailableException if the method cannot do it, on this machine or with this pair */
    Outcome register(Pairing pair);

    @Override
    default void close() {}

    /** An ensemble: all members register the pair, and their mean counts. The members are not closed with it. */
    static Registrar mean(List<Registrar> members) {
        return pair -> {
            List<Outcome> outcomes = new ArrayList<>();
            for (Registrar member : members) {
                outcomes.add(member.register(pair));
            }
            return Outcome.ensemble(pair, outcomes);
        };
    }
}
