package org.regstream.training.evaluate.row;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regstream.training.network.PredictiveUncertainty;
import org.regstream.core.uncertainty.EnsembleMaps;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Warp;
import org.regstream.training.evaluate.Pairing;

/**
 * What a method makes of a pair, all on the grid of the fixed image. Arrays are not to be modified.
 *
 * @param displacement  φ, pull displacement, voxels
 * @param warped        I'∘φ, mapped intensities
 * @param warpedLabels  S'∘φ, warped linearly
 * @param refinedLabels Ŝ, where the method has a refiner
 * @param predictive    u of each label, where the method predicts it
 * @param members       of an ensemble, whose mean this is; empty for a single network or a classical method
 * @param ownMaps       uncertainty that only the method itself can tell, such as a teacher's; those that follow from the
 *                      other parts are not among them
 */
public record Outcome(DisplacementField displacement, Volume warped, LabelProbabilities warpedLabels,
        Optional<LabelProbabilities> refinedLabels, Optional<PredictiveUncertainty> predictive, List<Outcome> members,
        Map<UncertaintyKind, Volume> ownMaps) {

    public Outcome {
        members = List.copyOf(members);
        ownMaps = Map.copyOf(ownMaps);
    }

    /** Of a method that gives a field and nothing else: image and labels warped by it. @param channels of the labels */
    public static Outcome of(Pairing pair, DisplacementField displacement, int channels) {
        return new Outcome(displacement, Warp.linear(pair.movingImage(), displacement, 0),
                Warp.linear(pair.movingLabels(channels), displacement), Optional.empty(), Optional.empty(), List.of(),
                Map.of());
    }

    /**
     * Mean of members (P1, Eq. 7): of their fields, by which the image is warped, and of their labels.
     *
     * @param members at least one; either all or none with a refiner, and with predictive uncertainty
     */
    public static Outcome ensemble(Pairing pair, List<Outcome> members) {
        DisplacementField mean = EnsembleMaps.meanDisplacement(members.stream().map(Outcome::displacement).toList());
        List<LabelProbabilities> refined = members.stream().flatMap(m -> m.refinedLabels.stream()).toList();
        return new Outcome(mean, Warp.linear(pair.movingImage(), mean, 0),
                EnsembleMaps.meanLabels(members.stream().map(Outcome::warpedLabels).toList()),
                refined.isEmpty() ? Optional.empty() : Optional.of(EnsembleMaps.meanLabels(refined)), Optional.empty(),
                members, Map.of());
    }

    /** The same with maps that the method tells itself. */
    public Outcome withOwnMaps(Map<UncertaintyKind, Volume> maps) {
        return new Outcome(displacement, warped, warpedLabels, refinedLabels, predictive, members, maps);
    }

    /** Refined where there is a refiner and it may be used, else warped. @param refine METHODS: not with fixed pairs */
    public LabelProbabilities labels(boolean refine) {
        return refine ? refinedLabels.orElse(warpedLabels) : warpedLabels;
    }

    /** All maps that this outcome has, in the order of {@link UncertaintyKind}. @param refine as in {@link #labels} */
    public Map<UncertaintyKind, Volume> maps(Pairing pair, boolean refine) {
        Map<UncertaintyKind, Volume> maps = new EnumMap<>(UncertaintyKind.class);
        maps.putAll(ownMaps);
        maps.putAll(new DerivedMaps(this, refine).of(pair));
        return maps;
    }
}
