package org.regstream.training.loop;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.regstream.core.ModelException;

/** Makes what each step needs, one step ahead on a thread of its own. Not thread-safe. */
final class Ahead implements AutoCloseable {

    /** Depends on the number of the step alone. */
    interface Maker {
        /** @param scope of whatever is made on the way
         *  @return what is kept of it */
        NDList make(NDManager scope, long step);
    }

    /** Far more than a pair takes on a machine that is busy with other things. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Maker maker;
    private final NDManager manager = NDManager.newBaseManager(Trainer.ENGINE);
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread t = new Thread(task, "augmentation");
        t.setDaemon(true);
        return t;
    });
    private long ahead = -1;
    private Future<NDList> next;

    Ahead(Maker maker) {
        this.maker = maker;
    }

    /** @return the step's tensors, owned by {@code scope} */
    NDList take(NDManager scope, long step) {
        Future<NDList> mine = ahead == step ? next : thread.submit(() -> make(step));
        ahead = step + 1;
        next = thread.submit(() -> make(step + 1));
        NDList made = await(mine);
        made.attach(scope);
        return made;
    }

    private NDList make(long step) {
        try (NDManager scope = manager.newSubManager()) {
            NDList made = maker.make(scope, step);
            made.attach(manager);
            return made;
        }
    }

    private static NDList await(Future<NDList> pair) {
        try {
            return pair.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException("interrupted while a pair was augmented", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new ModelException("a pair could not be augmented: " + e, e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        manager.close();
    }
}
