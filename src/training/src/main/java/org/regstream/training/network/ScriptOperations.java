package org.regstream.training.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Renders as lines of a TorchScript function. The function has these in scope: {@code w}, kernels and biases by turns;
 * {@code random}, whether dropout and sampling are on; {@code passes}, the number of copies.
 */
final class ScriptOperations extends Operations {

    /**
     * What the lines call. The library's own dropout takes twice as long as one from uniform numbers (measured once: 26 and
     * 14 ms).
     */
    static final String HELPERS = """
            def conv(x: Tensor, kernel: Tensor, bias: Tensor, side: int, stride: int) -> Tensor:
              shaped = torch.view(kernel, [-1, torch.size(x, 1), side, side, side])
              cast = torch.to(shaped, ops.prim.dtype(x), False, False, None)
              laid = torch.contiguous(cast, memory_format=3)
              b = torch.to(bias, ops.prim.dtype(x), False, False, None)
              p = torch.floordiv(side, 2)
              return torch.conv3d(x, laid, b, [stride, stride, stride], [p, p, p], [1, 1, 1], 1)
            def twice(x: Tensor) -> List[int]:
              return [2 * torch.size(x, 2), 2 * torch.size(x, 3), 2 * torch.size(x, 4)]
            def up(x: Tensor) -> Tensor:
              return torch.upsample_nearest3d(x, __torch__.twice(x), None, None, None)
            def fit(a: Tensor, b: Tensor, k: int, j: int, i: int) -> Tensor:
              slices = torch.narrow(b, 2, k, torch.size(a, 2))
              rows = torch.narrow(slices, 3, j, torch.size(a, 3))
              shifted = torch.narrow(rows, 4, i, torch.size(a, 4))
              return torch.mean(torch.mul(a, shifted), [1], True, dtype=None)
            def parts(x: Tensor) -> Tensor:
              d = torch.size(x, 2)
              h = torch.size(x, 3)
              w = torch.size(x, 4)
              apart = torch.reshape(x, [torch.size(x, 0), -1, 2, 2, 2, d, h, w])
              turned = torch.permute(apart, [0, 1, 5, 2, 6, 3, 7, 4])
              return torch.reshape(turned, [torch.size(x, 0), -1, 2 * d, 2 * h, 2 * w])
            def dropped(x: Tensor, probability: float, random: bool) -> Tensor:
              if random:
                kept = torch.to(torch.ge(torch.rand_like(x, dtype=6), probability), ops.prim.dtype(x), False, False, None)
                y = torch.mul(x, torch.mul(kept, 1. / (1. - probability)))
              else:
                y = x
              return y
            def norm(x: Tensor, affine: Tensor) -> Tensor:
              n = torch.instance_norm(x, None, None, None, None, True, 0.1, 0.00001, False)
              a = torch.chunk(affine, 2, 1)
              return torch.add(torch.mul(n, torch.add(a[0], 1.)), a[1])
            def draw(mean: Tensor, log_variance: Tensor, random: bool) -> Tensor:
              noise = torch.mul(torch.randn_like(mean, dtype=6), torch.exp(torch.mul(log_variance, 0.5)))
              return torch.add(mean, torch.mul(noise, int(random)))
            """;

    private final StringBuilder lines = new StringBuilder();
    private final Precision precision;
    private int values;

    ScriptOperations(Precision precision) {
        this.precision = precision;
    }

    String lines() {
        return lines.toString();
    }

    private String line(String expression, Object... arguments) {
        String name = "v" + values++;
        lines.append("  ").append(name).append(" = ").append(String.format(Locale.ROOT, expression, arguments))
                .append('\n');
        return name;
    }

    @Override
    protected String emitConvolution(Layer layer, String x) {
        int at = 2 * (layers().size() - 1);
        return line("__torch__.conv(%s, w[%d], w[%d], %d, %d)", x, at, at + 1, layer.side(), layer.stride());
    }

    @Override
    protected String emitLeaky(String x) {
        return line("torch.leaky_relu(%s, %s)", x, LEAK);
    }

    @Override
    protected String emitUp(String x) {
        return line("__torch__.up(%s)", x);
    }

    @Override
    protected String emitUpLinear(String x) {
        return line("torch.upsample_trilinear3d(%s, __torch__.twice(%s), False, None, None, None)", x, x);
    }

    @Override
    protected String emitParts(String x) {
        return line("__torch__.parts(%s)", x);
    }

    @Override
    protected String emitCorrelation(String a, String b) {
        String padded = line("torch.constant_pad_nd(%s, [1, 1, 1, 1, 1, 1], 0)", b);
        List<String> shifted = new ArrayList<>();
        for (int shift = 0; shift < SHIFTS; shift++) {
            shifted.add(line("__torch__.fit(%s, %s, %d, %d, %d)", a, padded, shift / 9, shift / 3 % 3, shift % 3));
        }
        return emitConcat(shifted);
    }

    @Override
    protected String emitConcat(List<String> parts) {
        return line("torch.cat([%s], 1)", String.join(", ", parts));
    }

    @Override
    protected String emitChannels(String x, int from, int to) {
        return line("torch.narrow(%s, 1, %d, %d)", x, from, to - from);
    }

    @Override
    protected String emitStack(String first, String second) {
        return line("torch.cat([%s, %s], 0)", first, second);
    }

    @Override
    protected String emitItem(String stacked, int which) {
        return line("torch.chunk(%s, 2, 0)[%d]", stacked, which);
    }

    @Override
    protected String emitDetached(String x) {
        return line("torch.detach(%s)", x);
    }

    @Override
    protected String emitAdd(String a, String b) {
        return line("torch.add(%s, %s)", a, b);
    }

    @Override
    protected String emitTimes(String x, double factor) {
        return line("torch.mul(%s, %s)", x, factor);
    }

    @Override
    protected String emitPlus(String x, double summand) {
        return line("torch.add(%s, %s)", x, summand);
    }

    @Override
    protected String emitSoftplus(String x) {
        return line("torch.softplus(%s, 1, 20)", x);
    }

    @Override
    protected String emitLogarithm(String x) {
        return line("torch.log(%s)", x);
    }

    @Override
    protected String emitSoftmax(String x) {
        return line("torch.softmax(%s, 1, None)", x);
    }

    @Override
    protected String emitPull(String image, String u) {
        return line("__torch__.warp(%s, %s)", image, u);
    }

    @Override
    protected String emitNormalise(String x, String affine) {
        return line("__torch__.norm(%s, %s)", x, affine);
    }

    @Override
    protected String emitEnter(String x) {
        return line("torch.contiguous(torch.to(%s, %d, False, False, None), memory_format=3)", x,
                precision.scalarType());
    }

    @Override
    protected String emitReal(String x) {
        return line("torch.to(%s, 6, False, False, None)", x);
    }

    @Override
    protected String emitDropout(String x, double probability) {
        return line("__torch__.dropped(%s, %s, random)", x, probability);
    }

    @Override
    protected String emitCopies(String x) {
        return line("torch.expand(%s, [passes, -1, -1, -1, -1])", x);
    }

    @Override
    protected String emitSample(String mean, String logVariance) {
        return line("__torch__.draw(%s, %s, random)", mean, logVariance);
    }
}
