package org.regstream.service.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.regstream.core.line.ResultFigures;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.pipeline.Assessed;
import org.regstream.core.pipeline.Overlay;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.pipeline.Registered;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.service.line.ReliabilityMap;
import org.regstream.service.publish.SecondOpinion;

/**
 * What a registration found, whichever network it comes from.
 *
 * @param network   {@code student} or {@code ensemble}
 * @param digest    SHA-256 of its graph
 * @param placement where the windows lay
 * @param overlay   what goes out
 * @param figures   what is told of it
 * @param modelTime the networks alone
 */
record Findings(String network, String digest, Placement placement, Overlay overlay, ResultFigures figures,
        Duration modelTime) {

    /** File name of the map to look at; {@link ReliabilityMap#UNCERTAINTY} says which it is. */
    static final String UNCERTAINTY = "uncertainty";

    private static final String STUDENT = "student";

    static Findings of(Registered registered, ModelManifest manifest) {
        return new Findings(STUDENT, manifest.digest(), registered.placement(), registered.overlay(),
                ResultFigures.of(registered), registered.modelTime());
    }

    /** @param student time of the single network, which looked first */
    static Findings of(Assessed assessed, ModelManifest manifest, Duration student) {
        return new Findings("ensemble", manifest.ensembleDigest().orElseThrow(), assessed.placement(),
                assessed.overlay(), ResultFigures.of(assessed), student.plus(assessed.modelTime()));
    }

    /** On the fixed grid. */
    LabelMap labels() {
        return overlay.labels();
    }

    /** On the window. */
    DisplacementField displacement() {
        return overlay.choice().field();
    }

    /** The network's own outlines on the fixed grid. */
    LabelMap outline(ModelManifest manifest) {
        return SecondOpinion.of(overlay, manifest);
    }

    /** @return file name without extension to a map on the fixed grid, NaN outside the window; a single network has no spread */
    Map<String, Volume> maps() {
        Map<String, Volume> maps = new LinkedHashMap<>();
        for (ReliabilityMap map : ReliabilityMap.values()) {
            if (map != ReliabilityMap.DISPLACEMENT_SPREAD || !network.equals(STUDENT)) {
                maps.put(file(map), map.onLive(overlay));
            }
        }
        maps.put(UNCERTAINTY, maps.get(file(ReliabilityMap.UNCERTAINTY)));
        return maps;
    }

    /** @return the map to look at, on the fixed grid */
    Volume uncertainty() {
        return ReliabilityMap.UNCERTAINTY.onLive(overlay);
    }

    static String file(ReliabilityMap map) {
        return map.word().replace('-', '_');
    }
}
