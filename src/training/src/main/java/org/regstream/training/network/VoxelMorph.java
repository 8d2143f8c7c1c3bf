package org.regstream.training.network;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * The plain VoxelMorph network: a U-Net over fixed and moving image, and a convolution that makes the displacement.
 *
 * <pre>
 * x  = [fixed, moving]                     2 channels at full resolution
 * e1 = act(encoder1, stride 2, x)         16 at 1/2
 * e2 = act(encoder2, stride 2, e1)        32 at 1/4
 * e3 = act(encoder3, stride 2, e2)        32 at 1/8
 * e4 = act(encoder4, stride 2, e3)        32 at 1/16
 * d  = act(decoder1, e4)
 * d  = act(decoder2, [up(d), e3])         likewise decoder3 with e2, decoder4 with e1, 32 each
 * f  = act(full1, [up(d), x])             32, then full2 and full3, 16 each
 * u  = flow(f)                             3, voxels, components (k, j, i)
 * </pre>
 *
 * {@code act} is a convolution and LeakyReLU 0.2, {@code up} the nearest neighbour. All weights are one vector, each layer's
 * kernel [outputs, inputs, 3, 3, 3] followed by its bias, in the order of {@link #layers()}.
 */
public final class VoxelMorph {

    public static final double LEAK = 0.2;

    /** Each side of the grid must be a multiple of this: four strides of 2. */
    public static final int MULTIPLE = 16;

    /** Standard deviation of the flow kernel at the start, so that the first displacement is nearly zero. */
    private static final double FLOW_SCALE = 1e-5;

    private static final List<Layer> LAYERS = List.of(new Layer("encoder1", 2, 16, 2), new Layer("encoder2", 16, 32, 2),
            new Layer("encoder3", 32, 32, 2), new Layer("encoder4", 32, 32, 2), new Layer("decoder1", 32, 32, 1),
            new Layer("decoder2", 64, 32, 1), new Layer("decoder3", 64, 32, 1), new Layer("decoder4", 48, 32, 1),
            new Layer("full1", 34, 32, 1), new Layer("full2", 32, 16, 1), new Layer("full3", 16, 16, 1),
            new Layer("flow", 16, 3, 1));

    private VoxelMorph() {}

    public static List<Layer> layers() {
        return LAYERS;
    }

    /** Number of weights. */
    public static int size() {
        return LAYERS.stream().mapToInt(l -> l.kernelSize() + l.outputs()).sum();
    }

    /** @return where the layer's kernel starts in the vector of weights; its bias follows the kernel */
    public static int offset(Layer layer) {
        return LAYERS.subList(0, LAYERS.indexOf(layer)).stream().mapToInt(l -> l.kernelSize() + l.outputs()).sum();
    }

    /** Kernels normal with variance 2 / ((1 + leak²) fan-in), biases 0, the flow nearly 0.
     *  @return new vector of {@link #size()} weights */
    public static float[] initialWeights(Random random) {
        float[] weights = new float[size()];
        for (Layer layer : LAYERS) {
            double scale = layer.name().equals("flow")
                    ? FLOW_SCALE
                    : Math.sqrt(2 / ((1 + LEAK * LEAK) * layer.inputs() * Layer.TAPS));
            int start = offset(layer);
            for (int x = start; x < start + layer.kernelSize(); x++) {
                weights[x] = (float) (scale * random.nextGaussian());
            }
        }
        return weights;
    }

    /** TorchScript: {@code displacement(weights [P], fixed [1,1,D,H,W], moving [1,1,D,H,W]) -> [1,3,D,H,W]}. */
    public static String script(Precision precision) {
        return """
                def conv(x: Tensor, w: List[Tensor], at: int, stride: int) -> Tensor:
                  kernel = torch.view(w[2 * at], [-1, torch.size(x, 1), 3, 3, 3])
                  strides = [stride, stride, stride]
                  cast = torch.to(kernel, ops.prim.dtype(x), False, False, None)
                  laid = torch.contiguous(cast, memory_format=3)
                  bias = torch.to(w[2 * at + 1], ops.prim.dtype(x), False, False, None)
                  return torch.conv3d(x, laid, bias, strides, [1, 1, 1], [1, 1, 1], 1)
                def act(x: Tensor, w: List[Tensor], at: int, stride: int) -> Tensor:
                  return torch.leaky_relu(__torch__.conv(x, w, at, stride), %s)
                def up(x: Tensor, skip: Tensor) -> Tensor:
                  size = [2 * torch.size(x, 2), 2 * torch.size(x, 3), 2 * torch.size(x, 4)]
                  y = torch.upsample_nearest3d(x, size, None, None, None)
                  return torch.cat([y, skip], 1)
                def displacement(weights: Tensor, fixed: Tensor, moving: Tensor) -> Tensor:
                  w = torch.split_with_sizes(weights, %s, 0)
                  pair = torch.to(torch.cat([fixed, moving], 1), %d, False, False, None)
                  x = torch.contiguous(pair, memory_format=3)
                  e1 = __torch__.act(x, w, 0, 2)
                  e2 = __torch__.act(e1, w, 1, 2)
                  e3 = __torch__.act(e2, w, 2, 2)
                  e4 = __torch__.act(e3, w, 3, 2)
                  d1 = __torch__.act(e4, w, 4, 1)
                  d2 = __torch__.act(__torch__.up(d1, e3), w, 5, 1)
                  d3 = __torch__.act(__torch__.up(d2, e2), w, 6, 1)
                  d4 = __torch__.act(__torch__.up(d3, e1), w, 7, 1)
                  f1 = __torch__.act(__torch__.up(d4, x), w, 8, 1)
                  f2 = __torch__.act(f1, w, 9, 1)
                  f3 = __torch__.act(f2, w, 10, 1)
                  u = __torch__.conv(torch.to(f3, 6, False, False, None), w, 11, 1)
                  return torch.contiguous(u, memory_format=0)
                """.formatted(LEAK, sizes(), precision.scalarType());
    }

    private static String sizes() {
        return LAYERS.stream().flatMap(l -> Arrays.asList(l.kernelSize(), l.outputs()).stream()).map(String::valueOf)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
