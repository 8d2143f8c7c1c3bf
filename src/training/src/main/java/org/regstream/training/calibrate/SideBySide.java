package org.regstream.training.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import org.regstream.core.ModelException;

/**
 * Several workers, each on one piece of work at a time; results come in the order of the work. Call from one thread.
 *
 * @param <W> worker
 */
final class SideBySide<W> implements AutoCloseable {

    private final BlockingQueue<W> free;
    private final ExecutorService threads;

    /** @param workers at least one; what they do must depend on the work alone, not on who does it */
    SideBySide(List<W> workers) {
        free = new ArrayBlockingQueue<>(workers.size(), false, workers);
        threads = Executors.newFixedThreadPool(workers.size(), task -> {
            Thread t = new Thread(task, "side-by-side");
            t.setDaemon(true);
            return t;
        });
    }

    /** @param done told on the caller's thread, in the order of the work
     *  @throws ModelException or whatever else the work throws; what has not begun is then not done */
    <T, R> List<R> each(List<T> work, BiFunction<W, T, R> how, Runnable done) {
        List<Future<R>> running = work.stream().map(item -> threads.submit(() -> one(item, how))).toList();
        List<R> results = new ArrayList<>();
        try {
            for (Future<R> result : running) {
                results.add(result.get());
                done.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException("interrupted while cases were registered", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException r ? r : new ModelException("a case failed: " + e, e);
        } finally {
            running.forEach(r -> r.cancel(false));
        }
        return results;
    }

    private <T, R> R one(T item, BiFunction<W, T, R> how) throws InterruptedException {
        W worker = free.take();
        try {
            return how.apply(worker, item);
        } finally {
            free.add(worker);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
