package org.regstream.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SplitTest {

    private static List<String> names(int n) {
        return IntStream.rangeClosed(1, n).mapToObj(i -> String.format("hippocampus_%03d.nii.gz", i)).toList();
    }

    @Test
    void shouldValidateOnTheSmallestDigests() {
        Split split = Split.of(names(208));

        String largestValidating = split.validation().stream().map(SplitTest::sha256).max(String::compareTo).get();
        String smallestTraining = split.training().stream().map(SplitTest::sha256).min(String::compareTo).get();
        assertThat(largestValidating).isLessThan(smallestTraining);
    }

    @Test
    void shouldTakeThirtyOf208AndLeaveNothingOut() {
        Split split = Split.of(names(208));

        assertThat(split.validation()).hasSize(30).isSorted();
        assertThat(split.training()).hasSize(178).isSorted();
        assertThat(Stream.concat(split.validation().stream(), split.training().stream()))
                .containsExactlyInAnyOrderElementsOf(names(208));
    }

    @Test
    void shouldNotDependOnTheOrderOfTheNames() {
        List<String> names = new ArrayList<>(names(20));
        Collections.reverse(names);

        assertThat(Split.of(names)).isEqualTo(Split.of(names(20)));
    }

    private static String sha256(String name) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
