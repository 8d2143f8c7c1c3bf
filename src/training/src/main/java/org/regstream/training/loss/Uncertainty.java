package org.regstream.training.loss;

/**
 * Loss that teaches the predicted uncertainty u how large the error of the labels is (predictive and snapshot uncertainty,
 * Eq. 6), per voxel and channel, so that its weight does not depend on the size of the grid:
 *
 * <pre>
 * L = mean over x and c of |p_c(x) - s_c(x)| / u_c(x) + log u_c(x)
 * </pre>
 *
 * x runs over the voxels that the mask keeps. For a fixed error e the least value 1 + log e is reached at u = e. As in the
 * paper the gradient also flows into the labels p; {@code label_uncertainty_detached} keeps it out of them.
 */
public final class Uncertainty {

    private Uncertainty() {}

    /** TorchScript: {@code label_uncertainty(p, s, u, all [1,C,D,H,W], mask [1,1,D,H,W]) -> scalar}, u positive, and
     * {@code label_uncertainty_detached} of the same arguments. */
    public static String script() {
        return """
                def label_uncertainty(p: Tensor, s: Tensor, u: Tensor, mask: Tensor) -> Tensor:
                  error = torch.div(torch.abs(torch.sub(p, s)), u)
                  terms = torch.mul(torch.add(error, torch.log(u)), mask)
                  n = torch.clamp_min(torch.mul(torch.sum(mask), torch.size(p, 1)), 1.)
                  return torch.div(torch.sum(terms), n)
                def label_uncertainty_detached(p: Tensor, s: Tensor, u: Tensor, mask: Tensor) -> Tensor:
                  return __torch__.label_uncertainty(torch.detach(p), s, u, mask)
                """;
    }
}
