package org.regstream.service.deployment;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.util.List;

/** The parts of KEDA's resources that are used here, for which there is no library. */
final class KedaModels {

    record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, ScaledObjectSpec spec) {}

    record ScaledObjectSpec(ScaleTarget scaleTargetRef, Integer pollingInterval, Integer minReplicaCount,
            Integer maxReplicaCount, Advanced advanced, List<Trigger> triggers) {}

    record ScaleTarget(String apiVersion, String kind, String name) {}

    record Advanced(HorizontalPodAutoscalerConfig horizontalPodAutoscalerConfig) {}

    record HorizontalPodAutoscalerConfig(HorizontalPodAutoscalerBehavior behavior) {}

    record Trigger(String type, KafkaLag metadata, Reference authenticationRef) {}

    /** All values of a trigger are strings. */
    record KafkaLag(String bootstrapServers, String consumerGroup, String topic, String lagThreshold,
            String offsetResetPolicy, String allowIdleConsumers, String sasl, String tls) {}

    record Reference(String name) {}

    record TriggerAuthentication(String apiVersion, String kind, ObjectMeta metadata, Secrets spec) {}

    record Secrets(List<Parameter> secretTargetRef, List<Parameter> configMapTargetRef) {}

    record Parameter(String parameter, String name, String key) {}

    private KedaModels() {}
}
