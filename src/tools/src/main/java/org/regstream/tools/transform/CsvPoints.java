package org.regstream.tools.transform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.regstream.core.DecodeException;
import org.regstream.core.FileFault;
import org.regstream.core.geometry.Ras;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.transform.Mapped;
import org.regstream.core.transform.TransformText.Frame;

/**
 * Points of a CSV file, one a line.
 *
 * @param frame   axes of the file
 * @param names   of the columns; empty if the file has no such line
 * @param columns of x, y, z
 * @param rows    everything else: comments and blank lines as one cell that holds no point
 */
record CsvPoints(Frame frame, Optional<List<String>> names, int[] columns, List<Row> rows) implements PointFile {

    private static final String MAPPED_BY = "mapped_by";

    /** @param cells as they are in the file, quotes included. @param point absent for comments and blank lines */
    record Row(List<String> cells, Optional<Point> point) {}

    /** @throws DecodeException if a line holds no point; it names the line */
    static CsvPoints read(Path file, Frame frame) {
        List<String> lines = lines(file);
        Optional<List<String>> names = Optional.empty();
        int[] columns = {0, 1, 2};
        List<Row> rows = new ArrayList<>();
        for (int n = 0; n < lines.size(); n++) {
            String line = lines.get(n);
            if (line.isBlank() || line.startsWith("#")) {
                rows.add(new Row(List.of(line), Optional.empty()));
                continue;
            }
            List<String> cells = cells(line);
            boolean isFirst = names.isEmpty() && rows.stream().allMatch(row -> row.point().isEmpty());
            if (isFirst && !isNumber(cells.get(0))) {
                names = Optional.of(cells);
                columns = columns(cells, file);
                continue;
            }
            rows.add(new Row(cells, Optional.of(new Point(name(names, columns, cells, n + 1),
                    place(file, n + 1, cells, columns, frame)))));
        }
        return new CsvPoints(frame, names, columns, rows);
    }

    @Override
    public List<Point> points() {
        return rows.stream().flatMap(row -> row.point().stream()).toList();
    }

    @Override
    public void write(List<Mapped> moved, Path out) {
        StringBuilder text = new StringBuilder();
        Optional<Integer> basis = names.map(line -> line.contains(MAPPED_BY) ? line.indexOf(MAPPED_BY) : line.size());
        names.ifPresent(line -> append(text, with(line, basis, MAPPED_BY)));
        int n = 0;
        for (Row row : rows) {
            append(text, row.point().isEmpty() ? row.cells() : moved(row, moved.get(n++), basis));
        }
        try {
            Files.writeString(out, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + out + ": " + e.getMessage(), e);
        }
    }

    private List<String> moved(Row row, Mapped mapped, Optional<Integer> basis) {
        Vector3 p = frame == Frame.RAS ? Ras.flip(mapped.place()) : mapped.place();
        List<String> cells = with(row.cells(), basis, mapped.basis().name().toLowerCase(Locale.ROOT));
        double[] xyz = {p.x(), p.y(), p.z()};
        for (int axis = 0; axis < 3; axis++) {
            cells.set(columns[axis], String.format(Locale.ROOT, "%.4f", xyz[axis] + 0.0));
        }
        return cells;
    }

    private static List<String> with(List<String> cells, Optional<Integer> column, String value) {
        List<String> changed = new ArrayList<>(cells);
        column.ifPresent(at -> {
            while (changed.size() <= at) {
                changed.add("");
            }
            changed.set(at, value);
        });
        return changed;
    }

    private static void append(StringBuilder text, List<String> cells) {
        text.append(String.join(",", cells)).append('\n');
    }

    private static int[] columns(List<String> names, Path file) {
        List<String> plain = names.stream().map(name -> unquoted(name).toLowerCase(Locale.ROOT)).toList();
        int[] columns = {plain.indexOf("x"), plain.indexOf("y"), plain.indexOf("z")};
        for (int column : columns) {
            if (column < 0) {
                throw new DecodeException(
                        file.getFileName() + " must name columns x, y and z in its first line, or begin with"
                                + " numbers, got '" + String.join(",", names) + "'; save Slicer's .fcsv as .mrk.json");
            }
        }
        return columns;
    }

    private static Vector3 place(Path file, int line, List<String> cells, int[] columns, Frame frame) {
        double[] xyz = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            String cell = columns[axis] < cells.size() ? cells.get(columns[axis]) : "";
            if (!isNumber(cell)) {
                throw new DecodeException(file.getFileName() + ", line " + line + ": " + "xyz".charAt(axis)
                        + " must be a number, got '" + cell + "' in '" + String.join(",", cells) + "'");
            }
            xyz[axis] = Double.parseDouble(unquoted(cell));
        }
        Vector3 place = new Vector3(xyz[0], xyz[1], xyz[2]);
        return frame == Frame.RAS ? Ras.flip(place) : place;
    }

    /** By a column of that name, else the fourth, else the line. */
    private static String name(Optional<List<String>> names, int[] columns, List<String> cells, int line) {
        int column = names.map(list -> list.stream().map(CsvPoints::unquoted).toList().indexOf("label"))
                .filter(at -> at >= 0).orElse(names.isEmpty() ? 3 : cells.size());
        String name = column < cells.size() ? unquoted(cells.get(column)) : "";
        return name.isEmpty() ? "line " + line : name;
    }

    private static boolean isNumber(String cell) {
        try {
            return Double.isFinite(Double.parseDouble(unquoted(cell)));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String unquoted(String cell) {
        String text = cell.strip();
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
                : text;
    }

    /** Commas within quotes part nothing. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        int start = 0;
        boolean quoted = false;
        for (int at = 0; at < line.length(); at++) {
            char c = line.charAt(at);
            quoted ^= c == '"';
            if (c == ',' && !quoted) {
                cells.add(line.substring(start, at));
                start = at + 1;
            }
        }
        cells.add(line.substring(start));
        return cells;
    }

    private static List<String> lines(Path file) {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            if (!lines.isEmpty() && lines.get(0).startsWith("\uFEFF")) {
                lines.set(0, lines.get(0).substring(1));
            }
            return lines;
        } catch (MalformedInputException e) {
            throw new DecodeException(file.getFileName() + " must be text in UTF-8; save it so", e);
        } catch (IOException e) {
            throw new UncheckedIOException(FileFault.inWords(file, e), e);
        }
    }
}
