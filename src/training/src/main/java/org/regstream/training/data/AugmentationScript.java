package org.regstream.training.data;

import java.util.Arrays;
import org.regstream.training.data.scan.IntensityMap;

/**
 * Applies what {@link Augmentation} has drawn: image, mask and one-hot labels are sampled at the same points, trilinear, so
 * that they stay together; intensities change in the image alone. A voxel is inside where all that it is made of is inside;
 * elsewhere the image is 0 and the labels are background.
 */
public final class AugmentationScript {

    private static final String SAMPLING = """
            def one_hot(labels: Tensor, channels: int) -> Tensor:
              values = torch.arange(channels, dtype=0, layout=None, device=ops.prim.device(labels))
              return torch.to(torch.eq(labels, torch.view(values, [1, -1, 1, 1, 1])), 6, False, False, None)
            def augment(images: Tensor, labels: Tensor, masks: Tensor, parameters: Tensor, channels: int) -> Tensor:
              p = torch.split_with_sizes(parameters, %s, 0)
              hot = __torch__.one_hot(labels, channels)
              structures = torch.narrow(hot, 1, 1, channels - 1)
              all = torch.cat([images, structures, torch.to(masks, 6, False, False, None)], 1)
              grid = torch.affine_grid_generator(torch.view(p[0], [2, 3, 4]), torch.size(all), True)
              posed = torch.grid_sampler(all, %s, 0, 0, True)
              image = torch.narrow(posed, 1, 0, 1)
              s = torch.narrow(posed, 1, 1, channels - 1)
              background = torch.rsub(torch.sum(s, [1], True, dtype=None), 1., 1)
              mask = torch.to(torch.gt(torch.narrow(posed, 1, channels, 1), 0.999), 6, False, False, None)
              return torch.cat([mask, torch.mul(%s, mask), background, s], 1)
            """;

    private static final String ELASTIC = """
            def bent(grid: Tensor, control: Tensor) -> Tensor:
              size = [torch.size(grid, 1), torch.size(grid, 2), torch.size(grid, 3)]
              points = torch.view(control, [2, 3, %d, %d, %d])
              field = torch.upsample_trilinear3d(points, size, True, None, None, None)
              return torch.add(grid, torch.permute(field, [0, 2, 3, 4, 1]))
            """;

    private static final String INTENSITY = """
            def recoloured(image: Tensor, maps: Tensor, bias: Tensor, noise: Tensor) -> Tensor:
              where = torch.mul(torch.flatten(image, 1, -1), %1$d.)
              below = torch.clamp(torch.floor(where), 0., %1$d. - 1.)
              knots = torch.view(maps, [2, %1$d + 1])
              at = torch.to(below, 4, False, False, None)
              low = torch.gather(knots, 1, at)
              rise = torch.sub(torch.gather(knots, 1, torch.add(at, 1)), low)
              mapped = torch.view(torch.add(low, torch.mul(torch.sub(where, below), rise)), torch.size(image))
              size = [torch.size(image, 2), torch.size(image, 3), torch.size(image, 4)]
              points = torch.view(bias, [2, 1, %2$d, %2$d, %2$d])
              factor = torch.exp(torch.upsample_trilinear3d(points, size, True, None, None, None))
              changed = torch.add(torch.mul(mapped, factor), torch.view(noise, torch.size(image)))
              return torch.clamp(changed, 0., 1.)
            """;

    private AugmentationScript() {}

    /**
     * TorchScript: {@code augment(images [2,1,D,H,W] float32, labels [2,1,D,H,W] uint8, masks [2,1,D,H,W] uint8,
     * parameters, channels C) -> [2,2+C,D,H,W]}: mask, image times mask, one-hot labels from background on.
     *
     * @param augmentation has drawn the parameters
     */
    public static String script(Augmentation augmentation) {
        boolean elastic = augmentation.settings().elastic() > 0;
        boolean intensity = augmentation.settings().changesIntensities();
        String sampling = SAMPLING.formatted(Arrays.toString(augmentation.sizes()),
                elastic ? "__torch__.bent(grid, p[1])" : "grid",
                intensity ? "__torch__.recoloured(image, p[2], p[3], p[4])" : "image");
        return (elastic ? elastic() : "") + (intensity ? intensity() : "") + sampling;
    }

    private static String elastic() {
        int[] points = ElasticField.POINTS;
        return ELASTIC.formatted(points[0], points[1], points[2]);
    }

    private static String intensity() {
        return INTENSITY.formatted(IntensityMap.KNOTS - 1, Augmentation.BIAS_POINTS);
    }
}
