package org.regstream.training.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

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
        List<String> byDigest = names.stream().sorted(Comparator.comparing(Split::sha256)).toList();
        int first = (names.size() * VALIDATION + OF - 1) / OF;
        return new Split(byDigest.subList(first, names.size()).stream().sorted().toList(),
                byDigest.subList(0, first).stream().sorted().toList());
    }

    private static String sha256(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
