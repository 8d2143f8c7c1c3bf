package org.regstream.training.calibrate.fit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Deals patients, sorted by name, to {@value #COUNT} groups in turn, so that each is judged by what was fitted on the others. */
final class Folds {

    static final int COUNT = 5;

    private Folds() {}

    /**
     * @param items   of patients
     * @param patient whose an item is
     * @param use     told the items to fit on and those held out, of each group that holds any
     */
    static <T> void each(Collection<T> items, Function<T, String> patient, BiConsumer<List<T>, List<T>> use) {
        List<String> patients = items.stream().map(patient).distinct().sorted().toList();
        Map<String, Integer> fold = new HashMap<>();
        patients.forEach(p -> fold.put(p, fold.size() % COUNT));
        for (int held = 0; held < Math.min(COUNT, patients.size()); held++) {
            List<T> fitted = new ArrayList<>();
            List<T> out = new ArrayList<>();
            for (T item : items) {
                (fold.get(patient.apply(item)) == held ? out : fitted).add(item);
            }
            use.accept(fitted, out);
        }
    }
}
