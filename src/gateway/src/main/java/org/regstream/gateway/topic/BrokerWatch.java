package org.regstream.gateway.topic;

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
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the broker each second whether every partition of the topic has a leader. Safe for use by many threads. */
final class BrokerWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Admin admin;
    private final String topic;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(BrokerWatch::daemon);
    private volatile boolean reachable;

    private BrokerWatch(TopicSettings settings) {
        this.admin = Admin.create(adminSettings(settings));
        this.topic = settings.topic();
    }

    /** Looks once before it returns. */
    static BrokerWatch start(TopicSettings settings) {
        BrokerWatch watch = new BrokerWatch(settings);
        watch.look();
        watch.clock.scheduleWithFixedDelay(watch::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    boolean isReachable() {
        return reachable;
    }

    /** A delivery failed: away until the next look says otherwise. */
    void foundAway() {
        set(false);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        admin.close(PATIENCE);
    }

    /** What it threw would be the last look, and nobody would know. */
    private void look() {
        try {
            set(hasLeaders());
        } catch (RuntimeException | Error e) {
            LOG.error("topic {}: the broker could not be asked for", topic, e);
            set(false);
        }
    }

    private boolean hasLeaders() {
        try {
            TopicDescription found = admin.describeTopics(List.of(topic))
                    .topicNameValues()
                    .get(topic)
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return found.partitions().stream().allMatch(p -> p.leader() != null);
        } catch (ExecutionException e) {
            // The broker answered; whether it makes the topic with the first record is its own setting.
            return e.getCause() instanceof UnknownTopicOrPartitionException;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized void set(boolean now) {
        if (now != reachable) {
            LOG.info(now ? "broker reachable, topic {}" : "broker away, topic {}: every C-STORE is refused", topic);
        }
        reachable = now;
    }

    private static Map<String, Object> adminSettings(TopicSettings settings) {
        Map<String, Object> p = new HashMap<>(settings.extra());
        p.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        p.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        p.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        p.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, PERIOD.toMillis());
        return p;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "broker-watch");
        thread.setDaemon(true);
        return thread;
    }
}
