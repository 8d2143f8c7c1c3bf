package org.regstream.training.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.regstream.training.loss.Nlcc;
import org.regstream.training.loss.Smoothness;
import org.regstream.training.loss.SoftDice;
import org.regstream.training.network.VoxelMorph;
import org.regstream.training.network.Warp;
import org.regstream.training.torchscript.ScriptFunction;

/**
 * Network and loss of one pair in one function (METHODS, Eq. 4):
 *
 * <pre>
 * L_reg = -NLCC(I, I'∘φ) + 1 - Dice(S, S'∘φ) + λ smoothness(φ)
 * </pre>
 *
 * Both images are first put into the poses of {@code Augmentation}. Voxels outside the fixed image count in no term;
 * the similarity also leaves out those that the field pulls from outside the moving image.
 */
final class RegistrationLoss implements AutoCloseable {

    private static final String POSE = """
            def one_hot(labels: Tensor, channels: int) -> Tensor:
              values = torch.view(torch.arange(channels, dtype=0, layout=None, device=None), [1, -1, 1, 1, 1])
              return torch.to(torch.eq(labels, values), 6, False, False, None)
            def pose(images: Tensor, labels: Tensor, masks: Tensor, poses: Tensor, channels: int) -> Tensor:
              hot = __torch__.one_hot(labels, channels)
              structures = torch.narrow(hot, 1, 1, channels - 1)
              all = torch.cat([images, structures, torch.to(masks, 6, False, False, None)], 1)
              grid = torch.affine_grid_generator(poses, torch.size(all), True)
              posed = torch.grid_sampler(all, grid, 0, 0, True)
              image = torch.narrow(posed, 1, 0, 1)
              s = torch.narrow(posed, 1, 1, channels - 1)
              background = torch.rsub(torch.sum(s, [1], True, dtype=None), 1., 1)
              mask = torch.to(torch.gt(torch.narrow(posed, 1, channels, 1), 0.999), 6, False, False, None)
              return torch.cat([mask, torch.mul(image, mask), background, s], 1)
            """;

    private static final String BODY = """
                p = __torch__.pose(images, labels, masks, poses, %1$d)
                f = torch.narrow(p, 0, 0, 1)
                m = torch.narrow(p, 0, 1, 1)
                mask = torch.narrow(f, 1, 0, 1)
                fixed = torch.narrow(f, 1, 1, 1)
                u = __torch__.displacement(weights, fixed, torch.narrow(m, 1, 1, 1))
                warped = __torch__.warp(m, u)
                covered = torch.gt(torch.detach(torch.narrow(warped, 1, 0, 1)), 0.5)
                both = torch.mul(mask, torch.to(covered, 6, False, False, None))
                similarity = torch.neg(__torch__.nlcc(fixed, torch.narrow(warped, 1, 1, 1), both, %2$d))
                dice = __torch__.soft_dice(torch.narrow(warped, 1, 2, %1$d), torch.narrow(f, 1, 2, %1$d), mask)
                segmentation = torch.rsub(dice, 1., 1)
                smoothness = __torch__.smoothness(u, mask)
                total = torch.add(torch.add(similarity, segmentation), torch.mul(smoothness, %3$s))
                return torch.stack([total, similarity, segmentation, smoothness], 0)
            """;

    private final ScriptFunction loss;

    RegistrationLoss(TrainingSettings s) {
        loss = ScriptFunction.compile(
                "images: Tensor, labels: Tensor, masks: Tensor, poses: Tensor, weights: Tensor) -> Tensor",
                BODY.formatted(s.channels(), Nlcc.WINDOW, s.smoothness()), VoxelMorph.script(s.precision()),
                Warp.script(), Nlcc.script(), SoftDice.script(), Smoothness.script(), POSE);
    }

    /** @return total, similarity, segmentation, smoothness: [4], of the pair's manager */
    NDArray of(NDManager scope, PairTensors pair, float[] poses, NDArray weights) {
        NDArray p = scope.create(poses, new Shape(2, 3, 4));
        return loss.call(pair.images(), pair.labels(), pair.masks(), p, weights).singletonOrThrow();
    }

    @Override
    public void close() {
        loss.close();
    }
}
