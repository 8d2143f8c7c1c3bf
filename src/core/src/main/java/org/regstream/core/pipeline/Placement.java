package org.regstream.core.pipeline;

import java.util.Optional;
import org.regstream.core.align.Aligned;
import org.regstream.core.align.AlignmentOutcome;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.procedure.Alignment;
import org.regstream.core.procedure.Reference;

/**
 * Where the network's window lies on the live image and on the pre-operative one before registration. Voxel (k, j, i) of
 * one window is laid over voxel (k, j, i) of the other.
 *
 * @param fixedWindow  window on the live image, LPS mm
 * @param movingWindow window on the pre-operative image, LPS mm; the same grid where both share a frame of reference
 * @param alignment    what automatic alignment came to; empty where the procedure says how the images lie
 */
public record Placement(Grid fixedWindow, Grid movingWindow, Optional<AlignmentOutcome> alignment)
        implements
            Placing {

    /** As the procedure says. */
    public Placement(Grid fixedWindow, Grid movingWindow) {
        this(fixedWindow, movingWindow, Optional.empty());
    }

    /**
     * By centres if the reference says so, else by patient coordinates.
     *
     * @param middle of the region to register, LPS mm of the pre-operative image; unused where middle lies on middle
     */
    static Placement of(ModelGrid model, Grid fixed, Reference reference, Vector3 middle) {
        if (reference.alignment() == Alignment.CENTRES) {
            return new Placement(model.centredOn(fixed), model.centredOn(reference.image().grid()));
        }
        Grid window = model.around(fixed, middle);
        return new Placement(window, window);
    }

    /**
     * The window lies along the pre-operative image's axes, so that a network sees the anatomy upright however the patient lies
     * now; on the live image it is turned.
     *
     * @param middle of the region to register, LPS mm of the pre-operative image
     */
    static Placement found(ModelGrid model, Grid moving, Vector3 middle, Aligned aligned) {
        Grid window = model.around(moving, middle);
        return new Placement(aligned.pose().overlay(window), window, Optional.of(aligned));
    }

    Placement after(AlignmentOutcome outcome) {
        return new Placement(fixedWindow, movingWindow, Optional.of(outcome));
    }

    /** Why the images lie so. */
    public PoseBasis basis() {
        return alignment.map(outcome -> !(outcome instanceof Aligned aligned)
                ? PoseBasis.HEADERS_UNCONFIRMED
                : aligned.isAsHeadersSay() ? PoseBasis.HEADERS : PoseBasis.IMAGES).orElse(PoseBasis.PROCEDURE);
    }

    /** From the live to the pre-operative image, LPS mm, before registration. */
    public Pose pose() {
        return fixedWindow.equals(movingWindow)
                ? Pose.IDENTITY
                : Pose.between(fixedWindow.affine(), movingWindow.affine());
    }

    /** How far the window's middle is moved before registration: from the pre-operative to the live image, LPS mm. */
    public Vector3 translation() {
        return fixedWindow.centre().minus(movingWindow.centre());
    }

    /**
     * The pre-operative grid as it is laid over the live image: every voxel of it where registration starts from, LPS mm of
     * the live image.
     *
     * @param moving grid of the pre-operative image
     */
    public Grid overlaid(Grid moving) {
        Affine a = moving.affine();
        Vector3 origin = toFixed(a.origin());
        return new Grid(moving.depth(), moving.height(), moving.width(),
                new Affine(origin, toFixed(a.origin().plus(a.stepK())).minus(origin),
                        toFixed(a.origin().plus(a.stepJ())).minus(origin),
                        toFixed(a.origin().plus(a.stepI())).minus(origin)));
    }

    private Vector3 toFixed(Vector3 moving) {
        double[] at = movingWindow.affine().toIndex(moving);
        return fixedWindow.affine().toLps(at[0], at[1], at[2]);
    }
}
