package org.regstream.training.calibrate.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.regstream.core.ConfigurationException;
import org.regstream.core.model.ReliabilityFeatures;

/**
 * What registering all cases gave, as CSV, so that limits can be fitted again without any network: {@code NAME.csv} has a line a structure
 * of a case, {@code NAME.maps.csv} a line a figure of a clean case's maps, {@code NAME.scales.csv} a line a case that scaled
 * the expected error.
 *
 * @param structures one a structure of each case
 * @param maps       one a clean case
 * @param scales     at least one
 */
public record CaseFiles(List<StructureCase> structures, List<MapFigures> maps, List<ScaleScores> scales) {

    private static final String KIND = "patient,people,side,kind,must_alert";
    private static final int KIND_COLUMNS = 5;

    public CaseFiles {
        structures = List.copyOf(structures);
        maps = List.copyOf(maps);
        scales = List.copyOf(scales);
    }

    /** @param file ends in .csv; the others lie beside it */
    public void write(Path file) throws IOException {
        Files.writeString(file, KIND + ",severity,structure,dice," + String.join(",", ReliabilityFeatures.NAMES) + "\n"
                + structures.stream().map(CaseFiles::line).collect(Collectors.joining()));
        Files.writeString(beside(file, "maps"), KIND + ",figure,value\n"
                + maps.stream().flatMap(CaseFiles::lines).collect(Collectors.joining()));
        Files.writeString(beside(file, "scales"), "patient,people," + columns("nll") + "," + columns("ece") + "\n"
                + scales.stream().map(CaseFiles::line).collect(Collectors.joining()));
    }

    /** @throws ConfigurationException if a file is not what {@link #write} wrote */
    public static CaseFiles read(Path file) throws IOException {
        try {
            return new CaseFiles(rows(file).map(CaseFiles::structure).toList(), maps(beside(file, "maps")),
                    rows(beside(file, "scales")).map(CaseFiles::scale).toList());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new ConfigurationException(
                    file + " and the files beside it are not cases that --cases of this version"
                            + " wrote: " + e.getMessage(),
                    e);
        }
    }

    private static Path beside(Path file, String what) {
        String name = file.getFileName().toString();
        String stem = name.endsWith(".csv") ? name.substring(0, name.length() - 4) : name;
        return file.resolveSibling(stem + "." + what + ".csv");
    }

    private static Stream<String[]> rows(Path file) throws IOException {
        return Files.readAllLines(file).stream().skip(1).map(line -> line.split(",", -1));
    }

    private static String columns(String name) {
        return ScaleScores.SCALES.stream().map(scale -> name + "_" + scale).collect(Collectors.joining(","));
    }

    private static String kind(String patient, CaseKind k) {
        return String.join(",", patient, k.people().name(), k.side().name(), k.name(), "" + k.mustAlert());
    }

    private static CaseKind kind(String[] row) {
        return new CaseKind(People.valueOf(row[1]), Side.valueOf(row[2]), row[3], Boolean.parseBoolean(row[4]));
    }

    private static String line(StructureCase c) {
        Map<String, Double> features = c.features().map(ReliabilityFeatures::byName).orElse(Map.of());
        return kind(c.patient(), c.kind()) + String.format(Locale.ROOT, ",%.4f,%s,%.5f,", c.severity(), c.structure(),
                c.dice())
                + ReliabilityFeatures.NAMES.stream()
                        .map(name -> features.containsKey(name) ? number(features.get(name)) : "")
                        .collect(Collectors.joining(","))
                + "\n";
    }

    private static StructureCase structure(String[] row) {
        int first = KIND_COLUMNS + 3;
        double[] f = new double[ReliabilityFeatures.NAMES.size()];
        for (int n = 0; n < f.length; n++) {
            f[n] = row[first + n].isEmpty() ? Double.NaN : Double.parseDouble(row[first + n]);
        }
        Optional<ReliabilityFeatures> features = Double.isNaN(f[0])
                ? Optional.empty()
                : Optional.of(new ReliabilityFeatures(f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], optional(f[8]),
                        optional(f[9]), optional(f[10])));
        return new StructureCase(row[0], kind(row), Double.parseDouble(row[5]), row[6], Double.parseDouble(row[7]),
                features);
    }

    private static OptionalDouble optional(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static Stream<String> lines(MapFigures m) {
        return m.figures().entrySet().stream()
                .map(f -> kind(m.patient(), m.kind()) + "," + f.getKey() + "," + number(f.getValue()) + "\n");
    }

    private static List<MapFigures> maps(Path file) throws IOException {
        record Key(String patient, CaseKind kind) {}
        Map<Key, Map<String, Double>> figures = new LinkedHashMap<>();
        rows(file).forEach(row -> figures.computeIfAbsent(new Key(row[0], kind(row)), k -> new LinkedHashMap<>())
                .put(row[KIND_COLUMNS], Double.parseDouble(row[KIND_COLUMNS + 1])));
        List<MapFigures> maps = new ArrayList<>();
        figures.forEach((key, values) -> maps.add(new MapFigures(key.patient(), key.kind(), values)));
        return maps;
    }

    private static String line(ScaleScores s) {
        return s.patient() + "," + s.people().name() + "," + Stream.concat(s.nll().stream(), s.ece().stream())
                .map(CaseFiles::number).collect(Collectors.joining(",")) + "\n";
    }

    private static ScaleScores scale(String[] row) {
        int n = ScaleScores.SCALES.size();
        List<Double> values = Stream.of(row).skip(2).map(Double::valueOf).toList();
        return new ScaleScores(row[0], People.valueOf(row[1]), values.subList(0, n), values.subList(n, 2 * n));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.7g", value);
    }
}
