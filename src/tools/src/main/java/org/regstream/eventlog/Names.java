package org.regstream.eventlog;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What identifies a patient or a person, under other names that say nothing: numbered in the order in which they first appear in a log. Not thread-safe: a part of
 * {@link LogLines}.
 */
final class Names {

    /** What is named. */
    enum Kind {
        /** Still a UID. */
        UID("1."), VOLUME("volume-"), EVENT("event-"), BUNDLE("bundle-"), PERSON("person-");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    private final Map<Kind, Map<String, String>> names = new EnumMap<>(Kind.class);
    private int count;

    /** @return always the same for the same; what is empty stays so */
    String of(Kind kind, String name) {
        if (name.isEmpty()) {
            return name;
        }
        Map<String, String> known = names.computeIfAbsent(kind, k -> new HashMap<>());
        return known.computeIfAbsent(name, n -> {
            count++;
            return kind.prefix + (known.size() + 1);
        });
    }

    /** @return how many are remembered */
    int count() {
        return count;
    }
}
