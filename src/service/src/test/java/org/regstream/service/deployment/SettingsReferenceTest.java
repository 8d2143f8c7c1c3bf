package org.regstream.service.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.regstream.service.config.RegstreamSettings;
import org.regstream.service.deployment.SettingsTable.Group;
import org.regstream.service.deployment.SettingsTable.Setting;

/** The page of settings that is kept is the one that the code makes. */
class SettingsReferenceTest {

    private static final String KEPT = "src/docs/reference/settings.md";
    private static final String FROM = "<!-- made by SettingsReferenceTest from RegstreamSettings.java; not to be edited from here on -->\n";
    private static final String SOURCE = "src/service/src/main/java/org/regstream/service/config/RegstreamSettings.java";

    @Test
    void shouldBeWhatTheCodeMakes() throws IOException {
        String kept = RepositoryFiles.text(KEPT);
        assertThat(kept).contains(FROM);
        String made = kept.substring(0, kept.indexOf(FROM)) + FROM + SettingsTable.markdown(groups());
        Path here = Files.writeString(Files.createDirectories(Path.of("target")).resolve("settings.md"), made);

        assertThat(kept).as("%s; if the change is meant, replace it by %s", KEPT, here.toAbsolutePath())
                .isEqualTo(made);
    }

    /** Every method of the mapping, and nothing that it would not take. */
    @Test
    void shouldListEverySettingThereIs() throws IOException {
        List<Setting> settings = settings();

        assertThat(settings).hasSize((int) leaves(RegstreamSettings.class));
        assertThat(settings).allSatisfy(s -> assertThat(s.meaning()).as(s.key()).isNotEmpty());
        Map<String, String> defaults = settings.stream().filter(s -> !s.value().isEmpty())
                .collect(Collectors.toMap(Setting::key, Setting::value));
        assertThatCode(() -> CodeFacts.serviceSettings(defaults)).doesNotThrowAnyException();
    }

    /** A variable that is spelled as the page spells it reaches its setting. */
    @Test
    void shouldNameTheVariableThatSetsIt() throws IOException {
        assertThat(settings()).allSatisfy(s -> assertThat(s.variable())
                .isEqualTo(StringUtil.replaceNonAlphanumericByUnderscores(s.key()).toUpperCase(Locale.ROOT)));
    }

    private static List<Group> groups() throws IOException {
        return SettingsTable.of("regstream", RepositoryFiles.text(SOURCE));
    }

    private static List<Setting> settings() throws IOException {
        return groups().stream().flatMap(g -> g.settings().stream()).toList();
    }

    private static long leaves(Class<?> mapping) {
        return Stream.of(mapping.getDeclaredMethods()).map(Method::getReturnType)
                .mapToLong(type -> type.getEnclosingClass() == RegstreamSettings.class ? leaves(type) : 1).sum();
    }
}
