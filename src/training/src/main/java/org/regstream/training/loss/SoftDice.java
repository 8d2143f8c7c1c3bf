package org.regstream.training.loss;

/**
 * Soft Dice over all C channels, background included (METHODS, Eq. 2):
 *
 * <pre>
 * Dice = mean over c of (2 Σ p_c s_c + 1e-5) / (Σ p_c + Σ s_c + 1e-5)
 * </pre>
 *
 * Sums run over the voxels that the mask keeps. The loss is 1 - Dice, in [0, 1].
 */
public final class SoftDice {

    private SoftDice() {}

    /** TorchScript: {@code soft_dice(p [1,C,D,H,W], s [1,C,D,H,W], mask [1,1,D,H,W]) -> Dice, scalar}. */
    public static String script() {
        return """
                def soft_dice(p: Tensor, s: Tensor, mask: Tensor) -> Tensor:
                  pm = torch.flatten(torch.mul(p, mask), 2, -1)
                  sm = torch.flatten(torch.mul(s, mask), 2, -1)
                  both = torch.sum(torch.mul(pm, sm), [2], False, dtype=None)
                  either = torch.add(torch.sum(pm, [2], False, dtype=None), torch.sum(sm, [2], False, dtype=None))
                  return torch.mean(torch.div(torch.add(torch.mul(both, 2.), 0.00001), torch.add(either, 0.00001)))
                """;
    }
}
