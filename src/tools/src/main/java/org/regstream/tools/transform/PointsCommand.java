package org.regstream.tools.transform;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.regstream.core.DecodeException;
import org.regstream.core.RegstreamException;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.transform.Mapped;
import org.regstream.core.transform.Mapped.Basis;
import org.regstream.core.transform.Mapping;
import org.regstream.core.transform.TransformText.Frame;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code points}: fiducials from one image to the other. Exit code 0 if they were written, 1 if not, 2 for bad usage. */
@Command(name = "points", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Moves points, such as fiducials, from one image to the other.",
        "--to live (default): points marked in the pre-operative image, to where they lie in the live one.",
        "--to preoperative: points marked in the live image, to where they lie in the pre-operative one.",
        "Points go against the direction in which a transform resamples images: --to live inverts it, point by point, to "
                + "0.01 mm. Name the same --transform for both directions, never an inverse."}, footer = {"",
                        "CSV: columns x, y, z, by a first line with their names or else the first three; mm; all other columns are "
                                + "kept, and mapped_by is added where there are names.",
                        "3D Slicer's markups (.mrk.json): its coordinateSystem counts; all else is kept.",
                        "A point beyond the window that was registered goes by the pose alone, and is named. Beyond a field "
                                + "that came without a pose nothing is known: then nothing is written."})
public final class PointsCommand implements Callable<Integer> {

    private static final int NAMED = 10;

    @Spec
    CommandSpec spec;

    @Mixin
    TransformOptions options;

    @Option(names = "--in", required = true, paramLabel = "FILE", description = "points: .csv, or 3D Slicer's .mrk.json")
    Path in;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "the moved points, of the same kind")
    Path out;

    @Option(names = "--to", paramLabel = "SIDE", description = "live or preoperative (default: live)")
    String to = "live";

    @Option(names = "--coordinates", paramLabel = "FRAME", description = {
            "axes of the points, LPS or RAS (default: LPS; markups say it themselves)"})
    Frame coordinates;

    @Override
    public Integer call() {
        require(to.equals("live") || to.equals("preoperative"), "--to must be live or preoperative, got " + to);
        require(isMarkups(in) == isMarkups(out), "--in and --out must be of one kind, both .csv or both .mrk.json");
        require(!ApplyCommand.isSame(in, out) && !ApplyCommand.isSame(options.transform, out),
                "--out would overwrite an input; choose another name");
        try {
            run();
            return 0;
        } catch (RegstreamException | UncheckedIOException | IllegalArgumentException e) {
            spec.commandLine().getErr().println("regstream points: " + e.getMessage());
            spec.commandLine().getErr().flush();
            return 1;
        }
    }

    private void run() {
        Mapping mapping = new TransformFiles(options.matrix, text -> line("NOTE %s", text)).read(options.transform);
        PointFile file = isMarkups(in)
                ? MarkupsPoints.read(in, Optional.ofNullable(coordinates))
                : CsvPoints.read(in, Optional.ofNullable(coordinates).orElse(Frame.LPS));
        List<Mapped> mapped = new ArrayList<>();
        for (PointFile.Point point : file.points()) {
            mapped.add(to.equals("live") ? mapping.toFixed(point.lps()) : mapping.toMoving(point.lps()));
        }
        requireKnown(file.points(), mapped);
        for (int n = 0; n < mapped.size(); n++) {
            tell(file.points().get(n), mapped.get(n));
        }
        file.write(mapped, out);
        line("%d points -> %s (%s)", mapped.size(), out, to);
    }

    private void requireKnown(List<PointFile.Point> points, List<Mapped> mapped) {
        List<String> lost = new ArrayList<>();
        for (int n = 0; n < mapped.size(); n++) {
            if (mapped.get(n).basis() == Basis.NOWHERE) {
                Vector3 p = points.get(n).lps();
                lost.add(String.format(Locale.ROOT, "%s (LPS %.1f, %.1f, %.1f)", points.get(n).name(), p.x(), p.y(),
                        p.z()));
            }
        }
        if (!lost.isEmpty()) {
            throw new DecodeException(lost.size() + " of " + points.size()
                    + " points lie beyond the field, where nothing is known: "
                    + lost.stream().limit(NAMED).collect(Collectors.joining(", "))
                    + (lost.size() > NAMED ? ", ..." : "")
                    + "; nothing was written. Name the folder that register wrote, whose pose holds everywhere, leave these"
                    + " points out, or look whether --to and --coordinates are right");
        }
    }

    private void tell(PointFile.Point point, Mapped mapped) {
        if (mapped.basis() == Basis.POSE) {
            line("NOTE %s: beyond the window that was registered, moved by the pose alone", point.name());
        } else if (mapped.basis() == Basis.NEAREST) {
            line("NOTE %s: the field folds or tears there; the nearest place is %.2f mm off", point.name(),
                    mapped.residualMm());
        }
    }

    private static boolean isMarkups(Path file) {
        return file.getFileName().toString().endsWith(".json");
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private void line(String format, Object... values) {
        spec.commandLine().getOut().println(String.format(Locale.ROOT, format, values));
        spec.commandLine().getOut().flush();
    }
}
