package org.regstream.service.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The part of the Compose specification that is used here; anything else is an error. */
record ComposeFile(String name, @JsonProperty("x-hardened") JsonNode hardened, Map<String, Service> services,
        Map<String, JsonNode> networks, Map<String, JsonNode> volumes) {

    record Service(String image, Build build, String user, JsonNode command, Map<String, String> environment,
            List<String> ports, List<String> volumes, List<String> tmpfs, List<String> networks, String restart,
            @JsonProperty("read_only") boolean readOnly, @JsonProperty("cap_drop") List<String> capDrop,
            @JsonProperty("security_opt") List<String> securityOpt, @JsonProperty("mem_limit") String memLimit,
            @JsonProperty("stop_grace_period") String stopGracePeriod,
            @JsonProperty("depends_on") Map<String, Dependency> dependsOn, HealthCheck healthcheck, Deploy deploy) {}

    record Build(String context, String dockerfile, String target) {}

    record Dependency(String condition) {}

    record HealthCheck(List<String> test, String interval, String timeout,
            @JsonProperty("start_period") String startPeriod, int retries) {}

    record Deploy(Resources resources) {}

    record Resources(Reservations reservations) {}

    record Reservations(List<Device> devices) {}

    record Device(String driver, int count, List<String> capabilities) {}

    static ComposeFile read(String file) throws IOException {
        return JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build()
                .treeToValue(RepositoryFiles.yaml(file).get(0), ComposeFile.class);
    }
}
