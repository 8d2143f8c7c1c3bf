package org.regstream.core.optimise;

import org.regstream.core.geometry.Grid;
import org.regstream.core.quality.JacobianDeterminant;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.warp.GaussianSmoothing;

/**
 * Takes the folds out of a field: where the Jacobian determinant is too small the field is smoothed, in a region that grows from
 * round to round, and the rest stays as it is. Should that not be enough, the whole field is halved until it is: no displacement
 * at all does not fold.
 */
final class Unfolding {

    /** Tissue squeezed to a twentieth of its volume counts as folded: differences are taken another way elsewhere. */
    static final double LEAST_DETERMINANT = 0.05;

    private static final int ROUNDS = 24;
    private static final int ROUNDS_A_RADIUS = 4;
    private static final int HALVINGS = 32;
    private static final double[] SIGMA_VOXELS = {1, 1, 1};

    private Unfolding() {}

    /** @return {@code u} itself if nothing folds, else a new field; determinants above {@link #LEAST_DETERMINANT} */
    static DisplacementField of(DisplacementField u) {
        DisplacementField field = u;
        for (int round = 0; round < ROUNDS; round++) {
            float[] near = folds(field);
            if (near == null) {
                return field;
            }
            new BoxSum(field.grid(), 3 + 2 * (round / ROUNDS_A_RADIUS)).inPlace(near);
            field = smoothed(field, near);
        }
        return halved(field);
    }

    /** @return 1 where the field folds, else 0, [D, H, W]; null if it folds nowhere */
    private static float[] folds(DisplacementField u) {
        float[] determinants = JacobianDeterminant.of(u).values();
        boolean any = false;
        for (int x = 0; x < determinants.length; x++) {
            boolean folds = !(determinants[x] > LEAST_DETERMINANT);
            any |= folds;
            determinants[x] = folds ? 1 : 0;
        }
        return any ? determinants : null;
    }

    private static DisplacementField smoothed(DisplacementField u, float[] where) {
        Grid g = u.grid();
        float[] smooth = GaussianSmoothing.of(u.components(), g, SIGMA_VOXELS);
        for (int y = 0; y < smooth.length; y++) {
            if (where[y % g.size()] == 0) {
                smooth[y] = u.components()[y];
            }
        }
        return DisplacementField.takeOwnershipOf(g, smooth);
    }

    private static DisplacementField halved(DisplacementField u) {
        float[] half = u.components().clone();
        for (int halving = 0; halving < HALVINGS; halving++) {
            DisplacementField field = DisplacementField.copyOf(u.grid(), half);
            if (folds(field) == null) {
                return field;
            }
            for (int y = 0; y < half.length; y++) {
                half[y] /= 2;
            }
        }
        return DisplacementField.zero(u.grid());
    }
}
