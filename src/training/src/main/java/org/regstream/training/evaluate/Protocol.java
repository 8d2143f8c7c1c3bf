package org.regstream.training.evaluate;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.regstream.training.data.Sample;

/** Which moving image each image gets (METHODS, Protocols). */
public enum Protocol {
    /** Names sorted: image i is fixed and image i + 1 moving, the last with the first. */
    PAIRS {
        @Override
        public List<Pairing> pair(List<Sample> evaluated, List<Sample> bank) {
            int n = evaluated.size();
            return IntStream.range(0, n).mapToObj(i -> new Pairing(evaluated.get(i), evaluated.get((i + 1) % n)))
                    .toList();
        }
    },
    /** The image of the bank with the highest NLCC to the fixed image as it lies. */
    ATLAS {
        @Override
        public List<Pairing> pair(List<Sample> evaluated, List<Sample> bank) {
            return evaluated.parallelStream().map(fixed -> new Pairing(fixed, nearest(fixed, bank))).toList();
        }
    };

    /**
     * @param evaluated fixed images, sorted by name
     * @param bank      labelled images that an atlas may be chosen from
     */
    public abstract List<Pairing> pair(List<Sample> evaluated, List<Sample> bank);

    private static Sample nearest(Sample fixed, List<Sample> bank) {
        return bank.stream().filter(s -> !s.name().equals(fixed.name()))
                .max(Comparator.comparingDouble(s -> new Pairing(fixed, s).nlcc()))
                .orElseThrow(() -> new IllegalArgumentException("the atlas bank is empty"));
    }
}
