package org.regstream.training.loss;

/**
 * Modality-independent neighbourhood descriptor with self-similarity context, MIND-SSC (Heinrich et al., Towards realtime
 * multimodal fusion for 3D image-guided interventions using self-similarities, MICCAI 2013, Eq. 2), compared by the mean
 * squared difference. A voxel's six neighbours at a distance of 2 along the axes make 12 pairs (a, b) that are not opposite;
 * each gives a channel:
 *
 * <pre>
 * P_ab(x) = mean over the 5 x 5 x 5 patch around x, y in it, of (I(y + a) - I(y + b))²
 * Q_ab(x) = P_ab(x) - min over pairs of P(x)
 * V(x)    = mean over pairs of Q(x), held between 0.001 and 1000 times its own mean over x, and at least 1e-6
 * MIND_ab(x) = exp(-Q_ab(x) / V(x))
 * L = mean over x and (a, b) of (MIND_ab(fixed)(x) - MIND_ab(warped)(x))²
 * </pre>
 *
 * Subtracting the minimum makes each voxel's largest channel 1 and the limits of V bound what noise does in flat regions,
 * as in the author's own programs; 1e-6 is the square of a thousandth of the intensity range and decides on constant images
 * alone. x runs over the voxels that the mask keeps; a pair counts in a patch where the mask keeps both its voxels, so
 * padding is left out altogether. Intensities appear as differences of one image, squared: inverted contrast and offsets
 * change nothing.
 *
 * <p>The 12 patches are found around 6 points each twice: with v = b - a, (a, b) and (a + w, b + w) compare the same voxels
 * in patches moved by w. So the squared difference to the voxel at v is summed once for each of 6 vectors v = 2 (e_p ± e_q),
 * on the grid and two voxels around it, and read in two places.
 */
public final class Mind {

    private Mind() {}

    /** TorchScript: {@code mind(fixed, warped, mask, all [1,1,D,H,W]) -> L, scalar} in [0, 1]. */
    public static String script() {
        return WindowSum.script("mind") + """
                def mind_apart(x: Tensor) -> Tensor:
                  kj = [torch.roll(x, [-2, 2], [2, 3]), torch.roll(x, [-2, -2], [2, 3])]
                  ki = [torch.roll(x, [-2, 2], [2, 4]), torch.roll(x, [-2, -2], [2, 4])]
                  ji = [torch.roll(x, [-2, 2], [3, 4]), torch.roll(x, [-2, -2], [3, 4])]
                  return torch.cat([kj[0], kj[1], ki[1], ki[0], ji[0], ji[1]], 1)
                def mind_at(x: Tensor, first: int, n: int, k: int, j: int, i: int) -> Tensor:
                  c = torch.narrow(torch.narrow(x, 1, first, n), 2, k, torch.size(x, 2) - 4)
                  return torch.narrow(torch.narrow(c, 3, j, torch.size(x, 3) - 4), 4, i, torch.size(x, 4) - 4)
                def mind_pairs(x: Tensor) -> Tensor:
                  k = __torch__.mind_at(x, 0, 4, 0, 2, 2)
                  j = [__torch__.mind_at(x, 4, 2, 2, 0, 2), __torch__.mind_at(x, 1, 1, 2, 0, 2)]
                  i = [__torch__.mind_at(x, 2, 1, 2, 2, 0), __torch__.mind_at(x, 5, 1, 2, 2, 0)]
                  far = [__torch__.mind_at(x, 0, 1, 2, 4, 2), __torch__.mind_at(x, 3, 2, 2, 2, 4)]
                  return torch.cat([k, j[0], j[1], i[0], i[1], far[0], far[1]], 1)
                def mind_pad(x: Tensor) -> Tensor:
                  return torch.constant_pad_nd(x, [2, 2, 2, 2, 2, 2], 0)
                def mind_descriptor(x: Tensor, mask: Tensor, both: Tensor, counts: Tensor) -> Tensor:
                  y = __torch__.mind_pad(x)
                  e = torch.sub(__torch__.mind_apart(y), y)
                  sums = __torch__.mind_window(torch.mul(torch.mul(e, e), both), 5)
                  p = torch.div(__torch__.mind_pairs(sums), counts)
                  q = torch.sub(p, torch.amin(p, [1], True))
                  v = torch.mean(q, [1], True, dtype=None)
                  level = torch.div(torch.sum(torch.mul(v, mask)), torch.clamp_min(torch.sum(mask), 1.))
                  least = torch.clamp_min(torch.mul(level, 0.001), 0.000001)
                  held = torch.minimum(torch.maximum(v, least), torch.add(torch.mul(level, 1000.), 0.000001))
                  return torch.exp(torch.neg(torch.div(q, held)))
                def mind(fixed: Tensor, warped: Tensor, mask: Tensor) -> Tensor:
                  m = __torch__.mind_pad(mask)
                  both = torch.mul(__torch__.mind_apart(m), m)
                  counts = torch.clamp_min(__torch__.mind_pairs(__torch__.mind_window(both, 5)), 1.)
                  a = __torch__.mind_descriptor(fixed, mask, both, counts)
                  b = __torch__.mind_descriptor(warped, mask, both, counts)
                  d = torch.sub(a, b)
                  n = torch.clamp_min(torch.mul(torch.sum(mask), 12), 1.)
                  return torch.div(torch.sum(torch.mul(torch.mul(d, d), mask)), n)
                """;
    }
}
