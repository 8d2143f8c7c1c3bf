package org.regstream.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table that people read is the one that requests are held against; {@code -Dregstream.write-table=true} writes it. */
class AccessTableTest {

    private static final Path GUIDE = Path.of(System.getProperty("regstream.root", "."), "src/docs/guides/access.md");
    private static final String BEGIN = "<!-- rules -->\n";
    private static final String END = "<!-- /rules -->";

    @Test
    void shouldStandInTheGuide() throws IOException {
        String guide = Files.readString(GUIDE);
        int begin = guide.indexOf(BEGIN) + BEGIN.length();
        int end = guide.indexOf(END);
        if (Boolean.getBoolean("regstream.write-table")) {
            Files.writeString(GUIDE, guide.substring(0, begin) + table() + guide.substring(end));
        } else {
            assertThat(guide.substring(begin, end)).isEqualTo(table());
        }
    }

    private static String table() {
        return AccessRules.all().stream()
                .map(rule -> "| `" + rule.method() + "` | `" + rule.path() + "` | " + roles(rule)
                        + " |\n")
                .collect(Collectors.joining("", "| method | path | any of |\n|---|---|---|\n", ""));
    }

    private static String roles(AccessRule rule) {
        if (rule.isOpen()) {
            return "nobody is asked";
        }
        return rule.roles().size() == Role.values().length
                ? "any role"
                : new TreeSet<>(rule.roles()).stream().map(Role::word).collect(Collectors.joining(", "));
    }
}
