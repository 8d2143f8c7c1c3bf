package org.regstream.service.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regstream.service.deployment.Dockerfile.Stage;

/** The rules of the image recipes, and the scripts that run in the images. */
class DockerfilesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path BASH = Path.of("/bin/bash");

    static List<String> dockerfiles() throws IOException {
        return Stream.of(RepositoryFiles.below("docker", "Dockerfile"), RepositoryFiles.below("deploy", "Dockerfile"))
                .flatMap(List::stream).toList();
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void shouldPinEveryBaseByTagAndDigest(String file) throws IOException {
        Dockerfile recipe = Dockerfile.read(file);

        assertThat(recipe.stages()).filteredOn(s -> !recipe.hasStage(s.base())).isNotEmpty()
                .allSatisfy(s -> assertThat(s.base()).matches("[^:@]+:(?!latest)[^:@]+@sha256:[0-9a-f]{64}"));
        assertThat(RepositoryFiles.text("docker/pin-bases.sh")).contains(file.replaceFirst("docker/", ""));
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void shouldRunAsANumberedUserWithAHealthCheckAndNoShellInBetween(String file) throws Exception {
        List<Stage> images = Dockerfile.read(file).images();

        assertThat(images).isNotEmpty();
        for (Stage image : images) {
            List<String> users = image.all("USER");
            assertThat(users).as("USER of %s", image.name()).hasSize(1);
            assertThat(users.get(0)).matches("[1-9][0-9]*:[1-9][0-9]*");
            assertThat(image.all("HEALTHCHECK")).as("HEALTHCHECK of %s", image.name()).hasSize(1);
            assertThat(JSON.readTree(image.all("ENTRYPOINT").get(0)).isArray()).isTrue();
            assertThat(image.all("ADD")).isEmpty();
            assertThat(image.all("VOLUME")).as("writable folders of %s", image.name()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void shouldCopyOnlyWhatIsThereAndWhatTheContextLetsThrough(String file) throws IOException {
        String allowed = RepositoryFiles.text(file + ".dockerignore");

        for (Stage stage : Dockerfile.read(file).stages()) {
            for (String copy : stage.all("COPY")) {
                String source = copy.split("\\s+")[0];
                if (!source.startsWith("--from=") && !source.contains("/target/") && !source.equals(".")) {
                    String folder = source.substring(0, source.lastIndexOf('/') + 1);
                    assertThat(RepositoryFiles.below(folder.isEmpty() ? source : folder, "")).as(source).isNotEmpty();
                    assertThat(allowed).as(".dockerignore lets %s through", source)
                            .containsPattern("(?m)^!" + (folder.isEmpty() ? source : folder));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void shouldAskForHealthWhereTheProgramAnswers(String file) throws IOException {
        for (Stage image : Dockerfile.read(file).images()) {
            String check = image.all("HEALTHCHECK").get(0);
            if (image.name().startsWith("service")) {
                assertThat(check).endsWith("CMD [\"health-check\", \"" + CodeFacts.SERVICE_PORT
                        + "\", \"/q/health/ready\"]");
                assertThat(image.all("EXPOSE")).containsExactly(String.valueOf(CodeFacts.SERVICE_PORT));
            }
            if (image.name().equals("gateway")) {
                int port = CodeFacts.gatewayDefault("HTTP_PORT");
                assertThat(check).endsWith("CMD [\"health-check\", \"" + port + "\", \"/health/ready\"]");
                assertThat(image.all("EXPOSE")).containsExactly(CodeFacts.gatewayDefault("PORT") + " " + port);
            }
        }
    }

    @Test
    void shouldTellHealthFromTheStatusAndNothingElse() throws Exception {
        assumeTrue(Files.isExecutable(BASH), "skipped: no " + BASH);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        for (int status : new int[]{200, 401, 503}) {
            server.createContext("/" + status, e -> {
                e.sendResponseHeaders(status, -1);
                e.close();
            });
        }
        server.start();
        String port = String.valueOf(server.getAddress().getPort());
        try {
            assertThat(healthCheck(port, "/200")).isZero();
            assertThat(healthCheck(port, "/503")).isNotZero();
            assertThat(healthCheck(port, "/401")).isNotZero();
            assertThat(healthCheck(port, "/401", "401")).isZero();
        } finally {
            server.stop(0);
        }
        assertThat(healthCheck(port, "/200")).as("nobody listens").isNotZero();
    }

    private static int healthCheck(String... arguments) throws Exception {
        List<String> command = Stream.concat(
                Stream.of(BASH.toString(), RepositoryFiles.path("docker/health-check.sh").toString()),
                Stream.of(arguments)).toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
