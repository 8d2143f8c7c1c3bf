package org.regstream.core.align.check;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.regstream.core.align.Aligned;
import org.regstream.core.align.Aligner;
import org.regstream.core.align.AlignmentOutcome;
import org.regstream.core.align.Mirrored;
import org.regstream.core.align.Pose;
import org.regstream.core.align.Pyramid;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;

/**
 * Aligns a public head under random poses and prints a row for each, then a summary. Times are processor time of the one
 * thread, so a busy machine does not count.
 *
 * <pre>
 * AlignmentCheck --data /usr/share/mricron/templates --poses 200 --seed 1 --turn 40 --contrast SAME --content HEAD [--elastix 5]
 * </pre>
 *
 * All but {@code --content HEAD} has no pose: their scores are to stay below the limit, or, of {@code MIRRORED}, to be told as such.
 */
public final class AlignmentCheck {

    /** A pose holds if labelled voxels are off by at most this much on average, mm. */
    private static final double HIT_MM = 1;

    private static final int PLACES = 2000;

    /** One pose. @param errorMm mean over labelled voxels, of the best pose whether told or not; NaN if there is none
     *  @param mirrored what is explained in a mirror, as a multiple of the score; NaN where nothing was called a mirror image */
    private record Row(double errorMm, double score, double mirrored, boolean told, double seconds, double trackErrorMm,
            double trackSeconds) {}

    private final Map<String, String> options;
    private final Path image;
    private final Volume head;
    private final Vector3[] places;
    private final Vector3 middle;

    private AlignmentCheck(Map<String, String> options) {
        this.options = options;
        Path data = Path.of(options.getOrDefault("--data", "/usr/share/mricron/templates"));
        image = data.resolve(options.getOrDefault("--image", "ch2.nii.gz"));
        head = NiftiReader.readVolume(data.resolve("ch2.nii.gz"));
        places = places(NiftiReader.readLabels(data.resolve("aal.nii.gz")));
        Vector3 sum = new Vector3(0, 0, 0);
        for (Vector3 place : places) {
            sum = sum.plus(place);
        }
        middle = sum.times(1.0 / places.length);
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int n = 0; n + 1 < arguments.length; n += 2) {
            options.put(arguments[n], arguments[n + 1]);
        }
        new AlignmentCheck(options).run();
    }

    private void run() throws Exception {
        int from = number("--from", 0);
        int poses = number("--poses", 200);
        LiveHead.Range range = new LiveHead.Range(number("--turn", 40), number("--shift", 60),
                LiveHead.Contrast.valueOf(options.getOrDefault("--contrast", "SAME")));
        Content content = Content.valueOf(options.getOrDefault("--content", "HEAD"));
        Aligner aligner = new Aligner(Pyramid.of(content.before(NiftiReader.readVolume(image))));
        System.out.printf("seed %d, %s%n", number("--seed", 1), content);
        System.out.println(
                "pose,contrast,degrees,grid,gamma,noise,error_mm,score,mirrored,told,seconds,track_error_mm,track_seconds");
        List<Row> rows = new ArrayList<>();
        for (int pose = from; pose < from + poses; pose++) {
            Random random = new Random(1000003L * number("--seed", 1) + pose);
            LiveHead live = LiveHead.draw(content.live(head, random), middle, range, random);
            Row row = row(aligner, live);
            rows.add(row);
            System.out.printf(Locale.ROOT, "%d,%s,%.3f,%.3f,%.2f,%b,%.3f,%.3f,%.3f%n", pose, live.drawn(), row.errorMm,
                    row.score, row.mirrored, row.told, row.seconds, row.trackErrorMm, row.trackSeconds);
            if (pose - from < number("--elastix", 0)) {
                elastix(live, row);
            }
        }
        summarise(rows);
    }

    private int number(String option, int otherwise) {
        return Integer.parseInt(options.getOrDefault(option, String.valueOf(otherwise)));
    }

    private Row row(Aligner aligner, LiveHead live) {
        double start = processorSeconds();
        AlignmentOutcome found = aligner.align(live.volume());
        double aligned = processorSeconds();
        AlignmentOutcome tracked = aligner.track(live.volume(), nudged(live.truth()));
        double mirrored = found instanceof Mirrored other ? other.mirroredScore() / other.score() : Double.NaN;
        return new Row(errorMm(found, live.truth()), found.score(), mirrored, found instanceof Aligned, aligned - start,
                errorMm(tracked, live.truth()), processorSeconds() - aligned);
    }

    /** Where a patient lay before he turned by 5 degrees and moved by 5 mm. */
    private Pose nudged(Pose truth) {
        return Pose.rotation(new Vector3(0.05, 0.05, -0.05)).taking(middle, middle.plus(new Vector3(3, 3, -3)))
                .after(truth);
    }

    private void elastix(LiveHead live, Row row) throws Exception {
        Elastix.Run run = new Elastix(Files.createTempDirectory("elastix")).run(live.volume(), image);
        System.out.printf(Locale.ROOT, "  elastix: error %.3f mm, %.1f s; ours takes %.3f of it%n",
                errorMm(run.pose(), live.truth()), run.seconds(), row.seconds / run.seconds());
    }

    private double errorMm(AlignmentOutcome outcome, Pose truth) {
        return outcome instanceof Aligned aligned ? errorMm(aligned.pose(), truth) : Double.NaN;
    }

    private double errorMm(Pose pose, Pose truth) {
        Pose there = pose.after(truth.inverse());
        double sum = 0;
        for (Vector3 place : places) {
            sum += there.toMoving(place).minus(place).norm();
        }
        return sum / places.length;
    }

    private static void summarise(List<Row> rows) {
        long hits = rows.stream().filter(r -> r.errorMm <= HIT_MM).count();
        long refused = rows.stream().filter(r -> !r.told).count();
        System.out.printf(Locale.ROOT, "%d poses: %d within %.0f mm (%.1f %%), %d refused, %d wrong and not refused%n",
                rows.size(), hits, HIT_MM, 100.0 * hits / rows.size(), refused, rows.size() - hits - refused);
        System.out.printf(Locale.ROOT, "error of those told, mm: median %.3f, 95 %% %.3f, most %.3f%n",
                percentile(rows, 0.5, r -> r.errorMm), percentile(rows, 0.95, r -> r.errorMm),
                percentile(rows, 1, r -> r.errorMm));
        System.out.printf(Locale.ROOT, "score: least %.3f, median %.3f, most %.3f%n", percentile(rows, 0, r -> r.score),
                percentile(rows, 0.5, r -> r.score), percentile(rows, 1, r -> r.score));
        System.out.printf(Locale.ROOT,
                "processor seconds: median %.3f, 95 %% %.3f; tracking median %.3f, error at most %.3f mm%n",
                percentile(rows, 0.5, r -> r.seconds), percentile(rows, 0.95, r -> r.seconds),
                percentile(rows, 0.5, r -> r.trackSeconds), percentile(rows, 1, r -> r.trackErrorMm));
    }

    private static double percentile(List<Row> rows, double share, ToDoubleFunction<Row> of) {
        double[] sorted = rows.stream().mapToDouble(of).filter(v -> !Double.isNaN(v)).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    private static Vector3[] places(LabelMap labels) {
        Grid g = labels.grid();
        int[] labelled = IntStream.range(0, g.size()).filter(x -> labels.labels()[x] != 0).toArray();
        return IntStream.range(0, PLACES).map(n -> labelled[(int) ((long) n * labelled.length / PLACES)])
                .mapToObj(x -> g.affine().toLps(x / (g.height() * g.width()), x / g.width() % g.height(),
                        x % g.width()))
                .toArray(Vector3[]::new);
    }

    private static double processorSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }
}
