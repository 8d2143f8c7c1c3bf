package org.regstream.training.loss;

/**
 * Sums over r x r x r windows, r odd; beyond the border there is 0. Shifted copies are added along one axis after the other,
 * which takes a third of the time of average pooling, gradient included.
 */
final class WindowSum {

    private WindowSum() {}

    /**
     * TorchScript: {@code NAME_window(x [1,C,D,H,W], r) -> [1,C,D,H,W]}.
     *
     * @param name of the caller: each brings its own copy, since the functions of a script share one name space
     */
    static String script(String name) {
        return """
                def %1$s_along(x: Tensor, axis: int, pad: List[int], r: int) -> Tensor:
                  n = torch.size(x, axis)
                  y = torch.constant_pad_nd(x, pad, 0)
                  s = torch.narrow(y, axis, 0, n)
                  for t in range(1, r):
                    s = torch.add(s, torch.narrow(y, axis, t, n))
                  return s
                def %1$s_window(x: Tensor, r: int) -> Tensor:
                  h = torch.floordiv(r, 2)
                  k = __torch__.%1$s_along(x, 2, [0, 0, 0, 0, h, h], r)
                  j = __torch__.%1$s_along(k, 3, [0, 0, h, h, 0, 0], r)
                  return __torch__.%1$s_along(j, 4, [h, h, 0, 0, 0, 0], r)
                """.formatted(name);
    }
}
