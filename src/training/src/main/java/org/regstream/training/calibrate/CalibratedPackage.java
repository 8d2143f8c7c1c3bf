package org.regstream.training.calibrate;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.uncertainty.Auroc;
import org.regstream.onnx.ManifestJson;
import org.regstream.onnx.PackageFiles;
import org.regstream.training.calibrate.cases.StructureCase;
import org.regstream.training.calibrate.fit.ErrorScale;
import org.regstream.training.calibrate.fit.Fitted;
import org.regstream.training.calibrate.fit.GroupFigures;
import org.regstream.training.calibrate.fit.KindFigures;
import org.regstream.training.calibrate.fit.MapTable;
import org.regstream.training.calibrate.fit.StructureCalibration;

/**
 * Puts a calibration into a package: {@code calibration/calibration.json}, {@code calibration/roc.png}, predictors and limits in
 * {@code manifest.json} and a section of {@code CARD.md}. All else in those two stays byte for byte as it was, and calibrating
 * again replaces what calibrating put there.
 */
final class CalibratedPackage {

    static final String FIGURES = "calibration/calibration.json";
    static final String PLOT = "calibration/roc.png";
    static final String CARD = "CARD.md";

    private static final String SECTION = "## Alerts on predicted Dice\n";
    private static final String BASIS = "; predicted Dice: ";

    /** So many digits of the figures' SHA-256 tell sets of limits apart. */
    private static final int VERSION_DIGITS = 8;

    private CalibratedPackage() {}

    /** {@link #FIGURES}, member by member. */
    private record Figures(String model, String version, String network, long seed, int patients,
            int casesOfEachFailure,
            double badBelowDice, double goodFromDice, ErrorScale errorScale, List<Judged> structures,
            List<KindFigures> kinds, List<MapTable> maps) {}

    /** Of a structure. */
    private record Judged(String structure, Auroc auroc, List<GroupFigures> groups, Map<String, Double> singleFeatures,
            double minPredictedDice, Double minOutlineDice, double meanEntropyNats, DicePredictor predictor) {

        static Judged of(StructureCalibration s) {
            Fitted f = s.fitted();
            return new Judged(s.structure(), s.auroc(), s.groups(), s.singleFeatures(), f.minPredictedDice(),
                    f.minOutlineDice().isPresent() ? f.minOutlineDice().getAsDouble() : null, f.meanEntropyNats(),
                    f.predictor());
        }
    }

    /**
     * @param from    folder of the package
     * @param to      folder to write into; the package itself or another
     * @param network what was calibrated: {@code ensemble} or {@code student}
     * @return the manifest as written
     */
    static ModelManifest write(Path from, Path to, CalibrationResult result, String network) throws IOException {
        ModelManifest before = ManifestJson.read(from.resolve(ManifestJson.FILE));
        Files.createDirectories(to.resolve(FIGURES).getParent());
        Files.write(to.resolve(FIGURES), figures(before, result, network));
        Files.write(to.resolve(PLOT), RocPlot.png(before.id() + " " + before.version() + ", " + network, result));
        ModelManifest after = calibrated(before, to, result, network);
        ManifestJson.write(to.resolve(ManifestJson.FILE), after);
        Files.writeString(to.resolve(CARD), card(Files.readString(from.resolve(CARD)), result, after, network));
        return after;
    }

    private static byte[] figures(ModelManifest m, CalibrationResult r, String network) throws IOException {
        Figures figures = new Figures(m.id(), m.version(), network, r.seed(), r.patients(), r.each(),
                StructureCase.BAD_DICE, StructureCase.GOOD_DICE, r.scale(),
                Stream.concat(r.structures().stream(), Stream.of(r.generic())).map(Judged::of).toList(), r.kinds(),
                r.maps());
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return (JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build()
                .writer(new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))
                .writeValueAsString(figures) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static ModelManifest calibrated(ModelManifest m, Path to, CalibrationResult result, String network) {
        Map<String, String> files = new TreeMap<>(m.files());
        files.put(FIGURES, PackageFiles.sha256(to.resolve(FIGURES)));
        files.put(PLOT, PackageFiles.sha256(to.resolve(PLOT)));
        AlertThresholds before = m.thresholds();
        String version = m.version() + "-" + files.get(FIGURES).substring(0, VERSION_DIGITS);
        String basis = upTo(BASIS, before.basis()) + BASIS + "one patient (simulated) and two people, "
                + network + ", see " + FIGURES;
        return new ModelManifest(m.schema(), m.id(), m.version(), m.grid(), m.intensity(), m.structures(), m.student(),
                m.ensemble(), files, m.provenance(), m.validation(), result.limits(before, version, basis));
    }

    private static String card(String before, CalibrationResult result, ModelManifest m, String network) {
        return upTo("\n" + SECTION, before) + "\n" + SECTION + "Limits " + m.thresholds().version() + ", of the "
                + network
                + ". " + CalibrationText.of(result) + "\n![ROC](" + PLOT
                + ")\n\n```\n./regstream calibrate --model models/"
                + m.id() + " --data DATA --seed " + result.seed() + " --failures " + result.each() + "\n```\n";
    }

    /** The text before a mark, all of it if the mark is not there. */
    private static String upTo(String mark, String text) {
        int at = text.indexOf(mark);
        return at < 0 ? text : text.substring(0, at);
    }
}
