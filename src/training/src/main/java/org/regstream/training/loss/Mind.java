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
 */
public final class Mind {

    private Mind() {}

    /** TorchScript: {@code mind(fixed, warped, mask, all [1,1,D,H,W]) -> L, scalar} in [0, 1]; every side at least 5. */
    public static String script() {
        return """
                def mind_box(x: Tensor) -> Tensor:
                  k = torch.avg_pool3d(x, [5, 1, 1], [1, 1, 1], [2, 0, 0], False, True, 1)
                  j = torch.avg_pool3d(k, [1, 5, 1], [1, 1, 1], [0, 2, 0], False, True, 1)
                  return torch.avg_pool3d(j, [1, 1, 5], [1, 1, 1], [0, 0, 2], False, True, 1)
                def mind_neighbours(x: Tensor) -> List[Tensor]:
                  d = torch.size(x, 2)
                  h = torch.size(x, 3)
                  w = torch.size(x, 4)
                  y = torch.squeeze(x, 1)
                  k = torch.constant_pad_nd(y, [0, 0, 0, 0, 2, 2], 0)
                  j = torch.constant_pad_nd(y, [0, 0, 2, 2, 0, 0], 0)
                  i = torch.constant_pad_nd(y, [2, 2, 0, 0, 0, 0], 0)
                  ks = [torch.narrow(k, 1, 0, d), torch.narrow(k, 1, 4, d)]
                  js = [torch.narrow(j, 2, 0, h), torch.narrow(j, 2, 4, h)]
                  is_ = [torch.narrow(i, 3, 0, w), torch.narrow(i, 3, 4, w)]
                  return [ks[0], ks[1], js[0], js[1], is_[0], is_[1]]
                def mind_first(n: List[Tensor]) -> Tensor:
                  return torch.stack([n[0], n[0], n[0], n[0], n[1], n[1], n[1], n[1], n[2], n[2], n[3], n[3]], 1)
                def mind_second(n: List[Tensor]) -> Tensor:
                  return torch.stack([n[2], n[3], n[4], n[5], n[2], n[3], n[4], n[5], n[4], n[5], n[4], n[5]], 1)
                def mind_descriptor(x: Tensor, mask: Tensor, pairs: Tensor, counts: Tensor) -> Tensor:
                  n = __torch__.mind_neighbours(x)
                  e = torch.sub(__torch__.mind_first(n), __torch__.mind_second(n))
                  p = torch.div(__torch__.mind_box(torch.mul(torch.mul(e, e), pairs)), counts)
                  q = torch.sub(p, torch.amin(p, [1], True))
                  v = torch.mean(q, [1], True, dtype=None)
                  level = torch.div(torch.sum(torch.mul(v, mask)), torch.clamp_min(torch.sum(mask), 1.))
                  least = torch.clamp_min(torch.mul(level, 0.001), 0.000001)
                  held = torch.minimum(torch.maximum(v, least), torch.add(torch.mul(level, 1000.), 0.000001))
                  return torch.exp(torch.neg(torch.div(q, held)))
                def mind(fixed: Tensor, warped: Tensor, mask: Tensor) -> Tensor:
                  m = __torch__.mind_neighbours(mask)
                  pairs = torch.mul(__torch__.mind_first(m), __torch__.mind_second(m))
                  counts = torch.clamp_min(__torch__.mind_box(pairs), 1.)
                  a = __torch__.mind_descriptor(fixed, mask, pairs, counts)
                  b = __torch__.mind_descriptor(warped, mask, pairs, counts)
                  d = torch.sub(a, b)
                  n = torch.clamp_min(torch.mul(torch.sum(mask), 12), 1.)
                  return torch.div(torch.sum(torch.mul(torch.mul(d, d), mask)), n)
                """;
    }
}
