package org.regstream.training.loss;

/**
 * Divergence of the velocity's posterior N(μ, diag(σ²)) from the smoothness prior N(0, Λ⁻¹), Λ = λ (D - A), where A joins
 * voxels that share a face and D counts the neighbours of each (Dalca et al., Unsupervised learning for fast probabilistic
 * diffeomorphic registration, MICCAI 2018, Eq. 7; Medical Image Analysis 57, 2019, Eq. 11):
 *
 * <pre>
 * KL = 1/2 (tr(Λ diag(σ²)) - log det diag(σ²) + μᵀ Λ μ) + constant
 *    = 1/2 (Σ_x λ D(x) σ²(x) - log σ²(x)  +  λ Σ over neighbours x, y of |μ(x) - μ(y)|²) + constant
 * </pre>
 *
 * The value is that without the constant, divided by the number of voxels and components, so that its weight does not
 * depend on the size of the grid. Voxels and neighbours that the mask leaves out do not exist: D is smaller at the border.
 * Since Σ_x D(x) σ²(x) = Σ over neighbours of σ²(x) + σ²(y), one sum over neighbours gives both terms of λ.
 */
public final class KullbackLeibler {

    private KullbackLeibler() {}

    /** TorchScript: {@code kullback_leibler(mean [1,3,D,H,W], log_variance [1,3,D,H,W], mask [1,1,D,H,W], precision)
     * -> scalar}; velocities in voxels, precision is the prior's λ. */
    public static String script() {
        return """
                def kl_neighbours(mean: Tensor, variance: Tensor, mask: Tensor, axis: int) -> Tensor:
                  n = torch.size(mean, axis) - 1
                  both = torch.mul(torch.narrow(mask, axis, 1, n), torch.narrow(mask, axis, 0, n))
                  d = torch.sub(torch.narrow(mean, axis, 1, n), torch.narrow(mean, axis, 0, n))
                  v = torch.add(torch.narrow(variance, axis, 1, n), torch.narrow(variance, axis, 0, n))
                  return torch.sum(torch.mul(torch.add(torch.mul(d, d), v), both))
                def kullback_leibler(mean: Tensor, log_variance: Tensor, mask: Tensor, precision: float) -> Tensor:
                  variance = torch.exp(log_variance)
                  k = __torch__.kl_neighbours(mean, variance, mask, 2)
                  j = __torch__.kl_neighbours(mean, variance, mask, 3)
                  i = __torch__.kl_neighbours(mean, variance, mask, 4)
                  prior = torch.mul(torch.add(torch.add(k, j), i), precision)
                  entropy = torch.sum(torch.mul(log_variance, mask))
                  n = torch.clamp_min(torch.mul(torch.sum(mask), torch.size(mean, 1)), 1.)
                  return torch.mul(torch.div(torch.sub(prior, entropy), n), 0.5)
                """;
    }
}
