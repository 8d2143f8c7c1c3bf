package org.regstream.training.calibrate;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.regstream.core.model.ReliabilityFeatures;

/** Cases for other programs. */
final class CaseTable {

    private CaseTable() {}

    /** A line a structure of a case; features are empty where the structure is lost. */
    static String csv(List<StructureCase> cases) {
        return "patient,kind,severity,structure,dice," + String.join(",", ReliabilityFeatures.NAMES) + "\n"
                + cases.stream().map(CaseTable::line).collect(Collectors.joining());
    }

    private static String line(StructureCase c) {
        String features = ReliabilityFeatures.NAMES.stream()
                .map(name -> c.features().map(f -> String.format(Locale.ROOT, "%.6g", f.byName().get(name))).orElse(""))
                .collect(Collectors.joining(","));
        return String.format(Locale.ROOT, "%s,%s,%.4f,%s,%.5f,%s\n", c.patient(), c.kind(), c.severity(), c.structure(),
                c.dice(), features);
    }
}
