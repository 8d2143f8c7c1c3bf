package org.regstream.core.uncertainty;

/** What is wrong with predicted labels, per foreground class, in [0, 1]; METHODS averages it over the classes. */
public enum LabelError {
    /** ERR: share of voxels at which the class is wrongly given or wrongly withheld. */
    VOXEL_ERROR {
        @Override
        double of(long misses, long falseAlarms, long hits, long voxels) {
            return ratio(misses + falseAlarms, voxels);
        }
    },
    /** MR = FN / (FN + TP). */
    MISS_RATE {
        @Override
        double of(long misses, long falseAlarms, long hits, long voxels) {
            return ratio(misses, misses + hits);
        }
    },
    /** FDR = FP / (FP + TP). */
    FALSE_DISCOVERY_RATE {
        @Override
        double of(long misses, long falseAlarms, long hits, long voxels) {
            return ratio(falseAlarms, falseAlarms + hits);
        }
    };

    /** From counts of voxels; where there is nothing to be wrong about, nothing is wrong. */
    abstract double of(long misses, long falseAlarms, long hits, long voxels);

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
