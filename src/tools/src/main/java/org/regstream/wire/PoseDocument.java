package org.regstream.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.regstream.core.align.AlignmentOutcome;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.pipeline.Placement;

/**
 * How the pre-operative image lies over the live one when registration starts, JSON.
 *
 * @param liveToPreoperative 4 x 4, rows one after the other: where a place of the live image lies in the pre-operative one, LPS mm
 * @param turnedDegrees      angle between both patient spaces, 0 to 180
 * @param movedMm            how far the middle of the region to register lies from where patient coordinates put it
 * @param basis              {@code procedure}, {@code headers}, {@code images} or {@code headers-unconfirmed}
 * @param score              how much of the live image the pre-operative one explains so, [0, 1]; left out where nobody looked
 * @param headersScore       likewise, as patient coordinates lay them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"liveToPreoperative", "turnedDegrees", "movedMm", "basis", "score", "headersScore"})
public record PoseDocument(List<Double> liveToPreoperative, double turnedDegrees, double movedMm, String basis,
        Double score, Double headersScore) {

    public static PoseDocument of(Placement placement) {
        Pose pose = placement.pose();
        Optional<AlignmentOutcome> alignment = placement.alignment();
        return new PoseDocument(matrix(pose), pose.angleDegrees(), placement.translation().norm(),
                Words.of(placement.basis()), alignment.map(AlignmentOutcome::score).orElse(null),
                alignment.map(AlignmentOutcome::headersScore).orElse(null));
    }

    private static List<Double> matrix(Pose p) {
        Vector3 x = p.rowX();
        Vector3 y = p.rowY();
        Vector3 z = p.rowZ();
        return List.of(x.x(), x.y(), x.z(), p.shift().x(), y.x(), y.y(), y.z(), p.shift().y(), z.x(), z.y(), z.z(),
                p.shift().z(), 0.0, 0.0, 0.0, 1.0);
    }

    /** @return for people, such as {@code turned 12.0 degrees, moved 14.1 mm, as the images show (they explain 31 %, by patient coordinates 2 %)} */
    public String inWords() {
        return String.format(Locale.ROOT, "turned %.1f degrees, moved %.1f mm, %s", turnedDegrees, movedMm, reason());
    }

    private String reason() {
        return switch (basis) {
            case "images" -> String.format(Locale.ROOT,
                    "as the images show (they explain %.0f %%, by patient coordinates %.0f %%)", 100 * score,
                    100 * headersScore);
            case "headers" -> "by patient coordinates, which the images confirm";
            case "headers-unconfirmed" -> "by patient coordinates, which the images do not confirm";
            default -> "as asked for";
        };
    }
}
