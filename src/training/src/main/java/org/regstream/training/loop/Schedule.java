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
 * @param rate   α0
 * @param cycles M; 0 keeps the rate
 */
public record Schedule(double rate, int cycles) {

    public Schedule {
        if (!(rate > 0) || cycles < 0) {
            throw new ConfigurationException("the learning rate must be positive and the number of cycles not negative,"
                    + " got " + rate + " and " + cycles);
        }
    }

    /** @param step  t, from 1
     *  @param steps T */
    double at(long step, long steps) {
        if (cycles == 0) {
            return rate;
        }
        long length = cycleLength(steps);
        return rate / 2 * (Math.cos(Math.PI * ((step - 1) % length) / length) + 1);
    }

    /** Whether the step is the last of its cycle: the weights after it are a snapshot. */
    boolean endsCycle(long step, long steps) {
        return cycles > 0 && (step % cycleLength(steps) == 0 || step == steps);
    }

    /** Number of the step's cycle, from 1. */
    int cycle(long step, long steps) {
        return (int) ((step - 1) / cycleLength(steps)) + 1;
    }

    private long cycleLength(long steps) {
        return (steps + cycles - 1) / cycles;
    }
}
