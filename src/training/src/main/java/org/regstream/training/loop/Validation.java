package org.regstream.training.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.regstream.training.data.Sample;
import org.regstream.training.network.VoxelMorph;
import org.regstream.training.network.Warp;
import org.regstream.training.torchscript.ScriptFunction;

/** Fixed pairs of the validation images: mean foreground Dice and folding, to watch a run. */
final class Validation implements AutoCloseable {

    /** @param dice mean over pairs and structures
     *  @param folding share of voxels */
    record Result(double dice, double folding) {
        static final Result NONE = new Result(Double.NaN, Double.NaN);
    }

    private static final String BODY = """
                hot = __torch__.one_hot(labels, %1$d)
                mask = torch.to(torch.narrow(masks, 0, 0, 1), 6, False, False, None)
                u = __torch__.displacement(weights, torch.narrow(images, 0, 0, 1), torch.narrow(images, 0, 1, 1))
                best = torch.argmax(__torch__.warp(torch.narrow(hot, 0, 1, 1), u), 1, True)
                p = torch.mul(torch.narrow(__torch__.one_hot(best, %1$d), 1, 1, %1$d - 1), mask)
                s = torch.mul(torch.narrow(torch.narrow(hot, 0, 0, 1), 1, 1, %1$d - 1), mask)
                both = torch.sum(torch.mul(p, s), [0, 2, 3, 4], False, dtype=None)
                either = torch.sum(torch.add(p, s), [0, 2, 3, 4], False, dtype=None)
                dice = torch.mean(torch.div(torch.mul(both, 2.), either))
                det = __torch__.determinant(u)
                inner = torch.narrow(torch.narrow(mask, 2, 1, torch.size(mask, 2) - 2), 3, 1, torch.size(mask, 3) - 2)
                inside = torch.narrow(inner, 4, 1, torch.size(mask, 4) - 2)
                folded = torch.mul(torch.to(torch.le(det, 0.), 6, False, False, None), inside)
                return torch.stack([dice, torch.div(torch.sum(folded), torch.sum(inside))], 0)
            """;

    private static final String DETERMINANT = """
            def one_hot(labels: Tensor, channels: int) -> Tensor:
              values = torch.view(torch.arange(channels, dtype=0, layout=None, device=None), [1, -1, 1, 1, 1])
              return torch.to(torch.eq(labels, values), 6, False, False, None)
            def slope(u: Tensor, axis: int) -> Tensor:
              n = torch.size(u, axis) - 2
              d = torch.sub(torch.narrow(u, axis, 2, n), torch.narrow(u, axis, 0, n))
              if axis != 2:
                d = torch.narrow(d, 2, 1, torch.size(d, 2) - 2)
              if axis != 3:
                d = torch.narrow(d, 3, 1, torch.size(d, 3) - 2)
              if axis != 4:
                d = torch.narrow(d, 4, 1, torch.size(d, 4) - 2)
              return torch.mul(d, 0.5)
            def determinant(u: Tensor) -> Tensor:
              g = torch.stack([__torch__.slope(u, 2), __torch__.slope(u, 3), __torch__.slope(u, 4)], -1)
              j = torch.add(torch.permute(g, [0, 2, 3, 4, 1, 5]), torch.eye(3, dtype=6, layout=None, device=None, pin_memory=None))
              return torch.unsqueeze(torch.det(j), 1)
            """;

    private final ScriptFunction measure;
    private final List<Sample> samples;

    Validation(TrainingSettings s, List<Sample> samples) {
        this.samples = samples;
        measure = ScriptFunction.compile("images: Tensor, labels: Tensor, masks: Tensor, weights: Tensor) -> Tensor",
                BODY.formatted(s.channels()), VoxelMorph.script(s.precision()), Warp.script(), DETERMINANT);
    }

    Result of(NDManager manager, NDArray weights) {
        double dice = 0;
        double folding = 0;
        for (int i = 0; i < samples.size(); i++) {
            try (NDManager scope = manager.newSubManager()) {
                PairTensors pair = PairTensors.of(scope, samples.get(i), samples.get((i + 1) % samples.size()));
                float[] figures = measure.call(pair.images(), pair.labels(), pair.masks(), weights).singletonOrThrow()
                        .toFloatArray();
                dice += figures[0];
                folding += figures[1];
            }
        }
        return new Result(dice / samples.size(), folding / samples.size());
    }

    @Override
    public void close() {
        measure.close();
    }
}
