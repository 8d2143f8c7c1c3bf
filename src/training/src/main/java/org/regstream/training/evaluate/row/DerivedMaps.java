package org.regstream.training.evaluate.row;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regstream.training.network.PredictiveUncertainty;
import org.regstream.core.uncertainty.EnsembleMaps;
import org.regstream.core.uncertainty.LabelEntropy;
import org.regstream.core.volume.Volume;
import org.regstream.training.evaluate.Pairing;

/** The maps that follow from an outcome and its members (METHODS, Ensembles). */
record DerivedMaps(Outcome outcome, boolean refine) {

    Map<UncertaintyKind, Volume> of(Pairing pair) {
        Map<UncertaintyKind, Volume> maps = new EnumMap<>(UncertaintyKind.class);
        maps.put(UncertaintyKind.WARPING_ERROR, warpingError(pair.fixed().image(), outcome.warped()));
        maps.put(UncertaintyKind.LABEL_ENTROPY, LabelEntropy.of(outcome.labels(refine)));
        predictive().ifPresent(u -> maps.put(UncertaintyKind.PREDICTIVE, u));
        if (!outcome.members().isEmpty()) {
            ofMembers(maps);
        }
        return maps;
    }

    private void ofMembers(Map<UncertaintyKind, Volume> maps) {
        List<Outcome> members = outcome.members();
        maps.put(UncertaintyKind.FLOW_SPREAD,
                EnsembleMaps.displacementSpread(members.stream().map(Outcome::displacement).toList()));
        maps.put(UncertaintyKind.MUTUAL_INFORMATION,
                EnsembleMaps.mutualInformation(members.stream().map(m -> m.labels(refine)).toList()));
        if (maps.containsKey(UncertaintyKind.PREDICTIVE)) {
            maps.put(UncertaintyKind.COMBINED, EnsembleMaps.combined(maps.get(UncertaintyKind.FLOW_SPREAD),
                    maps.get(UncertaintyKind.PREDICTIVE)));
        }
    }

    /** Of the network itself, or the root mean square of the members'. */
    private Optional<Volume> predictive() {
        List<Volume> members = outcome.members().stream().flatMap(m -> m.predictive().stream())
                .map(PredictiveUncertainty::combined).toList();
        return members.isEmpty()
                ? outcome.predictive().map(PredictiveUncertainty::combined)
                : Optional.of(EnsembleMaps.rootMeanSquare(members));
    }

    private static Volume warpingError(Volume fixed, Volume warped) {
        float[] error = new float[fixed.grid().size()];
        for (int x = 0; x < error.length; x++) {
            error[x] = Math.abs(fixed.values()[x] - warped.values()[x]);
        }
        return Volume.takeOwnershipOf(fixed.grid(), error);
    }
}
