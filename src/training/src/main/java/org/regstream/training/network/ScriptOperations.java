package org.regstream.training.network;

import java.util.List;
import java.util.Locale;

/**
 * Renders as lines of a TorchScript function. The function has these in scope: {@code w}, kernels and biases by turns
 * (empty where a layer has none);
 * {@code random}, whether dropout and sampling are on; {@code passes}, the number of copies.
 */
final class ScriptOperations extends Operations {

    /**
     * What the lines call. The library's own dropout takes twice as long as one from uniform numbers (measured once: 26 and
     * 14 ms); its pooling refuses sides shorter than 3 unless they are padded before.
     */
    static final String HELPERS = """
            def conv(x: Tensor, kernel: Tensor, bias: Tensor, side: int, stride: int) -> Tensor:
              shaped = torch.view(kernel, [-1, torch.size(x, 1), side, side, side])
              cast = torch.to(shaped, ops.prim.dtype(x), False, False, None)
              laid = torch.contiguous(cast, memory_format=3)
              b = torch.to(bias, ops.prim.dtype(x), False, False, None)
              p = torch.floordiv(side, 2)
              return torch.conv3d(x, laid, b, [stride, stride, stride], [p, p, p], [1, 1, 1], 1)
            def plain(x: Tensor, kernel: Tensor, side: int) -> Tensor:
              none = torch.zeros([torch.floordiv(torch.numel(kernel), torch.size(x, 1) * side * side * side)], dtype=6, layout=None, device=ops.prim.device(x), pin_memory=None)
              return __torch__.conv(x, kernel, none, side, 1)
            def twice(x: Tensor) -> List[int]:
              return [2 * torch.size(x, 2), 2 * torch.size(x, 3), 2 * torch.size(x, 4)]
            def up(x: Tensor) -> Tensor:
              return torch.upsample_nearest3d(x, __torch__.twice(x), None, None, None)
            def slope(x: Tensor, axis: int) -> Tensor:
              n = torch.size(x, axis)
              more = torch.cat([torch.narrow(x, axis, 0, 1), x, torch.narrow(x, axis, n - 1, 1)], axis)
              return torch.mul(torch.sub(torch.narrow(more, axis, 2, n), torch.narrow(more, axis, 0, n)), 0.5)
            def over(x: Tensor, y: Tensor) -> Tensor:
              return torch.sum(torch.mul(x, y), [1], True, dtype=None)
            def spread(x: Tensor) -> Tensor:
              sums = torch.avg_pool3d(torch.constant_pad_nd(x, [1, 1, 1, 1, 1, 1], 0), [3, 3, 3], [1, 1, 1], [0, 0, 0], False, True, 1)
              ones = torch.ones_like(torch.narrow(torch.narrow(x, 0, 0, 1), 1, 0, 1), dtype=6)
              count = torch.avg_pool3d(torch.constant_pad_nd(ones, [1, 1, 1, 1, 1, 1], 0), [3, 3, 3], [1, 1, 1], [0, 0, 0], False, True, 1)
              return torch.div(sums, count)
            def minor(a: Tensor, b: Tensor, c: Tensor, d: Tensor) -> Tensor:
              return torch.sub(torch.mul(a, b), torch.mul(c, d))
            def dot(a: Tensor, b: Tensor, c: Tensor, x: Tensor, y: Tensor, z: Tensor) -> Tensor:
              return torch.add(torch.add(torch.mul(a, x), torch.mul(b, y)), torch.mul(c, z))
            def step(a: Tensor, b: Tensor, damping: Tensor) -> Tensor:
              r = torch.sub(a, b)
              g = torch.mul(torch.add(a, b), 0.5)
              k = __torch__.slope(g, 2)
              j = __torch__.slope(g, 3)
              i = __torch__.slope(g, 4)
              sums = torch.cat([__torch__.over(k, k), __torch__.over(j, j), __torch__.over(i, i), __torch__.over(k, j), __torch__.over(k, i), __torch__.over(j, i), __torch__.over(k, r), __torch__.over(j, r), __torch__.over(i, r)], 1)
              m = torch.chunk(__torch__.spread(sums), 9, 1)
              kk = torch.add(m[0], damping)
              jj = torch.add(m[1], damping)
              ii = torch.add(m[2], damping)
              c0 = __torch__.minor(jj, ii, m[5], m[5])
              c1 = __torch__.minor(m[4], m[5], m[3], ii)
              c2 = __torch__.minor(m[3], m[5], m[4], jj)
              c3 = __torch__.minor(kk, ii, m[4], m[4])
              c4 = __torch__.minor(m[3], m[4], kk, m[5])
              c5 = __torch__.minor(kk, jj, m[3], m[3])
              det = __torch__.dot(kk, m[3], m[4], c0, c1, c2)
              dk = __torch__.dot(c0, c1, c2, m[6], m[7], m[8])
              dj = __torch__.dot(c1, c3, c4, m[6], m[7], m[8])
              di = __torch__.dot(c2, c4, c5, m[6], m[7], m[8])
              d = torch.div(torch.cat([dk, dj, di], 1), det)
              long = torch.sqrt(torch.add(torch.mul(__torch__.over(d, d), 0.25), 1.))
              return torch.div(d, long)
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
        return layer.biases() == 0
                ? line("__torch__.plain(%s, w[%d], %d)", x, at, layer.side())
                : line("__torch__.conv(%s, w[%d], w[%d], %d, %d)", x, at, at + 1, layer.side(), layer.stride());
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
    protected String emitStep(String a, String b, String damping) {
        return line("__torch__.step(%s, %s, %s)", a, b, damping);
    }

    @Override
    protected String emitSpread(String x) {
        return line("__torch__.spread(%s)", x);
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
    protected String emitMultiply(String a, String b) {
        return line("torch.mul(%s, %s)", a, b);
    }

    @Override
    protected String emitSigmoid(String x) {
        return line("torch.sigmoid(%s)", x);
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
