package org.regstream.service.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.Structure;
import org.regstream.core.pipeline.ReliabilityMap;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.write.MapQuantity;
import org.regstream.service.page.PageMessage.Block;
import org.regstream.service.page.PageMessage.Type;
import org.regstream.wire.ResultFiguresDocument;

/** What each message holds. Times are milliseconds since 1970, UTC. Nothing of it names the patient. */
final class PageMessages {

    private static final String UINT8 = "uint8";

    private PageMessages() {}

    /** @param limits of the package in use */
    static byte[] result(PageResult result, AlertThresholds limits) {
        Grid grid = result.live().volume().grid();
        PagePixels.Image image = PagePixels.image(result.live().volume().filled());
        Volume uncertainty = result.uncertainty().get();
        PagePixels.Box box = PagePixels.computed(uncertainty);
        ReliabilityMap map = ReliabilityMap.UNCERTAINTY;
        double full = MapQuantity.of(map, 1 + result.structures().size()).displayTo();
        ObjectNode m = PageMessage.metadata();
        m.put("procedureId", result.procedureId()).put("eventId", result.eventId()).put("sequence", result.sequence())
                .put("volumeId", result.live().volumeId()).put("source", result.source().name())
                .put("acquiredAt", result.live().acquiredAt().toEpochMilli())
                .put("validUntil", result.validUntil().toEpochMilli());
        m.set("grid", grid(grid));
        m.putObject("image").put("slope", image.slope()).put("intercept", image.intercept())
                .put("black", image.black()).put("white", image.white());
        m.putObject("box").putPOJO("from", box.from()).putPOJO("shape", box.shape());
        m.putObject("uncertainty").put("quantity", map.word()).put("full", full).put("unit", map.unit())
                .put("notComputed", PagePixels.NOT_COMPUTED);
        figures(m, result, limits);
        return PageMessage.encode(Type.RESULT, m, List.of(
                new Block("image", "uint16", grid.shape(), image.bytes()),
                new Block("labels", UINT8, box.shape(), PagePixels.labels(result.labels(), box)),
                new Block("outline", UINT8, box.shape(), PagePixels.labels(result.outline().get(), box)),
                new Block("uncertainty", UINT8, box.shape(),
                        PagePixels.uncertainty(uncertainty, box, full))));
    }

    /** Origin and steps along k, j, i, LPS mm. */
    private static ObjectNode grid(Grid grid) {
        ObjectNode node = PageMessage.metadata();
        node.putPOJO("shape", grid.shape());
        node.putPOJO("origin", array(grid.affine().origin()));
        ArrayNode steps = node.putArray("steps");
        for (int axis = 0; axis < 3; axis++) {
            steps.addPOJO(array(grid.affine().step(axis)));
        }
        return node;
    }

    private static double[] array(Vector3 v) {
        return new double[]{v.x(), v.y(), v.z()};
    }

    /** Where labels come from, and each structure with what is told of it: as {@link ResultFiguresDocument}, and how it is shown. */
    private static void figures(ObjectNode m, PageResult result, AlertThresholds limits) {
        ResultFiguresDocument figures = ResultFiguresDocument.of(result.figures());
        m.put("labelSource", figures.labelSource()).put("field", figures.field()).putPOJO("pose", figures.pose());
        ArrayNode array = m.putArray("structures");
        for (Structure s : result.structures()) {
            ObjectNode node = array.addObject().put("label", s.label()).put("name", s.name()).put("colour", s.colour());
            node.put("predictedDice", result.figures().predictedDice().get(s.name()));
            OptionalDouble limit = limits.minPredictedDiceOf(s.name());
            node.put("minPredictedDice", limit.isPresent() ? limit.getAsDouble() : null);
            figures.structures().stream().filter(f -> f.name().equals(s.name())).findFirst()
                    .ifPresent(f -> node.put("labelSource", f.labelSource()).put("expectedErrorMm", f.expectedErrorMm())
                            .putPOJO("verdict", f.verdict()));
        }
    }

    /** The overlap predicted of a volume's structures, without its picture. @param limits see {@link #result} */
    static byte[] figures(PageResult result, AlertThresholds limits) {
        ObjectNode m = PageMessage.metadata();
        m.put("procedureId", result.procedureId()).put("volumeId", result.live().volumeId());
        figures(m, result, limits);
        return PageMessage.encode(Type.FIGURES, m, List.of());
    }

    static byte[] withdrawn(String procedureId, String code, String sentence, Instant at) {
        return PageMessage.encode(Type.WITHDRAWN, PageMessage.metadata().put("procedureId", procedureId)
                .put("code", code).put("sentence", sentence).put("at", at.toEpochMilli()), List.of());
    }

    /** @param json the alert as the topic has it */
    static byte[] alert(byte[] json) {
        ObjectNode m = PageMessage.metadata();
        m.putRawValue("alert", new RawValue(new String(json, StandardCharsets.UTF_8)));
        return PageMessage.encode(Type.ALERT, m, List.of());
    }

    static byte[] heartbeat(String procedureId, Instant now) {
        return PageMessage.encode(Type.HEARTBEAT,
                PageMessage.metadata().put("procedureId", procedureId).put("now", now.toEpochMilli()), List.of());
    }

    static byte[] end(String procedureId) {
        return PageMessage.encode(Type.END, PageMessage.metadata().put("procedureId", procedureId), List.of());
    }
}
