package org.regstream.tools.transform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.regstream.core.DecodeException;
import org.regstream.core.FileFault;
import org.regstream.core.geometry.Ras;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.transform.Mapped;
import org.regstream.core.transform.TransformText.Frame;

/**
 * Control points of 3D Slicer's markups, JSON. Only positions change.
 *
 * @param root   the whole file. Written to.
 * @param places of the points that have a position
 */
record MarkupsPoints(ObjectNode root, List<Place> places) implements PointFile {

    /** Planes and regions of interest are more than their points. */
    private static final Set<String> POINTS_ALONE = Set.of("Fiducial", "Line", "Angle", "Curve", "ClosedCurve");

    private static final double PER_MM = 1e6;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param frame axes of its markup. @param node of the control point */
    record Place(Point point, Frame frame, ObjectNode node) {}

    /** @param asked axes, for files that do not say theirs
     *  @throws DecodeException if it is no markups file of points in mm */
    static MarkupsPoints read(Path file, Optional<Frame> asked) {
        JsonNode root = tree(file);
        List<Place> places = new ArrayList<>();
        JsonNode markups = root.path("markups");
        if (!root.isObject() || !markups.isArray() || markups.isEmpty()) {
            throw new DecodeException(
                    file.getFileName() + " must be 3D Slicer's markups, with an array 'markups', got other JSON");
        }
        try {
            for (JsonNode markup : markups) {
                places.addAll(places(markup, asked));
            }
        } catch (DecodeException e) {
            throw new DecodeException(file.getFileName() + ": " + e.getMessage(), e);
        }
        return new MarkupsPoints((ObjectNode) root, places);
    }

    @Override
    public List<Point> points() {
        return places.stream().map(Place::point).toList();
    }

    @Override
    public void write(List<Mapped> moved, Path out) {
        for (int n = 0; n < moved.size(); n++) {
            Place place = places.get(n);
            Vector3 p = moved.get(n).place();
            Vector3 own = place.frame() == Frame.RAS ? Ras.flip(p) : p;
            place.node().set("position", JSON.createArrayNode().add(rounded(own.x())).add(rounded(own.y()))
                    .add(rounded(own.z())));
        }
        try {
            Files.writeString(out, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + out + ": " + e.getMessage(), e);
        }
    }

    private static double rounded(double mm) {
        return Math.rint(mm * PER_MM) / PER_MM;
    }

    private static List<Place> places(JsonNode markup, Optional<Frame> asked) {
        String type = markup.path("type").asText("none");
        if (!POINTS_ALONE.contains(type)) {
            throw new DecodeException(
                    "a markup must be one of points alone (Fiducial, Line, Angle, Curve, ClosedCurve), got "
                            + type + "; mark its corners as fiducials");
        }
        requireMillimetres(markup.path("coordinateUnits"));
        Frame frame = frame(markup.path("coordinateSystem"), asked);
        List<Place> places = new ArrayList<>();
        for (JsonNode point : markup.path("controlPoints")) {
            String status = point.path("positionStatus").asText("defined");
            if (!status.equals("undefined") && !status.equals("missing")) {
                String name = name(point, places.size() + 1);
                places.add(new Place(new Point(name, lps(point.path("position"), frame, name)), frame,
                        (ObjectNode) point));
            }
        }
        return places;
    }

    /** Early files have numbers for words. */
    private static Frame frame(JsonNode said, Optional<Frame> asked) {
        Frame frame = switch (said.asText("")) {
            case "LPS", "1" -> Frame.LPS;
            case "RAS", "0" -> Frame.RAS;
            case "" -> asked.orElseThrow(() -> new DecodeException(
                    "coordinateSystem must be LPS or RAS, got nothing; say it with --coordinates"));
            default -> throw new DecodeException("coordinateSystem must be LPS or RAS, got " + said.asText());
        };
        if (asked.isPresent() && asked.get() != frame) {
            throw new DecodeException("--coordinates says " + asked.get() + ", the file itself " + frame
                    + "; leave --coordinates out");
        }
        return frame;
    }

    private static void requireMillimetres(JsonNode units) {
        Iterable<JsonNode> all = units.isArray() ? units : List.of(units);
        for (JsonNode unit : all) {
            if (!unit.isMissingNode() && !unit.asText().equals("mm")) {
                throw new DecodeException("coordinateUnits must be mm, got " + units);
            }
        }
    }

    private static Vector3 lps(JsonNode position, Frame frame, String name) {
        if (!(position instanceof ArrayNode array) || array.size() != 3 || !array.get(0).isNumber()
                || !array.get(1).isNumber() || !array.get(2).isNumber()) {
            throw new DecodeException("the position of " + name + " must be three numbers, got " + position);
        }
        Vector3 own = new Vector3(array.get(0).asDouble(), array.get(1).asDouble(), array.get(2).asDouble());
        return frame == Frame.RAS ? Ras.flip(own) : own;
    }

    private static String name(JsonNode point, int number) {
        String label = point.path("label").asText("");
        return label.isEmpty() ? "point " + number : label;
    }

    private static JsonNode tree(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new DecodeException(file.getFileName() + " must be JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(FileFault.inWords(file, e), e);
        }
    }
}
