package org.regstream.core.line;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.regstream.core.line.World.Happening;
import org.regstream.core.line.World.Kind;

/** What may happen to a procedure, in any order. */
public final class Operations {

    private Operations() {}

    public static Arbitrary<List<Happening>> any() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(Tuple.of(30, Kind.FRAME), Tuple.of(5, Kind.TICK),
                Tuple.of(2, Kind.SILENCE), Tuple.of(5, Kind.TURN), Tuple.of(8, Kind.LOOKED),
                Tuple.of(2, Kind.LOOKED_AT_NOTHING),
                Tuple.of(3, Kind.PASSED), Tuple.of(6, Kind.PUBLISHED), Tuple.of(1, Kind.REFUSED_BY_BROKER),
                Tuple.of(6, Kind.TOLD), Tuple.of(6, Kind.KEPT), Tuple.of(2, Kind.CONFIRMED),
                Tuple.of(2, Kind.ACKNOWLEDGED), Tuple.of(1, Kind.REVOKED), Tuple.of(1, Kind.OVERTAKEN),
                Tuple.of(1, Kind.CLOCK_SET_BACK), Tuple.of(1, Kind.CLOCK_SET_FORWARD));
        return Combinators.combine(kinds, Arbitraries.integers().between(0, 999)).as(Happening::new).list()
                .ofMinSize(1).ofMaxSize(120);
    }
}
