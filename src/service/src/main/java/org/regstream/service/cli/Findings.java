package org.regstream.service.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.StructureSummary;
import org.regstream.core.pipeline.Assessed;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.pipeline.Registered;
import org.regstream.core.pipeline.StructureFigures;
import org.regstream.core.pipeline.UncertaintyMaps;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;

/**
 * What a registration found, whichever network it comes from.
 *
 * @param network      {@code student} or {@code ensemble}
 * @param digest       SHA-256 of its graph
 * @param placement    where the windows lay
 * @param displacement on the window
 * @param labels       on the fixed grid
 * @param maps         file name without extension to a map on the fixed grid, NaN outside the window; label entropy first
 * @param quality      of {@code displacement}
 * @param structures   in the reference's order
 * @param modelTime    the networks alone
 */
record Findings(String network, String digest, Placement placement, DisplacementField displacement, LabelMap labels,
        Map<String, Volume> maps, FieldQuality quality, List<OfStructure> structures, Duration modelTime) {

    static final String LABEL_ENTROPY = "uncertainty";
    static final String MUTUAL_INFORMATION = "mutual_information";
    static final String DISPLACEMENT_SPREAD = "displacement_spread";
    static final String PREDICTIVE_UNCERTAINTY = "predictive_uncertainty";

    /** @param summary       what the members say together; empty for a single network
     *  @param predictedDice empty if none is predicted */
    record OfStructure(StructureFigures figures, Optional<StructureSummary> summary, OptionalDouble predictedDice) {}

    static Findings of(Registered registered, ModelManifest manifest) {
        Map<String, Volume> maps = new LinkedHashMap<>();
        maps.put(LABEL_ENTROPY, registered.labelEntropy());
        registered.prediction().predictiveUncertainty().ifPresent(u -> maps.put(PREDICTIVE_UNCERTAINTY,
                Resample.linear(u.combined(), registered.labels().grid(), Float.NaN)));
        return new Findings("student", manifest.digest(), registered.placement(),
                registered.prediction().displacement(), registered.labels(), maps, registered.quality(),
                registered.structures().stream()
                        .map(s -> new OfStructure(s, Optional.empty(), OptionalDouble.empty())).toList(),
                registered.modelTime());
    }

    /** @param student time of the single network, which looked first */
    static Findings of(Assessed assessed, ModelManifest manifest, Duration student) {
        UncertaintyMaps on = assessed.maps().each(assessed.box()::paste);
        Map<String, Volume> maps = new LinkedHashMap<>();
        maps.put(LABEL_ENTROPY, on.labelEntropy());
        maps.put(MUTUAL_INFORMATION, on.mutualInformation());
        maps.put(DISPLACEMENT_SPREAD, on.displacementSpreadMm());
        maps.put(PREDICTIVE_UNCERTAINTY, on.predictiveUncertainty());
        return new Findings("ensemble", manifest.ensembleDigest().orElseThrow(), assessed.placement(),
                assessed.prediction().displacement(), assessed.labels(), maps, assessed.quality(),
                assessed.structures().stream()
                        .map(s -> new OfStructure(s.figures(), Optional.of(s.summary()), s.predictedDice())).toList(),
                student.plus(assessed.modelTime()));
    }
}
