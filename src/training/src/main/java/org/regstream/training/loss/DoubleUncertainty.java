package org.regstream.training.loss;

/**
 * How uncertain the teacher is about a pair (mean teacher with double uncertainty, Eq. 4 and 5), from N passes with dropout:
 *
 * <pre>
 * U_c(x) = σ_c(x) / max(|μ_c(x)|, 0.05)
 * share = share of values, of each voxel x and channel c, with U_c(x) > τ
 * </pre>
 *
 * μ and σ are mean and standard deviation (N - 1 in the denominator) over the passes. The bound is METHODS': 0.05 voxel or
 * 0.05 of the intensity range, since the ratio is undefined where μ = 0; fields come in voxels of the fixed image, whatever
 * resolution they lie at. The mask keeps padding out of the shares. They are weights of a step, so no gradient flows through them: λφ = k1 share of the field, λc = k2 share of the
 * image.
 */
public final class DoubleUncertainty {

    private DoubleUncertainty() {}

    /**
     * TorchScript: {@code relative_spread(passes [N,C,D,H,W]) -> U [1,C,D,H,W]}, N at least 2, with {@code
     * share_above(map [1,C,D,H,W], mask [1,1,D,H,W], threshold) -> scalar} in [0, 1]; {@code doubt(passes) -> [1,1,D,H,W]},
     * the mean of U over the channels, for plots; and {@code double_uncertainty(fields [N,3,D,H,W], images [N,1,D,H,W],
     * mask, t1, t2) -> [2]}, the shares of field and image.
     */
    public static String script() {
        return """
                def relative_spread(passes: Tensor) -> Tensor:
                  x = torch.detach(passes)
                  mean = torch.mean(x, [0], True, dtype=None)
                  d = torch.sub(x, mean)
                  variance = torch.div(torch.sum(torch.mul(d, d), [0], True, dtype=None), torch.size(x, 0) - 1)
                  return torch.div(torch.sqrt(variance), torch.clamp_min(torch.abs(mean), 0.05))
                def share_above(map: Tensor, mask: Tensor, threshold: float) -> Tensor:
                  above = torch.to(torch.gt(map, threshold), 6, False, False, None)
                  all = torch.mul(torch.clamp_min(torch.sum(mask), 1.), torch.size(map, 1))
                  return torch.div(torch.sum(torch.mul(above, mask)), all)
                def doubt(passes: Tensor) -> Tensor:
                  return torch.mean(__torch__.relative_spread(passes), [1], True, dtype=None)
                def double_uncertainty(fields: Tensor, images: Tensor, mask: Tensor, t1: float, t2: float) -> Tensor:
                  field = __torch__.share_above(__torch__.relative_spread(fields), mask, t1)
                  image = __torch__.share_above(__torch__.relative_spread(images), mask, t2)
                  return torch.stack([field, image], 0)
                """;
    }
}
