package org.regstream.service.procedure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.regstream.core.ConfigurationException;

/**
 * Reads a topic and follows it, on a thread of its own: a compacted one from its beginning, another from its end on. No
 * consumer group: every instance reads everything. The listener is called on that thread, one record at a time. A record that it throws at is set aside: the one
 * place where that is done for every topic that is read so.
 */
public final class CompactedTopicReader implements AutoCloseable {

    /** Receives the newest value of a key; null where the key was deleted. What it cannot use it throws at. */
    @FunctionalInterface
    public interface Listener {

        /** @param writtenAt time stamp of the record: alike for every reader, whatever the order of partitions */
        void apply(String key, byte[] value, Instant writtenAt);
    }

    /** Where reading begins. */
    public enum From {
        BEGINNING, END
    }

    private static final Logger LOG = Logger.getLogger(CompactedTopicReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration METADATA_PAUSE = Duration.ofMillis(100);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Consumer<String, byte[]> consumer;
    private final String topic;
    private final From from;
    private final Listener listener;
    private final SetAsideRecords aside;
    private final Queue<CompletableFuture<Void>> waiting = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean isFollowing;
    private volatile boolean closed;
    private volatile Throwable failure;

    /** @param consumer owned from now on; used by this reader's thread alone
     *  @param aside    told of records that the listener cannot use */
    public CompactedTopicReader(Consumer<String, byte[]> consumer, String topic, From from, Listener listener,
            SetAsideRecords aside) {
        this.consumer = consumer;
        this.topic = topic;
        this.from = from;
        this.listener = listener;
        this.aside = aside;
        this.thread = new Thread(this::run, "reader-" + topic);
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /**
     * Starts, and returns when everything is applied that is on the topic now.
     *
     * @throws ConfigurationException if that is not done in time, with what to check
     */
    public void startAndAwait(Duration limit) {
        start();
        try {
            current().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ConfigurationException("topic " + topic + " was not read to its end in " + limit
                    + "; check the broker, or raise regstream.procedures.load-timeout", e);
        } catch (ExecutionException e) {
            throw new ConfigurationException("topic " + topic + " cannot be read: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigurationException("interrupted while reading topic " + topic, e);
        }
    }

    /**
     * Completes once everything is applied that was on the topic at the time of this call; fails if the reader has ended.
     * May be called from any thread; the caller sets the time limit.
     */
    public CompletableFuture<Void> current() {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        waiting.add(asked);
        if (isFollowing) {
            consumer.wakeup();
        }
        if (closed) {
            failWaiting();
        }
        return asked;
    }

    /** @return why the reader ended by itself, empty while all is well */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    private void run() {
        try (consumer) {
            List<TopicPartition> partitions = partitions();
            consumer.assign(partitions);
            if (from == From.BEGINNING) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
            }
            isFollowing = true;
            while (!closed) {
                step(partitions);
            }
        } catch (WakeupException e) {
            LOG.debugf("topic %s: closed while starting", topic);
        } catch (RuntimeException | Error e) {
            failure = e;
            LOG.errorf(e, "topic %s is not followed any more", topic);
        } finally {
            closed = true;
            failWaiting();
        }
    }

    /** A topic that was made a moment ago may not be known everywhere yet; with no partition nothing would ever be read. */
    private List<TopicPartition> partitions() {
        List<TopicPartition> partitions = List.of();
        while (partitions.isEmpty() && !closed) {
            partitions = consumer.partitionsFor(topic).stream().map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            LockSupport.parkNanos(partitions.isEmpty() ? METADATA_PAUSE.toNanos() : 0);
        }
        return partitions;
    }

    private void step(List<TopicPartition> partitions) {
        try {
            List<CompletableFuture<Void>> asked = List.copyOf(waiting);
            if (!asked.isEmpty()) {
                readTo(consumer.endOffsets(partitions));
                waiting.removeAll(asked);
                asked.forEach(f -> f.complete(null));
            }
            apply(consumer.poll(POLL));
        } catch (WakeupException e) {
            // somebody asks how current this is, or for the end: the next step tells
        } catch (RetriableException e) {
            LOG.warnf("topic %s: the broker does not answer, asking again: %s", topic, e.getMessage());
        }
    }

    private void readTo(Map<TopicPartition, Long> ends) {
        while (!closed && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            apply(consumer.poll(POLL));
        }
    }

    private void apply(ConsumerRecords<String, byte[]> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            apply(record);
        }
    }

    /** One record that cannot be used must not hide those that follow; nor one that is nested too deep to be read. */
    private void apply(ConsumerRecord<String, byte[]> record) {
        try {
            listener.apply(record.key(), record.value(), Instant.ofEpochMilli(record.timestamp()));
            aside.used(record);
        } catch (RuntimeException | StackOverflowError e) {
            aside.add(record, e);
        }
    }

    private void failWaiting() {
        for (CompletableFuture<Void> f = waiting.poll(); f != null; f = waiting.poll()) {
            f.completeExceptionally(
                    new IllegalStateException("the reader of topic " + topic + " has ended", failure));
        }
    }

    /** Ends the reader; waits a bounded time for its thread. */
    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
