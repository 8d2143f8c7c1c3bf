package org.regstream.service.deployment;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings of a configuration mapping, out of its source: what its methods, their annotations and their Javadoc say. */
final class SettingsTable {

    private static final Pattern PART = Pattern.compile(
            "/\\*\\*(?<doc>.*?)\\*/|@WithDefault\\(\"(?<default>[^\"]*)\"\\)|@WithName\\(\"(?<name>[^\"]*)\"\\)"
                    + "|interface (?<type>\\w+) \\{|[\\w.<>@() ]* (?<method>\\w+)\\(\\);|(?<end>^ *\\}$)",
            Pattern.DOTALL | Pattern.MULTILINE);

    /**
     * A setting.
     *
     * @param key      such as {@code regstream.page.max-clients}
     * @param value    its default, empty if it has none
     * @param meaning  Markdown
     */
    record Setting(String key, String value, String meaning) {

        /** As MicroProfile Config spells it. */
        String variable() {
            return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        }
    }

    /** Settings of one topic. @param meaning Markdown */
    record Group(String key, String meaning, List<Setting> settings) {}

    private SettingsTable() {}

    /** @param source of a mapping whose groups are interfaces inside it. @return groups and their settings in the order of the source */
    static List<Group> of(String prefix, String source) {
        List<Group> groups = new ArrayList<>();
        Deque<Group> open = new ArrayDeque<>();
        String doc = "";
        String value = "";
        String name = "";
        Matcher part = PART.matcher(source.substring(source.indexOf("@ConfigMapping")));
        while (part.find()) {
            if (part.group("doc") != null) {
                doc = markdown(part.group("doc"));
            } else if (part.group("default") != null) {
                value = part.group("default");
            } else if (part.group("name") != null) {
                name = part.group("name");
            } else if (part.group("end") != null) {
                open.pollLast();
            } else {
                if (part.group("type") != null) {
                    Group group = new Group(open.isEmpty() ? prefix : groupKey(prefix, source, part.group("type")), doc,
                            new ArrayList<>());
                    groups.add(group);
                    open.add(group);
                } else if (open.size() > 1 || !isGroup(source, part.group("method"))) {
                    String key = name.isEmpty() ? kebab(part.group("method")) : name;
                    open.getLast().settings().add(new Setting(open.getLast().key() + "." + key, value, doc));
                }
                doc = "";
                value = "";
                name = "";
            }
        }
        return groups;
    }

    private static boolean isGroup(String source, String method) {
        Matcher type = Pattern.compile("^    (\\w+) " + method + "\\(\\);", Pattern.MULTILINE).matcher(source);
        return type.find() && source.contains("interface " + type.group(1) + " {");
    }

    private static String groupKey(String prefix, String source, String type) {
        Matcher method = Pattern.compile("^    " + type + " (\\w+)\\(\\);", Pattern.MULTILINE).matcher(source);
        if (!method.find()) {
            throw new IllegalStateException("no method of the mapping returns " + type);
        }
        return prefix + "." + kebab(method.group(1));
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String markdown(String doc) {
        return doc.replaceAll("(?m)^ *\\* ?", " ").replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
                .replaceAll("\\s+", " ").strip().replace("|", "\\|");
    }

    /** @return Markdown */
    static String markdown(List<Group> groups) {
        StringBuilder text = new StringBuilder();
        for (Group group : groups) {
            if (!group.settings().isEmpty()) {
                text.append("\n### `").append(group.key()).append(".…`\n\n").append(group.meaning())
                        .append("\n\n| setting | environment | default | meaning |\n|---|---|---|---|\n");
                group.settings().forEach(s -> text.append("| `").append(s.key()).append("` | `").append(s.variable())
                        .append("` | ").append(s.value().isEmpty() ? "none" : "`" + s.value() + "`").append(" | ")
                        .append(s.meaning()).append(" |\n"));
            }
        }
        return text.toString();
    }
}
