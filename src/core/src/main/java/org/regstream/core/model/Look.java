package org.regstream.core.model;

import java.util.List;
import org.regstream.core.Lazy;
import org.regstream.core.geometry.Grid;
import org.regstream.core.uncertainty.EnsembleMaps;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Shapes;
import org.regstream.core.volume.Volume;

/**
 * What networks say of one pair of images: one prediction of a student, several of an ensemble, in the order of the package.
 * What follows from all of them is computed when it is first asked for and kept; of a single prediction it is that prediction's
 * own array. Immutable; safe for use from any thread.
 */
public final class Look {

    private final List<Prediction> members;
    private final Lazy<DisplacementField> displacement;
    private final Lazy<Volume> spread;
    private final Lazy<Volume> expectedError;
    private final Lazy<LabelProbabilities> outline;
    private final Lazy<LabelProbabilities> movingOutline;

    /**
     * @param members at least one, on one grid, with the same channels
     * @throws org.regstream.core.volume.ShapeMismatchException if the grids differ
     */
    public Look(List<Prediction> members) {
        this.members = List.copyOf(members);
        if (this.members.isEmpty()) {
            throw new IllegalArgumentException("a look needs at least one member");
        }
        for (Prediction p : this.members) {
            Shapes.requireSameGrid("members", grid(), p.displacement().grid());
            if (p.outline().channels() != channels()) {
                throw new IllegalArgumentException("members must outline the same structures, got " + channels()
                        + " and " + p.outline().channels() + " channels");
            }
        }
        displacement = new Lazy<>(() -> EnsembleMaps.meanDisplacement(displacements()));
        spread = new Lazy<>(() -> EnsembleMaps.displacementSpread(displacements()));
        expectedError = new Lazy<>(
                () -> EnsembleMaps.mean(this.members.stream().map(Prediction::expectedError).toList()));
        outline = new Lazy<>(
                () -> EnsembleMaps.meanLabels(this.members.stream().map(Prediction::outline).toList()));
        movingOutline = new Lazy<>(
                () -> EnsembleMaps.meanLabels(this.members.stream().map(Prediction::movingOutline).toList()));
    }

    public List<Prediction> members() {
        return members;
    }

    public int size() {
        return members.size();
    }

    /** The window, as it lies on the fixed image. */
    public Grid grid() {
        return members.get(0).displacement().grid();
    }

    /** Channels of the outlines, background included. */
    public int channels() {
        return members.get(0).outline().channels();
    }

    /** The members' own, in their order. */
    public List<DisplacementField> displacements() {
        return members.stream().map(Prediction::displacement).toList();
    }

    /** Mean of the members', voxels of the window. */
    public DisplacementField displacement() {
        return displacement.get();
    }

    /** How far the members disagree about the place: root of the trace of their covariance, voxels of the window. */
    public Volume displacementSpread() {
        return spread.get();
    }

    /** Mean of the members' expected errors, voxels of the window. */
    public Volume expectedError() {
        return expectedError.get();
    }

    /** Mean of the members' outlines of the fixed image. */
    public LabelProbabilities outline() {
        return outline.get();
    }

    /** Mean of the members' outlines of the moving image. */
    public LabelProbabilities movingOutline() {
        return movingOutline.get();
    }
}
