package org.regstream.training.loss;

/**
 * Smoothness of the displacement (METHODS, Eq. 3): the squared gradient by forward differences, per voxel, so that its
 * weight does not depend on the size of the grid:
 *
 * <pre>
 * L = Σ over axes a of mean over x of |u(x + e_a) - u(x)|²
 * </pre>
 *
 * |.| is the length of the three components; a difference counts where the mask keeps both voxels. Unit: voxels².
 */
public final class Smoothness {

    private Smoothness() {}

    /** TorchScript: {@code smoothness(u [1,3,D,H,W], mask [1,1,D,H,W]) -> scalar}. */
    public static String script() {
        return """
                def along(u: Tensor, mask: Tensor, axis: int) -> Tensor:
                  n = torch.size(u, axis) - 1
                  both = torch.mul(torch.narrow(mask, axis, 1, n), torch.narrow(mask, axis, 0, n))
                  d = torch.sub(torch.narrow(u, axis, 1, n), torch.narrow(u, axis, 0, n))
                  return torch.div(torch.sum(torch.mul(torch.mul(d, d), both)), torch.clamp_min(torch.sum(both), 1.))
                def smoothness(u: Tensor, mask: Tensor) -> Tensor:
                  kj = torch.add(__torch__.along(u, mask, 2), __torch__.along(u, mask, 3))
                  return torch.add(kj, __torch__.along(u, mask, 4))
                """;
    }
}
