package org.regstream.dicom.read;

import java.util.ArrayList;
import java.util.List;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.FunctionalGroups;
import org.regstream.dicom.Tag;

/** Where the frames of a segmentation lie in space. */
final class SegmentPlanes {

    /** Frames of a segmentation that stands alone lie on multiples of a distance to this. */
    private static final double TOLERANCE_MM = 1e-2;

    /** Frames copy the positions of image slices, and those of one decimal stray from their stack by up to 0.18 mm. */
    private static final double OF_IMAGE_MM = 0.2;

    /** The same as a share of the slice distance: farther away a frame might be of the next slice. */
    private static final double OF_IMAGE_SLICES = 0.4;

    /** Slices of a derived grid: beyond, positions are scattered rather than stacked. */
    private static final int MAX_SLICES = 4096;

    private final List<Grid> planes = new ArrayList<>();

    SegmentPlanes(DicomObject dicom) {
        int frames = dicom.optionalInteger(Tag.NUMBER_OF_FRAMES).orElse(1);
        FunctionalGroups groups = new FunctionalGroups(dicom, frames);
        if (frames < 1 || !groups.isEnhanced()) {
            throw new DecodeException(Tag.NUMBER_OF_FRAMES + " must be at least 1 with a functional group each, got "
                    + frames);
        }
        int rows = dicom.integer(Tag.ROWS);
        int columns = dicom.integer(Tag.COLUMNS);
        requireSides(rows, columns);
        for (int frame = 0; frame < frames; frame++) {
            planes.add(SliceGeometry.of(groups, frame, rows, columns));
        }
    }

    private static void requireSides(int rows, int columns) {
        if (rows < 1 || columns < 1 || (long) rows * columns > Grid.MAX_VOXELS) {
            throw new DecodeException("rows and columns must make 1 to " + Grid.MAX_VOXELS + " pixels, got " + rows
                    + " x " + columns);
        }
    }

    int count() {
        return planes.size();
    }

    int pixels() {
        return planes.get(0).size();
    }

    /** @return k of the slice of the grid a frame lies on */
    int slice(int frame, Grid grid) {
        Grid plane = planes.get(frame);
        int k = (int) Math.round(grid.affine().toIndex(plane.affine().origin())[0]);
        boolean fits = plane.height() == grid.height() && plane.width() == grid.width() && k >= 0 && k < grid.depth();
        if (!fits || !cornersAgree(plane, grid, k)) {
            throw new DecodeException("frame " + (frame + 1) + " of the segmentation, " + plane
                    + ", lies on no slice of " + grid);
        }
        return k;
    }

    private static boolean cornersAgree(Grid plane, Grid grid, int k) {
        double tolerance = Math.min(OF_IMAGE_MM, OF_IMAGE_SLICES * grid.affine().stepK().norm());
        for (int corner = 0; corner < 4; corner++) {
            double j = (corner & 1) * (plane.height() - 1);
            double i = (corner >> 1) * (plane.width() - 1);
            Vector3 apart = plane.affine().toLps(0, j, i).minus(grid.affine().toLps(k, j, i));
            if (!(apart.norm() <= tolerance)) {
                return false;
            }
        }
        return true;
    }

    /** The grid from the first frame's slice to the last's, along the normal of the frames. */
    Grid spannedGrid() {
        Grid any = planes.get(0);
        Vector3 normal = any.affine().stepK().normalized();
        double[] along = planes.stream().mapToDouble(p -> p.affine().origin().minus(any.affine().origin()).dot(normal))
                .sorted().toArray();
        double step = sliceStep(along, any.affine().stepK().norm());
        double span = along[along.length - 1] - along[0];
        long depth = Math.round(span / step) + 1;
        if (depth > MAX_SLICES || depth * any.size() > Grid.MAX_VOXELS) {
            throw new DecodeException("frames span " + depth + " slices of " + any + ", expected at most " + MAX_SLICES
                    + " and " + Grid.MAX_VOXELS + " voxels");
        }
        return new Grid((int) depth, any.height(), any.width(),
                new Affine(any.affine().origin().plus(normal.times(along[0])), normal.times(step),
                        any.affine().stepJ(), any.affine().stepI()));
    }

    /** The declared spacing where all frames lie on its multiples (empty slices are often left out), else the smallest gap. */
    private static double sliceStep(double[] along, double declared) {
        double smallest = Double.POSITIVE_INFINITY;
        boolean multiples = true;
        for (int f = 1; f < along.length; f++) {
            double gap = along[f] - along[f - 1];
            double fromFirst = along[f] - along[0];
            smallest = gap > TOLERANCE_MM ? Math.min(smallest, gap) : smallest;
            multiples &= Math.abs(fromFirst - declared * Math.rint(fromFirst / declared)) <= TOLERANCE_MM;
        }
        return multiples || Double.isInfinite(smallest) ? declared : smallest;
    }
}
