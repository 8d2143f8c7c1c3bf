package org.regstream.training.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.regstream.training.data.AugmentationScript;
import org.regstream.training.data.PairSampler;
import org.regstream.training.data.Sample;
import org.regstream.training.torchscript.ScriptFunction;

/** Draws and augments the pair of each step of the papers' networks, one step ahead. Not thread-safe. */
final class PairSource implements AutoCloseable {

    private final List<Sample> images;
    private final PairSampler sampler;
    private final ScriptFunction augment;
    private final Ahead ahead;

    PairSource(PairSampler sampler, List<Sample> images, int channels) {
        this.sampler = sampler;
        this.images = images;
        augment = ScriptFunction.compile(
                "images: Tensor, labels: Tensor, masks: Tensor, parameters: Tensor) -> Tensor",
                "    return __torch__.augment(images, labels, masks, parameters, " + channels + ")\n",
                AugmentationScript.script(sampler.augmentation()));
        ahead = new Ahead(this::make);
    }

    /** @return [2, 2 + C, D, H, W]: fixed and moving image's mask, intensities, one-hot labels; owned by {@code scope} */
    NDArray pair(NDManager scope, long step) {
        return ahead.take(scope, step).singletonOrThrow();
    }

    private NDList make(NDManager scope, long step) {
        PairSampler.Draw draw = sampler.draw(step);
        PairTensors pair = PairTensors.of(scope, images.get(draw.fixed()), images.get(draw.moving()));
        return augment.call(pair.images(), pair.labels(), pair.masks(),
                scope.create(draw.parameters(), new Shape(draw.parameters().length)));
    }

    @Override
    public void close() {
        ahead.close();
        augment.close();
    }
}
