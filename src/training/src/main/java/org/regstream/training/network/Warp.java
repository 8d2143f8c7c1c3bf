package org.regstream.training.network;

/**
 * Pull warp, the one of {@code core.warp}: {@code out(x) = in(x + u(x))}, trilinear, u in voxels with components (k, j, i);
 * outside the image its border's value.
 */
public final class Warp {

    private Warp() {}

    /** TorchScript: {@code warp(image [1,C,D,H,W], u [1,3,D,H,W]) -> [1,C,D,H,W]}; every side at least 2. */
    public static String script() {
        return """
                def warp(image: Tensor, u: Tensor) -> Tensor:
                  d = torch.size(u, 2)
                  h = torch.size(u, 3)
                  w = torch.size(u, 4)
                  c = torch.unbind(u, 1)
                  z = torch.mul(c[0], 2. / (d - 1))
                  y = torch.mul(c[1], 2. / (h - 1))
                  x = torch.mul(c[2], 2. / (w - 1))
                  theta = torch.eye(3, 4, dtype=6, layout=None, device=ops.prim.device(u), pin_memory=None)
                  identity = torch.affine_grid_generator(torch.unsqueeze(theta, 0), [1, 1, d, h, w], True)
                  grid = torch.add(identity, torch.stack([x, y, z], -1))
                  return torch.grid_sampler(image, grid, 0, 1, True)
                """;
    }
}
