package org.regstream.benchmarks.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultBookTest {

    private final List<Published> published = new ArrayList<>();

    @Test
    void shouldTakeARepeatForTheSame() {
        labels("run", 1, "2.25.1", "v1", "same");
        labels("next", 1, "2.25.1", "v1", "same");
        labels("next", 2, "2.25.2", "v2", "other");

        assertThat(faults()).isEmpty();
        assertThat(new ResultBook(published).counts()).filteredOn(c -> c.what().equals("of these, come again"))
                .extracting(Count::number).containsExactly(1L);
    }

    @Test
    void shouldTellASecondUidAndASecondContent() {
        labels("run", 1, "2.25.1", "v1", "same");
        labels("next", 1, "2.25.9", "v1", "same");
        labels("next", 2, "2.25.2", "v2", "one");
        labels("last", 1, "2.25.2", "v2", "another");

        assertThat(faults()).containsExactly("**volumes with a second UID**", "**UIDs with two contents**");
    }

    @Test
    void shouldTellNumbersThatRunBackwards() {
        labels("run", 2, "2.25.1", "v1", "one");
        labels("other", 1, "2.25.2", "v2", "two");
        labels("run", 1, "2.25.3", "v3", "three");

        assertThat(faults()).containsExactly("**numbers of results that run backwards**");
    }

    private List<String> faults() {
        return new ResultBook(published).counts().stream().filter(c -> !c.holds()).map(Count::what).toList();
    }

    private void labels(String run, long sequence, String id, String volumeId, String digest) {
        published.add(new Published("p", Published.STUDENT_LABELS, id, run, sequence, volumeId, Instant.EPOCH, "",
                digest));
    }
}
