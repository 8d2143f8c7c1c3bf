package org.regstream.navigation.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Structure;
import org.regstream.core.pipeline.ReliabilityMap;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.navigation.Content;
import org.regstream.navigation.DisplacementVectors;
import org.regstream.navigation.Image;
import org.regstream.navigation.LabelList;
import org.regstream.navigation.PatientAxes;
import org.regstream.navigation.Pixels;
import org.regstream.navigation.Surface;
import org.regstream.navigation.SurfaceNets;
import org.regstream.navigation.Transform;

/** The messages of one result, or of its withdrawal; what they hold is made when the first of them is sent. */
final class ResultParcel {

    /** Uncertainty of a voxel that was not computed: none is negative, 0 would read as certain, and viewers stumble at NaN. */
    static final float NOT_COMPUTED = -1;
    /** Bounds a surface at 5 MB; a hippocampus has some thousands. */
    private static final int MAX_TRIANGLES = 200_000;

    private final DeviceNames names;
    private final NavigationResult result;
    private final Instant time;
    private final Map<String, String> metadata;
    private final Parcel.Lane lane;
    private final List<Outgoing> messages = new ArrayList<>();

    private ResultParcel(NavigationResult result, Instant time, Parcel.Lane lane, String state) {
        this.lane = lane;
        this.names = DeviceNames.of(result.procedureId());
        this.result = result;
        this.time = time;
        this.metadata = new HashMap<>(result.model());
        metadata.put("source", result.source());
        metadata.put("procedureId", result.procedureId());
        metadata.put("volumeId", result.live().volumeId());
        metadata.put("sequence", String.valueOf(result.sequence()));
        metadata.put("state", state);
    }

    static String key(String procedureId) {
        return "result " + procedureId;
    }

    /** @return image, pose, labels, what they mean, surfaces, uncertainty, displacement, with the time of acquisition */
    static Parcel shown(NavigationResult result) {
        ResultParcel p = new ResultParcel(result, result.live().acquiredAt(), Parcel.Lane.BULK, "valid");
        p.add(Image.TYPE, p.names.live(), () -> Image.of(result.live().volume().grid(),
                Pixels.ofIntensities(result.live().volume().filled())), Map.of());
        p.add(Transform.TYPE, p.names.pose(), () -> new Transform(result.placement().pose().inverse()),
                Map.of("unit", "mm"));
        p.addOverlay(result::labels, () -> uncertainty(result));
        p.add(Image.TYPE, p.names.deformation(), () -> deformation(result), Map.of("unit", "mm"));
        return p.parcel();
    }

    /**
     * @param at when the result ceased to be valid
     * @return the overlay without labels, surfaces and pose: the protocol has no word for taking an object away, and the last
     *         labels would stay on the screen
     */
    static Parcel withdrawn(NavigationResult result, Instant at) {
        ResultParcel p = new ResultParcel(result, at, Parcel.Lane.URGENT, "withdrawn");
        Grid grid = result.labels().grid();
        p.addOverlay(new Once<>(() -> LabelMap.takeOwnershipOf(grid, new byte[grid.size()])), () -> nothing(grid));
        return p.parcel();
    }

    private static Content nothing(Grid grid) {
        float[] values = new float[grid.size()];
        Arrays.fill(values, NOT_COMPUTED);
        return Image.of(grid, Pixels.of(Volume.takeOwnershipOf(grid, values)));
    }

    private void addOverlay(Supplier<LabelMap> labels, Supplier<Content> uncertainty) {
        Grid grid = result.labels().grid();
        add(Image.TYPE, names.labels(), () -> Image.of(grid, Pixels.of(labels.get())), Map.of());
        add(LabelList.TYPE, names.labelList(),
                () -> new LabelList(result.structures(), names.labels(), names.live(), grid), Map.of());
        result.structures().forEach(s -> addSurface(labels, s));
        add(Image.TYPE, names.uncertainty(), uncertainty, Map.of("unit", ReliabilityMap.UNCERTAINTY.unit(), "quantity",
                ReliabilityMap.UNCERTAINTY.word()));
    }

    private void addSurface(Supplier<LabelMap> labels, Structure structure) {
        add(Surface.TYPE, names.surface(structure.label()),
                () -> new Surface(SurfaceNets.of(labels.get(), structure.label(), MAX_TRIANGLES)),
                Map.of("code", structure.code(), "colour", structure.colour()));
    }

    private void add(String type, String device, Supplier<Content> content, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(metadata);
        all.putAll(more);
        messages.add(new Outgoing(type, device, time, content, all));
    }

    private Parcel parcel() {
        return new Parcel(key(result.procedureId()), lane, messages);
    }

    private static Content uncertainty(NavigationResult result) {
        Volume map = result.uncertainty().get();
        float[] values = map.values().clone();
        for (int x = 0; x < values.length; x++) {
            values[x] = Float.isNaN(values[x]) ? NOT_COMPUTED : values[x];
        }
        return Image.of(map.grid(), Pixels.of(Volume.takeOwnershipOf(map.grid(), values)));
    }

    private static Content deformation(NavigationResult result) {
        return Image.of(result.placement().fixedWindow(), Pixels.ofVectors(
                DisplacementVectors.of(result.displacement(), result.placement(), PatientAxes.RAS)));
    }
}
