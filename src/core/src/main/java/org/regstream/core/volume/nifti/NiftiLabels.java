package org.regstream.core.volume.nifti;

import org.regstream.core.DecodeException;

/**
 * Turns the values of a label map into labels. Programs that save real numbers as integers scale them, so that a label of 1
 * comes back as 0.996.
 *
 * @param scale     the file's, 1 if it scales nothing
 * @param tolerance how far a value may lie from its label
 */
record NiftiLabels(double scale, double tolerance) {

    /** Rounding of labels that went through single precision and scaling. */
    private static final double ROUNDING = 0.01;

    /** The coarsest scale that still tells labels apart beyond doubt. */
    private static final double COARSEST_HALF_STEP = 0.1;

    static NiftiLabels of(NiftiHeader header) {
        double halfStep = Math.abs(header.slope()) / 2 * (1 + 1e-6);
        return new NiftiLabels(header.slope(),
                halfStep <= COARSEST_HALF_STEP ? Math.max(halfStep, ROUNDING) : ROUNDING);
    }

    /** @throws DecodeException if no label is that near */
    byte label(double value) {
        double label = Math.rint(value);
        if (!(Math.abs(value - label) <= tolerance) || label < 0 || label > 255) {
            throw new DecodeException("labels must be whole numbers of 0 to 255, got " + value + reason(value));
        }
        return (byte) (int) label;
    }

    private String reason(double value) {
        if (value == Math.rint(value) && value > 255) {
            return "; give the structures that are wanted numbers up to 255";
        }
        return scale == 1
                ? "; this looks like an image, or like labels that were interpolated linearly"
                : "; the file scales its integers by " + scale + ", too coarsely for labels, or it is an image; save"
                        + " labels as integers without scaling";
    }
}
