package org.regstream.training.data;

import java.util.Comparator;
import java.util.List;
import org.regstream.core.Sha256;

/**
 * Which images train and which validate. The file names, suffix included (such as {@code hippocampus_001.nii.gz}), are
 * ordered by the SHA-256 of their UTF-8 bytes; the first {@value #VALIDATION} of 208 validate, and the same share of a
 * smaller set.
 *
 * @param training   file names, sorted by name
 * @param validation file names, sorted by name
 */
public record Split(List<String> training, List<String> validation) {

    private static final int VALIDATION = 30;
    private static final int OF = 208;

    public Split {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
    }

    public static Split of(List<String> names) {
        List<String> byDigest = names.stream().sorted(Comparator.comparing(Sha256::hex)).toList();
        int first = (names.size() * VALIDATION + OF - 1) / OF;
        return new Split(byDigest.subList(first, names.size()).stream().sorted().toList(),
                byDigest.subList(0, first).stream().sorted().toList());
    }
}
