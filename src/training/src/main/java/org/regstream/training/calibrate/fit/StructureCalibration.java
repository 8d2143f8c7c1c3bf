package org.regstream.training.calibrate.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.uncertainty.Auroc;
import org.regstream.core.uncertainty.Roc;
import org.regstream.training.calibrate.cases.People;
import org.regstream.training.calibrate.cases.StructureCase;

/**
 * What was fitted for one structure, or for all that the package does not know, and how well it judges patients held out.
 *
 * @param structure      name
 * @param fitted         on all cases
 * @param groups         one patient and two people, each all and clean ones alone
 * @param singleFeatures area under the ROC curve of each feature alone, higher or lower as its sign says: what a simple rule would reach
 * @param held           judgements of patients held out
 */
public record StructureCalibration(String structure, Fitted fitted, List<GroupFigures> groups,
        Map<String, Double> singleFeatures, HeldOut held) {

    /**
     * @param structure name
     * @param cases     of it; of all structures for {@code generic}
     * @param generic   whether it stands for structures that the package does not know
     */
    public static StructureCalibration of(String structure, List<StructureCase> cases, boolean generic) {
        HeldOut held = HeldOut.crossValidate(cases, generic);
        List<GroupFigures> groups = new ArrayList<>();
        for (People people : People.values()) {
            HeldOut own = held.of(c -> c.kind().people() == people);
            groups.add(GroupFigures.of(people.words(), own));
            groups.add(GroupFigures.of(people.words() + ", clean", own.of(c -> c.kind().isClean())));
        }
        return new StructureCalibration(structure, Fitted.fit(cases, generic), groups, singleFeatures(cases), held);
    }

    public Auroc auroc() {
        return held.auroc();
    }

    public Roc roc() {
        return held.roc();
    }

    private static Map<String, Double> singleFeatures(List<StructureCase> all) {
        List<StructureCase> cases = all.stream().filter(c -> !c.isLost()).toList();
        List<String> patients = cases.stream().map(StructureCase::patient).distinct().toList();
        int[] clusters = cases.stream().mapToInt(c -> patients.indexOf(c.patient())).toArray();
        boolean[] bad = new boolean[clusters.length];
        for (int n = 0; n < bad.length; n++) {
            bad[n] = cases.get(n).isBad();
        }
        Map<String, Double> areas = new LinkedHashMap<>();
        for (String name : Fitted.ownFeatures(cases)) {
            double[] scores = cases.stream().mapToDouble(
                    c -> -ReliabilityFeatures.SIGNS.get(name) * c.features().orElseThrow().byName().get(name))
                    .toArray();
            areas.put(name, Auroc.of(scores, bad, clusters).value());
        }
        return areas;
    }
}
