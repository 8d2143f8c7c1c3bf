package org.regstream.broker;

import java.nio.file.Path;
import java.util.Properties;

/**
 * The settings of a broker that is alone and shares its process. Every other setting is Kafka's default.
 *
 * @param folder         where it keeps its logs
 * @param brokerPort     loopback port for clients
 * @param controllerPort loopback port of its own controller
 */
record BrokerSettings(Path folder, int brokerPort, int controllerPort) {

    static final int NODE = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /** A record is at most 8 MiB (larger values go by reference); the batch around it needs room for keys and headers. */
    private static final int LARGEST_BATCH = 16 << 20;

    Properties toProperties() {
        Properties p = new Properties();
        place(p);
        aloneInItsCluster(p);
        smallAndQuick(p);
        p.put("message.max.bytes", String.valueOf(LARGEST_BATCH));
        p.put("replica.fetch.max.bytes", String.valueOf(LARGEST_BATCH));
        return p;
    }

    private void place(Properties p) {
        p.put("process.roles", "broker,controller");
        p.put("node.id", String.valueOf(NODE));
        p.put("controller.quorum.voters", NODE + "@" + LoopbackPort.HOST + ":" + controllerPort);
        p.put("controller.listener.names", CONTROLLER_LISTENER);
        p.put("listeners",
                "PLAINTEXT://" + LoopbackPort.HOST + ":" + brokerPort + "," + CONTROLLER_LISTENER + "://"
                        + LoopbackPort.HOST + ":"
                        + controllerPort);
        p.put("log.dirs", folder.toString());
    }

    private static void aloneInItsCluster(Properties p) {
        p.put("offsets.topic.replication.factor", "1");
        p.put("offsets.topic.num.partitions", "1");
        p.put("transaction.state.log.replication.factor", "1");
        p.put("transaction.state.log.min.isr", "1");
        p.put("transaction.state.log.num.partitions", "1");
        p.put("share.coordinator.state.topic.replication.factor", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("share.coordinator.state.topic.num.partitions", "1");
        p.put("group.initial.rebalance.delay.ms", "0");
    }

    /**
     * Controlled shutdown stays on (Kafka's default): without it the next start waits for the old session to end. The short
     * session does the same for a start after a kill: 5 s instead of 14 s. The cleaner's default buffer is 128 MB of heap.
     */
    private static void smallAndQuick(Properties p) {
        p.put("broker.session.timeout.ms", "1500");
        p.put("broker.heartbeat.interval.ms", "300");
        p.put("log.cleaner.dedupe.buffer.size", "2097152");
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "4");
        p.put("background.threads", "2");
    }
}
