package org.regstream.training.loss;

/**
 * Normalised local cross-correlation (METHODS, Eq. 1), squared, over r x r x r windows:
 *
 * <pre>
 * NLCC = mean over x of cov(x)² / (var_fixed(x) var_warped(x) + 1e-5)
 * </pre>
 *
 * Covariance and variances are sums over the voxels of the window around x that the mask keeps, and x runs over the voxels
 * that the mask keeps. The stabiliser lets constant windows count 0. The loss is -NLCC, in [-1, 0].
 */
public final class Nlcc {

    /** METHODS, hippocampus. */
    public static final int WINDOW = 5;

    private Nlcc() {}

    /** TorchScript: {@code nlcc(fixed, warped, mask, all [1,1,D,H,W], window) -> NLCC, scalar}. */
    public static String script() {
        return WindowSum.script("nlcc") + """
                def nlcc(fixed: Tensor, warped: Tensor, mask: Tensor, r: int) -> Tensor:
                  f = torch.mul(fixed, mask)
                  g = torch.mul(warped, mask)
                  all = torch.cat([mask, f, g, torch.mul(f, f), torch.mul(g, g), torch.mul(f, g)], 1)
                  s = torch.unbind(__torch__.nlcc_window(all, r), 1)
                  n = torch.clamp_min(s[0], 1.)
                  cov = torch.sub(s[5], torch.div(torch.mul(s[1], s[2]), n))
                  var_f = torch.sub(s[3], torch.div(torch.mul(s[1], s[1]), n))
                  var_g = torch.sub(s[4], torch.div(torch.mul(s[2], s[2]), n))
                  cc = torch.div(torch.mul(cov, cov), torch.add(torch.mul(var_f, var_g), 0.00001))
                  inside = torch.squeeze(mask, 1)
                  return torch.div(torch.sum(torch.mul(cc, inside)), torch.sum(inside))
                """;
    }
}
