package org.regstream.training.loss;

/**
 * Temporal consistency (mean teacher with double uncertainty, Eq. 3, term L_c): the mean squared difference of the images
 * warped by the student and by the teacher,
 *
 * <pre>
 * L_c = mean over x and channels of (student(x) - teacher(x))²
 * </pre>
 *
 * x runs over the voxels that the mask keeps. No gradient flows into the teacher.
 */
public final class Consistency {

    private Consistency() {}

    /** TorchScript: {@code consistency(student [1,C,D,H,W], teacher [1,C,D,H,W], mask [1,1,D,H,W]) -> scalar}. */
    public static String script() {
        return """
                def consistency(student: Tensor, teacher: Tensor, mask: Tensor) -> Tensor:
                  d = torch.sub(student, torch.detach(teacher))
                  n = torch.clamp_min(torch.mul(torch.sum(mask), torch.size(student, 1)), 1.)
                  return torch.div(torch.sum(torch.mul(torch.mul(d, d), mask)), n)
                """;
    }
}
