package org.regstream.dicom.write;

import org.regstream.core.pipeline.ReliabilityMap;
import org.regstream.dicom.Code;

/**
 * What the numbers of a map are.
 *
 * @param code        the quantity, its meaning at most 40 characters
 * @param explanation what its values say, and what they do not; at most 64 characters
 * @param unit        in UCUM; what UCUM has no unit for is the unit 1 with an annotation in braces
 * @param displayFrom value shown black unless the reader chooses otherwise
 * @param displayTo   value shown white, above {@code displayFrom}
 */
public record MapQuantity(Code code, String explanation, Code unit, double displayFrom, double displayTo) {

    /** Scheme of the quantities that the standard has no code for; names that begin with 99 are private. */
    static final String PRIVATE_SCHEME = "99REGSTREAM";

    /** Code values are short strings. */
    private static final int MAX_CODE = 16;

    /** Goes into the series description. */
    private static final int MAX_MEANING = 40;

    /** UCUM knows no nat. An annotation does not change a unit: to a program {@code {nat}} is the number 1, to people it says more. */
    private static final Code NATS = new Code("{nat}", "UCUM", "nats");

    private static final Code MILLIMETRES = new Code("mm", "UCUM", "millimeter");

    /** A spread shown white: as wide as the voxels of most live images. */
    private static final double WIDE_SPREAD_MM = 2;

    /** An expected error shown white: where it is, an outline is of little use. */
    private static final double LARGE_ERROR_MM = 3;

    /** Explanations are long strings. */
    private static final int MAX_EXPLANATION = 64;

    public MapQuantity {
        if (code.value().length() > MAX_CODE) {
            throw new IllegalArgumentException("a quantity's code must have at most " + MAX_CODE + " characters, got "
                    + code.value());
        }
        if (code.meaning().length() > MAX_MEANING) {
            throw new IllegalArgumentException("a quantity's meaning must have at most " + MAX_MEANING
                    + " characters, got " + code.meaning().length());
        }
        if (explanation.isBlank() || explanation.length() > MAX_EXPLANATION) {
            throw new IllegalArgumentException("a quantity's explanation must have 1 to " + MAX_EXPLANATION
                    + " characters, got " + explanation.length());
        }
        if (!(displayTo > displayFrom) || !Double.isFinite(displayTo - displayFrom)) {
            throw new IllegalArgumentException(
                    "display range must be finite and not empty, got " + displayFrom + " to " + displayTo);
        }
    }

    /** @param labels how many a voxel can have, background included; at least 2 */
    public static MapQuantity of(ReliabilityMap map, int labels) {
        return switch (map) {
            case LABEL_ENTROPY -> labelEntropy(labels);
            case EXPECTED_ERROR -> expectedError();
            case DISPLACEMENT_SPREAD -> displacementSpread();
        };
    }

    /** Entropy of the carried soft labels, nats, shown from 0 to ln of the number of labels.
     *  @param labels how many a voxel can have, background included; at least 2 */
    public static MapQuantity labelEntropy(int labels) {
        return new MapQuantity(new Code("LABEL_ENTROPY", PRIVATE_SCHEME, "Label entropy"),
                "doubt about the label of a voxel; 0 is certain", NATS, 0, Math.log(labels));
    }

    /** How far the carried labels may lie from where they belong: expected length of the displacement's error, mm. */
    public static MapQuantity expectedError() {
        return new MapQuantity(new Code("EXPECTED_ERROR", PRIVATE_SCHEME, "Expected error"),
                "expected error of the place that labels were carried to", MILLIMETRES, 0, LARGE_ERROR_MM);
    }

    /** Spread of the displacements of several networks, mm: for research, it tells little of where labels are wrong. */
    public static MapQuantity displacementSpread() {
        return new MapQuantity(new Code("DISPL_SPREAD", PRIVATE_SCHEME, "Displacement spread"),
                "spread of the members, does not rank label errors", MILLIMETRES, 0, WIDE_SPREAD_MM);
    }
}
