package org.regstream.training.calibrate.cases;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.regstream.core.carry.Carried;
import org.regstream.core.carry.CarriedLabels;
import org.regstream.core.carry.CarryingFields;
import org.regstream.core.model.Look;
import org.regstream.core.uncertainty.Calibration;
import org.regstream.core.uncertainty.LabelError;
import org.regstream.core.uncertainty.Sparsification;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.training.calibrate.failure.Arrival;

/**
 * What the maps of a clean case say of its voxels, by name: {@value #ECE}, {@value #WRONG} and {@value #CONFIDENT} voxels,
 * {@value #UNDER_MEDIAN} where the motion is known, and {@code ause MAP ERROR} of each map and kind of error.
 *
 * @param patient whose live image it is
 * @param kind    of pair
 * @param figures in the order of the tables
 */
public record MapFigures(String patient, CaseKind kind, Map<String, Double> figures) {

    /** Expected calibration error of the soft labels near the structures. */
    public static final String ECE = "ece";

    /** Voxels whose hard label is not the true one. */
    public static final String WRONG = "wrong voxels";

    /** Of them, those with an entropy under 0.1 nat. */
    public static final String CONFIDENT = "wrong and confident voxels";

    /** Share of voxels near the structures with a displacement error under b ln 2, b the calibrated expected error: one half ideally. */
    public static final String UNDER_MEDIAN = "share under b ln 2";

    /** The same with b as the network says it. */
    public static final String UNDER_RAW_MEDIAN = "share under uncalibrated b ln 2";

    /** Mean error of the displacement near the structures, voxels. */
    public static final String ERROR = "displacement error";

    /** An entropy below this says: certain. */
    private static final double CONFIDENT_NATS = 0.1;

    public MapFigures {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** @param channels background included */
    static MapFigures of(Case c, Carried carried, CarryingFields fields, Look look, int channels) {
        Arrival a = c.arrival();
        LabelMap truth = a.fixed().labels();
        boolean[] band = Band.of(carried.labels(), truth, a.known());
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(ECE,
                Calibration.of(CarriedLabels.probabilities(a.moving().labels(), fields, truth.grid(), channels),
                        truth, band).ece());
        wrong(figures, carried, truth, a.known());
        a.motion().ifPresent(motion -> errors(figures, motion, fields, band));
        Map<String, Volume> maps = new LinkedHashMap<>();
        maps.put("entropy", carried.entropy());
        maps.put("expected error", carried.expectedErrorMm());
        maps.put("spread", look.displacementSpread());
        maps.forEach((name, map) -> {
            for (LabelError error : LabelError.values()) {
                figures.put(ause(name, error),
                        Sparsification.of(error, map, carried.labels(), truth, a.known()).ause());
            }
        });
        return new MapFigures(c.patient(), c.kind(), figures);
    }

    /** Name of a map's figure. */
    public static String ause(String map, LabelError error) {
        return "ause " + map + " " + switch (error) {
            case VOXEL_ERROR -> "ERR";
            case MISS_RATE -> "MR";
            case FALSE_DISCOVERY_RATE -> "FDR";
        };
    }

    private static void wrong(Map<String, Double> figures, Carried carried, LabelMap truth, boolean[] known) {
        int wrong = 0;
        int confident = 0;
        for (int x = 0; x < known.length; x++) {
            if (known[x] && carried.labels().labels()[x] != truth.labels()[x]) {
                wrong++;
                confident += carried.entropy().values()[x] < CONFIDENT_NATS ? 1 : 0;
            }
        }
        figures.put(WRONG, (double) wrong);
        figures.put(CONFIDENT, (double) confident);
    }

    private static void errors(Map<String, Double> figures, DisplacementField motion, CarryingFields fields,
            boolean[] band) {
        int n = band.length;
        float[] u = fields.published().components();
        float[] v = motion.components();
        float[] b = fields.expectedError().values();
        int under = 0;
        int raw = 0;
        int count = 0;
        double sum = 0;
        for (int x = 0; x < n; x++) {
            if (band[x]) {
                double dk = u[x] - v[x];
                double dj = u[n + x] - v[n + x];
                double di = u[2 * n + x] - v[2 * n + x];
                double error = Math.sqrt(dk * dk + dj * dj + di * di);
                sum += error;
                under += error < fields.errorScale() * b[x] * Math.log(2) ? 1 : 0;
                raw += error < b[x] * Math.log(2) ? 1 : 0;
                count++;
            }
        }
        figures.put(ERROR, sum / count);
        figures.put(UNDER_MEDIAN, (double) under / count);
        figures.put(UNDER_RAW_MEDIAN, (double) raw / count);
    }
}
