package org.regstream.service.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document that is kept, and served at {@code /asyncapi.yaml}, is the one that the code makes. */
class AsyncApiTest {

    private static final String KEPT = "src/service/src/main/resources/META-INF/resources/asyncapi.yaml";

    @Test
    void shouldBeWhatTheCodeMakes() throws IOException {
        String made = AsyncApi.document(CodeFacts.serviceSettings(Map.of()).topics());
        Path here = Files.writeString(Files.createDirectories(Path.of("target")).resolve("asyncapi.yaml"), made);

        assertThat(RepositoryFiles.text(KEPT)).as("%s; if the change is meant, replace it by %s", KEPT,
                here.toAbsolutePath()).isEqualTo(made);
    }

    @Test
    void shouldReferOnlyToWhatThereIs() throws IOException {
        JsonNode document = RepositoryFiles.yaml(KEPT).get(0);

        assertThat(document.findValuesAsText("$ref")).isNotEmpty().allSatisfy(reference -> {
            if (reference.startsWith("#")) {
                assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
            } else {
                assertThat(RepositoryFiles.path(KEPT).resolveSibling(reference)).exists();
            }
        });
        assertThat(document.at("/channels")).hasSize(7);
    }
}
