package org.regstream.core.line;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.regstream.core.line.Due.AMemory;
import org.regstream.core.line.Due.AResult;
import org.regstream.core.line.Due.AnAlert;

/** What waits for what: frames go back, and answers are given, once all that they wait for is there. Not thread-safe: a part of {@link Gathering}. */
final class Debts<T extends Token> {

    /** @param then done when nothing is due any more */
    private record Debt<T extends Token>(Effect<T> then, Set<Due> dues) {}

    private final Map<Long, Debt<T>> debts = new LinkedHashMap<>();

    /** @param then done at the end of the step in which nothing is due any more */
    void open(long id, Effect<T> then) {
        debts.put(id, new Debt<>(then, new HashSet<>()));
    }

    void owe(long id, Due due) {
        debts.get(id).dues.add(due);
    }

    void owe(long id, Collection<? extends Due> dues) {
        debts.get(id).dues.addAll(dues);
    }

    boolean isOpen(long id) {
        return debts.containsKey(id);
    }

    void paid(Due due) {
        debts.values().forEach(debt -> debt.dues.remove(due));
    }

    /** An alert was told: those that it took the place of are as good as told. */
    void told(String alertId, long sequence) {
        paidIf(due -> due instanceof AnAlert alert && alert.alertId().equals(alertId) && alert.sequence() <= sequence);
    }

    /** Others tell the rest, also where it was let go and taken over again between two events. @param isToTell of an alert's id, whether it is told from here */
    void alertsAreToldElsewhere(Predicate<String> isToTell) {
        paidIf(due -> due instanceof AnAlert alert && !isToTell.test(alert.alertId()));
    }

    void kept(long version) {
        paidIf(due -> due instanceof AMemory memory && memory.version() <= version);
    }

    private void paidIf(Predicate<Due> isPaid) {
        debts.values().forEach(debt -> debt.dues.removeIf(isPaid));
    }

    /** @return the debt that waits for it, empty if none does */
    Optional<Long> creditor(Due due) {
        return debts.entrySet().stream().filter(debt -> debt.getValue().dues.contains(due)).map(Map.Entry::getKey)
                .findFirst();
    }

    /** @return numbers of the results that are waited for */
    Set<Long> awaitedResults() {
        Set<Long> numbers = new HashSet<>();
        for (Debt<T> debt : debts.values()) {
            for (Due due : debt.dues) {
                if (due instanceof AResult result) {
                    numbers.add(result.sequence());
                }
            }
        }
        return numbers;
    }

    /** Frames went elsewhere: those that are left wait on, and where none is left nothing is owed. */
    void withdraw(Predicate<T> isGone) {
        for (Iterator<Map.Entry<Long, Debt<T>>> all = debts.entrySet().iterator(); all.hasNext();) {
            Map.Entry<Long, Debt<T>> entry = all.next();
            if (entry.getValue().then instanceof Effect.Settle<T> settle) {
                List<T> left = settle.tokens().stream().filter(isGone.negate()).toList();
                if (left.isEmpty()) {
                    all.remove();
                } else {
                    entry.setValue(new Debt<>(new Effect.Settle<>(left), entry.getValue().dues));
                }
            }
        }
    }

    /** Does what nothing is due for any more. */
    void settle(Effects<T> out) {
        debts.values().removeIf(debt -> {
            if (debt.dues.isEmpty()) {
                out.add(debt.then);
            }
            return debt.dues.isEmpty();
        });
    }

    /** Does all of it, whatever is due: the procedure is over. @param others frames that wait for nothing yet */
    void forgive(List<T> others, Effects<T> out) {
        List<T> tokens = new ArrayList<>(others);
        for (Debt<T> debt : debts.values()) {
            if (debt.then instanceof Effect.Settle<T> settle) {
                tokens.addAll(settle.tokens());
            } else {
                out.add(debt.then);
            }
        }
        debts.clear();
        if (!tokens.isEmpty()) {
            out.add(new Effect.Settle<>(tokens));
        }
    }
}
