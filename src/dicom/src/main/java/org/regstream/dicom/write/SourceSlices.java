package org.regstream.dicom.write;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.regstream.core.assembly.Marks;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.dicom.Code;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.FunctionalGroups;
import org.regstream.dicom.Tag;

/** Which source image, and which frame of it, lies under each slice of a grid: found by position, not by order. */
final class SourceSlices {

    /** One image of the source.
     *  @param frameNumber from 1 in a multi-frame instance, 0 in a single-frame one */
    private record Image(DicomObject header, int frameNumber, Vector3 position) {}

    private final Grid grid;
    private final List<Image> images = new ArrayList<>();

    /** @param headers single-frame instances or enhanced ones, in any order
     *  @param phase   of the volume; frames of another one are left out */
    SourceSlices(Grid grid, List<DicomObject> headers, String phase) {
        this.grid = grid;
        headers.forEach(header -> add(header, phase));
    }

    /**
     * @param headers of one volume and nothing else
     * @return what all their frames say alike, as in the volume's key
     * @throws IllegalArgumentException if two of them lie at one place
     */
    static String onlyPhase(List<DicomObject> headers) {
        Map<List<Double>, String> places = new HashMap<>();
        List<Marks> marks = new ArrayList<>();
        for (DicomObject header : headers) {
            FunctionalGroups groups = new FunctionalGroups(header, frames(header));
            for (int frame = 0; frame < frames(header); frame++) {
                String image = header.string(Tag.SOP_INSTANCE_UID) + " " + frame;
                Vector3 p = position(groups.group(Tag.PLANE_POSITION_SEQUENCE, frame));
                String other = places.putIfAbsent(List.of(p.x(), p.y(), p.z()), image);
                if (other != null && !other.equals(image)) {
                    throw new IllegalArgumentException(
                            "sources must be of one volume, got two at one place; name the phase of the labels");
                }
                marks.add(groups.marks(frame));
            }
        }
        return Marks.common(marks).phase();
    }

    private static int frames(DicomObject header) {
        return Math.max(1, header.sequence(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE).size());
    }

    private void add(DicomObject header, String phase) {
        FunctionalGroups groups = new FunctionalGroups(header, frames(header));
        for (int frame = 0; frame < frames(header); frame++) {
            if (groups.marks(frame).isOf(phase)) {
                images.add(new Image(header, groups.isEnhanced() ? frame + 1 : 0,
                        position(groups.group(Tag.PLANE_POSITION_SEQUENCE, frame))));
            }
        }
    }

    private static Vector3 position(DicomObject plane) {
        double[] p = plane.numbers(Tag.IMAGE_POSITION_PATIENT, 3);
        return new Vector3(p[0], p[1], p[2]);
    }

    /** @return the item of a source image sequence for slice k
     *  @throws IllegalArgumentException if no source image lies within half a slice of it */
    DicomObject reference(int k) {
        Image image = nearest(k);
        var reference = DicomObject.builder()
                .text(Tag.REFERENCED_SOP_CLASS_UID, image.header.string(Tag.SOP_CLASS_UID))
                .text(Tag.REFERENCED_SOP_INSTANCE_UID, image.header.string(Tag.SOP_INSTANCE_UID))
                .item(Tag.PURPOSE_OF_REFERENCE_CODE_SEQUENCE, Code.SOURCE_IMAGE.toItem());
        if (image.frameNumber > 0) {
            reference.text(Tag.REFERENCED_FRAME_NUMBER, String.valueOf(image.frameNumber));
        }
        return reference.build();
    }

    private Image nearest(int k) {
        Vector3 normal = grid.affine().stepI().cross(grid.affine().stepJ()).normalized();
        Vector3 origin = grid.affine().toLps(k, 0, 0);
        Image best = null;
        double bestDistance = Math.abs(grid.affine().stepK().dot(normal)) / 2;
        for (Image image : images) {
            double distance = Math.abs(image.position.minus(origin).dot(normal));
            if (distance < bestDistance) {
                best = image;
                bestDistance = distance;
            }
        }
        if (best == null) {
            throw new IllegalArgumentException("no source image lies at slice " + k + " of " + grid
                    + "; pass the headers of the volume the labels belong to");
        }
        return best;
    }
}
