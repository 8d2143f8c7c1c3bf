package org.regstream.core.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.assembly.AssemblyOutcome.Refused;

/** What tests of this package say of outcomes. */
final class AssemblyAssertions {

    private AssemblyAssertions() {}

    static <T> Complete<T> complete(AssemblyOutcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Complete.class);
        return (Complete<T>) outcome;
    }

    static <T> Complete<T> onlyComplete(List<AssemblyOutcome<T>> outcomes) {
        assertThat(outcomes).hasSize(1);
        return complete(outcomes.get(0));
    }

    static <T> Refused<T> refused(AssemblyOutcome<T> outcome, AssemblyRule rule) {
        assertThat(outcome).isInstanceOf(Refused.class);
        Refused<T> refused = (Refused<T>) outcome;
        assertThat(refused.refusal().rule()).as(refused.refusal().explanation()).isEqualTo(rule);
        return refused;
    }

    static <T> Refused<T> onlyRefused(List<AssemblyOutcome<T>> outcomes, AssemblyRule rule) {
        assertThat(outcomes).hasSize(1);
        return refused(outcomes.get(0), rule);
    }

    static <E> E last(List<E> list) {
        return list.get(list.size() - 1);
    }
}
