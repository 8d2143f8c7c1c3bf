package org.regstream.benchmarks.kill;

import java.util.Collection;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;

/** One operation after the other: a procedure is created, scanned, and ended once the service is done with all its frames. */
final class Room implements Callable<Void> {

    private static final int FEWEST_VOLUMES = 40;
    private static final int MORE_VOLUMES = 120;

    private final String name;
    private final ServiceClient service;
    private final FramesOut out;
    private final Progress progress;
    private final Collection<SentVolume> sent;
    private final Random random;
    private final Collection<String> uncommitted = new ConcurrentLinkedQueue<>();
    private volatile boolean isCalm;
    private volatile boolean isClosing;
    private volatile Optional<String> procedure = Optional.empty();

    /** @param sent gets what was sent, from any thread */
    Room(String name, ServiceClient service, FramesOut out, Progress progress, Collection<SentVolume> sent,
            Random random) {
        this.name = name;
        this.service = service;
        this.out = out;
        this.progress = progress;
        this.sent = sent;
        this.random = random;
    }

    /** @return the operation of this moment */
    Optional<String> procedure() {
        return procedure;
    }

    /** @return operations whose last frame the service has not committed in time */
    Collection<String> uncommitted() {
        return uncommitted;
    }

    /** From now on volumes are good, and no operation ends. */
    void calm() {
        isCalm = true;
    }

    /** No volume is begun any more, and the last operation ends. */
    void close() {
        isClosing = true;
    }

    @Override
    public Void call() throws InterruptedException {
        for (int n = 1; !isClosing; n++) {
            operate(name + "-" + n);
        }
        return null;
    }

    private void operate(String id) throws InterruptedException {
        Scan scan = new Scan(id, out, random);
        service.create(id, scan.study());
        procedure = Optional.of(id);
        int volumes = FEWEST_VOLUMES + random.nextInt(MORE_VOLUMES);
        Future<RecordMetadata> latest = send(scan, true);
        for (int v = 1; !isClosing && (isCalm || v < volumes); v++) {
            scan.pause();
            latest = send(scan, isCalm);
        }
        RecordMetadata last = FramesOut.await(latest);
        if (!progress.awaitCommitted(last)) {
            uncommitted.add(id + ", last frame " + last);
        }
        procedure = Optional.empty();
        service.end(id);
    }

    private Future<RecordMetadata> send(Scan scan, boolean isGood) throws InterruptedException {
        Scan.Sent volume = scan.next(isGood);
        sent.add(volume.volume());
        return volume.last();
    }
}
