package org.regstream.service.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.regstream.service.access.AccessMode;
import org.regstream.service.config.RegstreamSettings;
import org.regstream.service.deployment.ComposeFile.Service;
import org.regstream.service.wiring.WantedTopics;

/** {@code deploy/}: containers that are safe, variables and ports that the programs read. */
class ComposeTest {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(?::([-?])([^}]*))?}");

    private final ComposeFile compose = read("deploy/compose.yaml");

    @Test
    void shouldRunNoContainerAsRootOrWithRightsItDoesNotNeed() {
        compose.services().forEach((name, service) -> {
            assertThat(service.image()).as(name).matches(".+:(?!latest)[^:/]+");
            assertThat(service.user()).as(name).matches("[1-9][0-9]*:[0-9]+");
            assertThat(service.capDrop()).as(name).containsExactly("ALL");
            assertThat(service.securityOpt()).as(name).containsExactly("no-new-privileges:true");
            assertThat(service.memLimit()).as(name).isNotNull();
            assertThat(service.networks()).as(name).containsExactly("inside");
        });
        assertThat(compose.services()).hasEntrySatisfying("service", s -> assertThat(s.readOnly()).isTrue())
                .hasEntrySatisfying("gateway", s -> assertThat(s.readOnly()).isTrue());
    }

    @Test
    void shouldWatchTheHealthOfEveryServerInImageOrHere() throws IOException {
        for (Map.Entry<String, Service> service : compose.services().entrySet()) {
            boolean endsByItself = "no".equals(service.getValue().restart());
            boolean own = service.getValue().build() != null;
            assertThat(endsByItself || own || service.getValue().healthcheck() != null).as(service.getKey()).isTrue();
        }
    }

    @Test
    void shouldBuildTargetsThatExistFromFilesThatExist() throws IOException {
        for (Service service : services("deploy/compose.yaml", "deploy/compose.cuda.yaml")) {
            if (service.build() != null) {
                assertThat(RepositoryFiles.path("deploy").resolve(service.build().context()).normalize())
                        .isEqualTo(RepositoryFiles.path(".").normalize());
                Dockerfile recipe = Dockerfile.read(service.build().dockerfile());
                assertThat(service.build().target() == null || recipe.hasStage(service.build().target())).isTrue();
            }
        }
    }

    @Test
    void shouldMountOnlyWhatLiesHereOrIsNamed() {
        for (Service service : compose.services().values()) {
            for (String mount : service.volumes() == null ? List.<String>of() : service.volumes()) {
                String source = mount.substring(0, mount.indexOf(':'));
                if (source.startsWith(".")) {
                    assertThat(RepositoryFiles.path("deploy").resolve(source)).exists();
                    assertThat(mount).endsWith(":ro");
                } else {
                    assertThat(compose.volumes()).containsKey(source);
                }
            }
        }
    }

    @Test
    void shouldSetOnlyVariablesThatTheProgramsRead() throws IOException {
        Set<String> service = CodeFacts.serviceVariables();
        Set<String> gateway = CodeFacts.gatewayVariables();

        assertThat(service).contains("REGSTREAM_MODEL_PACKAGE", "REGSTREAM_FRESHNESS_FRAME_BUDGET");
        for (String file : List.of("deploy/compose.yaml", "deploy/compose.cuda.yaml")) {
            Map<String, Service> services = read(file).services();
            assertThat(services.get("service").environment().keySet()).as(file)
                    .allMatch(n -> service.contains(n) || CodeFacts.isKafkaVariable(n));
        }
        assertThat(compose.services().get("gateway").environment().keySet()).isSubsetOf(gateway);
    }

    @Test
    void shouldGiveTheServiceSettingsThatItAccepts() throws IOException {
        Map<String, String> environment = resolved(compose.services().get("service").environment());

        RegstreamSettings settings = CodeFacts.serviceSettings(environment);

        assertThat(CodeFacts.accessMode(environment)).as("published on this machine alone, and told")
                .isEqualTo(AccessMode.INSECURE);
        assertThat(settings.access().hosts()).contains(List.of("service"));
        assertThat(settings.topics().create()).isFalse();
        assertThat(settings.freshness().frameBudget()).hasSeconds(30);
    }

    @Test
    void shouldPublishThePortsThatTheProgramsListenOn() throws IOException {
        assertThat(containerPorts("service")).containsExactly(CodeFacts.SERVICE_PORT);
        assertThat(containerPorts("gateway")).containsExactly(CodeFacts.gatewayDefault("PORT"));
        JsonNode orthanc = orthanc();
        assertThat(containerPorts("orthanc")).containsExactly(orthanc.get("HttpPort").asInt(),
                orthanc.get("DicomPort").asInt());
        assertThat(compose.services().values()).filteredOn(s -> s.ports() != null).flatExtracting(Service::ports)
                .allMatch(p -> p.startsWith("${PUBLISH_ADDRESS") || p.startsWith("${DICOM_ADDRESS"));
    }

    @Test
    void shouldExplainEveryVariableInTheTemplateAndNoOther() throws IOException {
        String compose = RepositoryFiles.text("deploy/compose.yaml");

        assertThat(template().keySet()).isEqualTo(new TreeSet<>(RepositoryFiles.find("\\$\\{([A-Z_]+)", compose)));
        assertThat(template()).allSatisfy((name, value) -> assertThat(value.isEmpty())
                .as("%s has a default here, or compose refuses to start without it", name)
                .isEqualTo(compose.contains("${" + name + ":?")));
    }

    @Test
    void shouldRunTheKafkaThatTheClientsAreBuiltForAndAnOrthancWithoutKnownHoles() throws IOException {
        String kafka = compose.services().get("kafka").image();
        String orthanc = Dockerfile.read("deploy/orthanc/Dockerfile").stages().get(0).base();

        assertThat(RepositoryFiles.text("pom.xml"))
                .contains("<kafka.version>" + kafka.substring(kafka.indexOf(':') + 1) + "</kafka.version>");
        assertThat(compose.services().get("topics").image()).isEqualTo(kafka);
        List<String> version = RepositoryFiles.find("[:.]([0-9]+)", orthanc.substring(0, orthanc.indexOf('@')));
        assertThat(Integer.parseInt(version.get(0)) * 1_000_000 + Integer.parseInt(version.get(1)) * 1_000
                + Integer.parseInt(version.get(2))).isGreaterThanOrEqualTo(1_012_011);
    }

    @Test
    void shouldTakeNoObjectThatTheTopicRefuses() throws IOException {
        long topic = Long.parseLong(WantedTopics.of(CodeFacts.serviceSettings(Map.of())).get("dicom.frames").configs()
                .get("max.message.bytes"));

        Map<String, String> gateway = resolved(compose.services().get("gateway").environment());

        assertThat(Long.parseLong(gateway.get("REGSTREAM_GATEWAY_MAX_OBJECT")))
                .isEqualTo(topic - CodeFacts.GATEWAY_SLACK);
    }

    @Test
    void shouldForwardFromOrthancToTheGatewayAsItListens() throws IOException {
        JsonNode orthanc = orthanc();
        JsonNode gateway = orthanc.at("/DicomModalities/regstream");
        Map<String, String> environment = resolved(compose.services().get("gateway").environment());

        assertThat(gateway.get(0).asText()).isEqualTo("REGSTREAM");
        assertThat(compose.services()).containsKey(gateway.get(1).asText());
        assertThat(gateway.get(2).asInt()).isEqualTo(CodeFacts.gatewayDefault("PORT"));
        assertThat(environment.get("REGSTREAM_GATEWAY_CALLING_AE").split(","))
                .contains(orthanc.get("DicomAet").asText());
        assertThat(orthanc.get("AuthenticationEnabled").asBoolean()).isTrue();
        assertThat(orthanc.get("ExecuteLuaEnabled").asBoolean()).isFalse();
        for (JsonNode script : orthanc.get("LuaScripts")) {
            String file = script.asText().substring(script.asText().lastIndexOf('/') + 1);
            assertThat(RepositoryFiles.path("deploy/orthanc/" + file)).exists();
        }
        assertThat(orthanc.get("LuaScripts").toString()).contains("/forward.lua\"");
        assertThat(RepositoryFiles.text("deploy/orthanc/forward-dimse.lua")).contains("'/modalities/regstream/store'");
        assertThat(RepositoryFiles.text("deploy/orthanc/forward-dicomweb.lua"))
                .contains("/dicom-web/servers/regstream/");
        assertThat(orthanc.at("/DicomWeb/Servers/regstream/Url").asText())
                .startsWith("http://service:" + CodeFacts.SERVICE_PORT + "/");
    }

    private List<Integer> containerPorts(String service) {
        return compose.services().get(service).ports().stream()
                .map(p -> Integer.parseInt(p.substring(p.lastIndexOf(':') + 1))).toList();
    }

    private static JsonNode orthanc() throws IOException {
        return new ObjectMapper().readTree(RepositoryFiles.path("deploy/orthanc/orthanc.json").toFile());
    }

    /** @return values with what the template gives for their variables */
    private static Map<String, String> resolved(Map<String, String> environment) throws IOException {
        Map<String, String> template = template();
        return environment.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                e -> VARIABLE.matcher(e.getValue()).replaceAll(m -> template.get(m.group(1)))));
    }

    private static Map<String, String> template() throws IOException {
        return RepositoryFiles.text("deploy/.env.example").lines().filter(l -> l.matches("[A-Z_]+=.*"))
                .map(l -> l.split("=", 2)).collect(Collectors.toMap(l -> l[0], l -> l[1], (a, b) -> b, TreeMap::new));
    }

    private static List<Service> services(String... files) {
        List<Service> all = new ArrayList<>();
        for (String file : files) {
            all.addAll(read(file).services().values());
        }
        return all;
    }

    private static ComposeFile read(String file) {
        try {
            return ComposeFile.read(file);
        } catch (IOException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }
}
