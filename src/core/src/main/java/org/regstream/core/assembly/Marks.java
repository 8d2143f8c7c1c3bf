package org.regstream.core.assembly;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a slice says of the part of its series that it belongs to. Whether two slices of different marks are of two volumes,
 * only their places tell: phases repeat places, slabs continue them.
 */
public final class Marks {

    /** An attribute that may tell volumes of one series apart, the surest first. Its letter names it in keys. */
    public enum Mark {
        STACK('s'), TEMPORAL_POSITION('t'), TRIGGER_TIME('r'), ECHO('e'), ACQUISITION('a');

        private final char letter;

        Mark(char letter) {
            this.letter = letter;
        }
    }

    public static final Marks NONE = new Marks(Map.of());

    private final Map<Mark, String> values;

    private Marks(Map<Mark, String> values) {
        this.values = values;
    }

    /** @param value of up to 15 characters without a space
     *  @return these and one more */
    public Marks with(Mark mark, String value) {
        Map<Mark, String> more = new EnumMap<>(Mark.class);
        more.putAll(values);
        more.put(mark, value);
        return new Marks(more);
    }

    /** @return what these say of some marks */
    public Marks only(Set<Mark> marks) {
        Map<Mark, String> kept = new EnumMap<>(Mark.class);
        values.forEach((mark, value) -> {
            if (marks.contains(mark)) {
                kept.put(mark, value);
            }
        });
        return new Marks(kept);
    }

    /** @return what is said by each of those that say something */
    public Map<Mark, String> values() {
        return Collections.unmodifiableMap(values);
    }

    /** @param all at least one
     *  @return what all say alike */
    public static Marks common(Collection<Marks> all) {
        Set<Mark> alike = EnumSet.allOf(Mark.class);
        Marks first = all.iterator().next();
        for (Marks other : all) {
            alike.removeIf(mark -> !first.values.getOrDefault(mark, "").equals(other.values.getOrDefault(mark, "")));
        }
        return first.only(alike);
    }

    /** Whether a slice of these marks may be of the volume of that phase: it says all that the volume's slices say alike. */
    public boolean isOf(String phase) {
        return phase.isEmpty() || words().containsAll(List.of(phase.split(" ")));
    }

    /** Whether a slice of these marks cannot be of the volume of that phase, wherever it lies. Acquisitions do not tell: slabs of one
     *  volume have one each. */
    boolean contradict(String phase) {
        return List.of(phase.split(" ")).stream().filter(word -> !word.isEmpty()).anyMatch(this::contradicts);
    }

    private boolean contradicts(String word) {
        return values.entrySet().stream().anyMatch(own -> own.getKey() != Mark.ACQUISITION
                && own.getKey().letter == word.charAt(0) && !word.substring(1).equals(own.getValue()));
    }

    /** @return such as {@code t2 a7}, the phase of a {@link VolumeKey}; whole words of up to its length */
    public String phase() {
        StringBuilder phase = new StringBuilder();
        for (String word : words()) {
            if (phase.length() + 1 + word.length() <= VolumeKey.MAX_LENGTH) {
                phase.append(phase.isEmpty() ? "" : " ").append(word);
            }
        }
        return phase.toString();
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        values.forEach((mark, value) -> words.add(mark.letter + value));
        return words;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Marks marks && values.equals(marks.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return phase();
    }
}
