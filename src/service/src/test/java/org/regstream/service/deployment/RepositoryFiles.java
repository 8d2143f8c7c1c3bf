package org.regstream.service.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Files of the repository, by their path from its root. */
final class RepositoryFiles {

    private static final Path ROOT = Path.of(System.getProperty("regstream.root"));
    private static final ObjectMapper TREES = new ObjectMapper();

    private RepositoryFiles() {}

    static Path path(String name) {
        return ROOT.resolve(name);
    }

    static String text(String name) throws IOException {
        return Files.readString(path(name));
    }

    /** @return paths from the root of all files below a folder whose name ends so, sorted */
    static List<String> below(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(path(folder))) {
            return files.filter(Files::isRegularFile).map(f -> ROOT.relativize(f).toString().replace('\\', '/'))
                    .filter(f -> f.endsWith(ending)).sorted().toList();
        }
    }

    /** @return the documents of a YAML file; a key that comes twice is an error */
    static List<JsonNode> yaml(String name) throws IOException {
        return yamlOf(text(name));
    }

    static List<JsonNode> yamlOf(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<JsonNode> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(options)).loadAll(text).forEach(d -> documents.add(TREES.valueToTree(d)));
        return documents;
    }

    static Properties properties(String name) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text(name)));
        return properties;
    }

    /** @return the first group of each match */
    static List<String> find(String regex, String text) {
        return Pattern.compile(regex).matcher(text).results().map((MatchResult m) -> m.group(1)).toList();
    }
}
