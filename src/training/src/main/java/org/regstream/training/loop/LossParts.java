package org.regstream.training.loop;

import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;

/** One step's loss, its terms and weights, or their mean over an epoch. Terms that the objective has not are 0. */
public final class LossParts {

    public static final LossParts ZERO = new LossParts(new double[Term.values().length]);

    private final double[] values;

    private LossParts(double[] values) {
        this.values = values;
    }

    /** @param terms in the order of {@link Term}. Copied. */
    static LossParts of(float[] terms) {
        double[] values = new double[Term.values().length];
        Arrays.setAll(values, at -> terms[at]);
        return new LossParts(values);
    }

    /** @param terms in the order of {@link Term}. Copied. */
    static LossParts of(double[] terms) {
        return new LossParts(Arrays.copyOf(terms, Term.values().length));
    }

    double[] toArray() {
        return values.clone();
    }

    public double get(Term term) {
        return values[term.ordinal()];
    }

    public double total() {
        return get(Term.TOTAL);
    }

    public LossParts plus(LossParts o) {
        double[] sum = values.clone();
        Arrays.setAll(sum, at -> values[at] + o.values[at]);
        return new LossParts(sum);
    }

    public LossParts dividedBy(double n) {
        double[] quotient = values.clone();
        Arrays.setAll(quotient, at -> values[at] / n);
        return new LossParts(quotient);
    }

    /** Short, for the progress bar: terms that are not 0. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ");
        for (Term term : Term.values()) {
            if (get(term) != 0) {
                text.add(String.format(Locale.ROOT, "%s %.4f", term.key(), get(term)));
            }
        }
        return text.toString();
    }
}
