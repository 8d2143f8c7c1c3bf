package org.regstream.training.loop;

import org.regstream.core.ConfigurationException;

/**
 * Learning rate over a run. With M cycles it is P1's Eq. 8, with t in steps instead of epochs, so that the rate falls evenly
 * and a short run has M cycles too:
 *
 * <pre>
 * α(t) = α0 / 2 (cos(π mod(t - 1, ⌈T / M⌉) / ⌈T / M⌉) + 1)
 * </pre>
 *
 * With a lead the first cycle takes that share of the steps, and the others, alike, start from less than a third of α0: a long way to good
 * weights, then short cycles whose ends are the members of an ensemble, in one run.
 *
 * @param rate   α0
 * @param cycles M; 0 keeps the rate
 * @param lead   share of the first cycle, in [0, 1); 0 for cycles that are all alike
 */
public record Schedule(double rate, int cycles, double lead) {

    /** Share of α0 that cycles after a lead start from: a full restart costs more than a short cycle gains (decision 0015). */
    private static final double RESTART = 0.3;

    public Schedule {
        if (!(rate > 0) || cycles < 0) {
            throw new ConfigurationException("the learning rate must be positive and the number of cycles not negative,"
                    + " got " + rate + " and " + cycles);
        }
        if (!(lead >= 0 && lead < 1) || lead > 0 && cycles < 2) {
            throw new ConfigurationException("the lead must lie in [0, 1) and have cycles after it, got " + lead
                    + " of " + cycles + " cycles");
        }
    }

    /** All cycles alike. */
    public Schedule(double rate, int cycles) {
        this(rate, cycles, 0);
    }

    /** @param step  t, from 1
     *  @param steps T */
    double at(long step, long steps) {
        if (cycles == 0) {
            return rate;
        }
        int cycle = cycle(step, steps);
        long start = end(cycle - 1, steps);
        double share = (double) (step - 1 - start) / (end(cycle, steps) - start);
        return (lead > 0 && cycle > 1 ? RESTART : 1) * rate / 2 * (Math.cos(Math.PI * share) + 1);
    }

    /** Whether the step is the last of its cycle: the weights after it are a snapshot. */
    boolean endsCycle(long step, long steps) {
        return cycles > 0 && (step == end(cycle(step, steps), steps) || step == steps);
    }

    /** Number of the step's cycle, from 1. */
    int cycle(long step, long steps) {
        if (lead == 0) {
            return (int) ((step - 1) / cycleLength(steps)) + 1;
        }
        int cycle = 1;
        while (step > end(cycle, steps)) {
            cycle++;
        }
        return cycle;
    }

    /** Last step of a cycle; 0 for cycle 0. */
    private long end(int cycle, long steps) {
        if (lead == 0) {
            return cycle * cycleLength(steps);
        }
        long first = Math.round(lead * steps);
        return cycle == 0 ? 0 : first + (steps - first) * (cycle - 1) / (cycles - 1);
    }

    private long cycleLength(long steps) {
        return (steps + cycles - 1) / cycles;
    }
}
