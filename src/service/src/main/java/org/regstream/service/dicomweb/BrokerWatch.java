package org.regstream.service.dicomweb;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.jboss.logging.Logger;
import org.regstream.core.Unattended;

/** Asks the broker each second whether every partition of a topic has a leader. Safe for use by many threads. */
final class BrokerWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(BrokerWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Admin admin;
    private final String topic;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "broker-watch");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean isReachable = true;

    private BrokerWatch(Map<String, Object> broker, String topic) {
        Map<String, Object> config = new HashMap<>(broker);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        config.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, PERIOD.toMillis());
        this.admin = Admin.create(config);
        this.topic = topic;
    }

    /** @param broker address and security, as for any client */
    static BrokerWatch start(Map<String, Object> broker, String topic) {
        BrokerWatch watch = new BrokerWatch(broker, topic);
        watch.clock.scheduleWithFixedDelay(Unattended.of(watch::look), 0, PERIOD.toMillis(),
                TimeUnit.MILLISECONDS);
        return watch;
    }

    boolean isReachable() {
        return isReachable;
    }

    /** A delivery failed: away until the next look says otherwise. */
    void foundAway() {
        set(false);
    }

    private void look() {
        set(hasLeaders());
    }

    private boolean hasLeaders() {
        try {
            TopicDescription found = admin.describeTopics(List.of(topic)).topicNameValues().get(topic)
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return found.partitions().stream().allMatch(p -> p.leader() != null && !p.leader().isEmpty());
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized void set(boolean now) {
        if (now != isReachable) {
            LOG.infof(now ? "broker reachable, topic %s" : "broker away, topic %s: instances are refused", topic);
        }
        isReachable = now;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        admin.close(PATIENCE);
    }
}
