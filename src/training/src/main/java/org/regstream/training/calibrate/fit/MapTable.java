package org.regstream.training.calibrate.fit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.regstream.core.uncertainty.Rate;
import org.regstream.training.calibrate.cases.MapFigures;
import org.regstream.training.calibrate.cases.People;

/**
 * What the maps of clean cases say of voxels.
 *
 * @param people    whose
 * @param cases     so many
 * @param confident of voxels with a wrong label, those under an entropy of 0.1 nat, all cases together
 * @param means     of the other figures over the cases that have them
 */
public record MapTable(People people, int cases, Rate confident, Map<String, Double> means) {

    public static MapTable of(People people, List<MapFigures> all) {
        List<MapFigures> own = all.stream().filter(m -> m.kind().people() == people).toList();
        Map<String, SummaryStatistics> statistics = new LinkedHashMap<>();
        own.forEach(m -> m.figures().forEach(
                (name, value) -> statistics.computeIfAbsent(name, n -> new SummaryStatistics()).addValue(value)));
        Map<String, Double> means = new LinkedHashMap<>();
        statistics.forEach((name, s) -> means.put(name, s.getMean()));
        return new MapTable(people, own.size(),
                Rate.of(sum(statistics, MapFigures.CONFIDENT), sum(statistics, MapFigures.WRONG)), means);
    }

    private static int sum(Map<String, SummaryStatistics> statistics, String name) {
        return statistics.containsKey(name) ? (int) statistics.get(name).getSum() : 0;
    }
}
