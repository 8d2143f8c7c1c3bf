package org.regstream.training.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.regstream.core.ModelException;
import org.regstream.training.data.AugmentationScript;
import org.regstream.training.data.PairSampler;
import org.regstream.training.data.Sample;
import org.regstream.training.torchscript.ScriptFunction;

/**
 * Draws and augments the pair of each step, one step ahead on a thread of its own. A pair depends on the number of its step
 * alone. Not thread-safe.
 */
final class PairSource implements AutoCloseable {

    /** Far more than a pair takes on a machine that is busy with other things. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final List<Sample> images;
    private final PairSampler sampler;
    private final int channels;
    private final NDManager manager = NDManager.newBaseManager(Trainer.ENGINE);
    private final ScriptFunction augment;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread t = new Thread(task, "augmentation");
        t.setDaemon(true);
        return t;
    });
    private long ahead = -1;
    private Future<NDArray> next;

    PairSource(PairSampler sampler, List<Sample> images, int channels) {
        this.sampler = sampler;
        this.images = images;
        this.channels = channels;
        augment = ScriptFunction.compile(
                "images: Tensor, labels: Tensor, masks: Tensor, parameters: Tensor) -> Tensor",
                "    return __torch__.augment(images, labels, masks, parameters, " + channels + ")\n",
                AugmentationScript.script(sampler.augmentation()));
    }

    /** @return [2, 2 + C, D, H, W]: fixed and moving image's mask, intensities, one-hot labels; owned by {@code scope} */
    NDArray pair(NDManager scope, long step) {
        Future<NDArray> mine = ahead == step ? next : thread.submit(() -> make(step));
        ahead = step + 1;
        next = thread.submit(() -> make(step + 1));
        NDArray pair = await(mine);
        pair.attach(scope);
        return pair;
    }

    private NDArray make(long step) {
        PairSampler.Draw draw = sampler.draw(step);
        try (NDManager scope = manager.newSubManager()) {
            PairTensors pair = PairTensors.of(scope, images.get(draw.fixed()), images.get(draw.moving()));
            NDArray made = augment.call(pair.images(), pair.labels(), pair.masks(),
                    scope.create(draw.parameters(), new Shape(draw.parameters().length))).singletonOrThrow();
            made.attach(manager);
            return made;
        }
    }

    private static NDArray await(Future<NDArray> pair) {
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
        augment.close();
        manager.close();
    }
}
