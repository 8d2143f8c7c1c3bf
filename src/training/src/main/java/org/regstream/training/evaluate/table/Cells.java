package org.regstream.training.evaluate.table;

import java.util.Locale;
import org.regstream.core.uncertainty.Auroc;
import org.regstream.core.uncertainty.Rate;

/** Figures as text: – where there is none. */
final class Cells {

    static final String NONE = "–";

    private Cells() {}

    static String number(double value, int digits) {
        return Double.isNaN(value)
                ? NONE
                : Double.isInfinite(value) ? "∞" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** Mean ± sd. */
    static String of(Statistic s, double scale, int digits) {
        return s.cases() == 0 ? NONE : number(scale * s.mean(), digits) + " ± " + number(scale * s.sd(), digits);
    }

    /** With interval, and how many of how many were bad. */
    static String of(Auroc a) {
        return Double.isNaN(a.value())
                ? NONE
                : String.format(Locale.ROOT, "%.2f [%.2f, %.2f] (%d of %d)", a.value(), a.low(), a.high(), a.bad(),
                        a.bad() + a.good());
    }

    /** With interval. */
    static String of(Rate r) {
        return Double.isNaN(r.value())
                ? NONE
                : String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", r.value(), r.low(), r.high());
    }
}
