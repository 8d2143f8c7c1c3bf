package org.regstream.core.pipeline;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regstream.core.Spans;
import org.regstream.core.carry.PulledPair;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Look;
import org.regstream.core.quality.Morphology;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Shapes;
import org.regstream.core.warp.Warp;

/**
 * Never worse than doing less: of the fields that there are for a volume, the one is taken that has the highest
 *
 * <pre>
 * score = similarity + {@value #OUTLINES} outlines - {@value #ROUGHNESS} roughness
 * </pre>
 *
 * as {@link Score} names them, over one region for all candidates: the given labels as each of them would lay them,
 * dilated by {@value #REACH} voxels, inside the fixed image. The alignment, an exactly zero field, stays unless another explains
 * {@value #SHARE} of what it leaves open: a field that bends follows the noise of both images, and explains that much of images that
 * differ in nothing else (decision 0013). Of the others within {@value #MARGIN} of the highest the simplest is taken, in the order of
 * {@link FieldSource}. Thread-safe.
 */
public final class Candidates {

    /** What the agreement of the network's own outlines counts beside the images'. */
    static final double OUTLINES = 0.5;

    /** Weight of the field's mean squared gradient: a field that scales by 20 % along each axis has 0.12, and pays 0.006. */
    static final double ROUGHNESS = 0.05;

    /** A difference of scores of two fields that bend that noise makes. */
    static final double MARGIN = 0.005;

    /** Of one minus the alignment's similarity: what noise alone gains a field that bends. */
    static final double SHARE = 0.16;

    /** How far around the labels images are compared, voxels. */
    static final int REACH = 5;

    /** A fit that is given less time than this is not worth its start. */
    private static final Duration LEAST_FIT = Duration.ofMillis(20);

    private final Set<FieldSource> sources;
    private final Optional<PairFit> fit;
    private final Duration budget;

    /**
     * @param sources which fields are candidates; {@link FieldSource#ALIGNMENT} always is
     * @param fit     makes fitted fields; empty if none is a candidate
     * @param budget  time of a volume's fit, not negative; none runs with less than 20 ms
     */
    public Candidates(Set<FieldSource> sources, Optional<PairFit> fit, Duration budget) {
        this.sources = EnumSet.of(FieldSource.ALIGNMENT);
        this.sources.addAll(sources);
        this.fit = fit;
        this.budget = budget;
        if (fit.isEmpty() && this.sources.stream().anyMatch(FieldSource::isFitted)) {
            throw new IllegalArgumentException("fitted candidates " + this.sources + " need something that fits them");
        }
        if (budget.isNegative()) {
            throw new IllegalArgumentException("budget must not be negative, got " + Spans.inWords(budget));
        }
    }

    /** The alignment and the network, nothing fitted. */
    public static Candidates withoutFitting() {
        return new Candidates(EnumSet.of(FieldSource.ALIGNMENT, FieldSource.NETWORK), Optional.empty(), Duration.ZERO);
    }

    /** All four; of the fitted ones the one that starts from the better field. */
    public static Candidates fitting(PairFit fit, Duration budget) {
        return new Candidates(EnumSet.allOf(FieldSource.class), Optional.of(fit), budget);
    }

    /** The best field for a pair. */
    public Choice choose(NetworkInput in, Look look) {
        return choose(in, look, Optional.empty());
    }

    /**
     * The best field for a pair of which another look was taken before: a field that was fitted and chosen then is a candidate
     * again, and not fitted anew.
     */
    Choice choose(NetworkInput in, Look look, Optional<Choice> earlier) {
        long start = System.nanoTime();
        Map<FieldSource, Measured> fields = fields(in, look, earlier);
        Map<FieldSource, Score> scores = scores(in, fields);
        FieldSource best = best(scores);
        return new Choice(best, fields.get(best).pulled(), scores, Duration.ofNanos(System.nanoTime() - start));
    }

    /** The alignment unless another is better by more than noise makes it; else the simplest of those within the margin of the highest score. */
    static FieldSource best(Map<FieldSource, Score> scores) {
        Score alignment = scores.get(FieldSource.ALIGNMENT);
        double highest = scores.values().stream().mapToDouble(Score::total).max().orElseThrow();
        if (highest - alignment.total() <= Math.max(MARGIN, SHARE * (1 - alignment.similarity()))) {
            return FieldSource.ALIGNMENT;
        }
        return Arrays.stream(FieldSource.values()).filter(scores::containsKey)
                .filter(source -> scores.get(source).total() >= highest - MARGIN).findFirst().orElseThrow();
    }

    private Map<FieldSource, Measured> fields(NetworkInput in, Look look, Optional<Choice> earlier) {
        Map<FieldSource, Measured> fields = new EnumMap<>(FieldSource.class);
        DisplacementField zero = DisplacementField.zero(look.grid());
        fields.put(FieldSource.ALIGNMENT, Measured.of(in, look, zero));
        if (sources.contains(FieldSource.NETWORK)) {
            fields.put(FieldSource.NETWORK, Measured.of(in, look, look.displacement()));
        }
        Optional<Choice> kept = earlier.filter(c -> c.source().isFitted());
        kept.ifPresent(c -> fields.put(c.source(), Measured.of(in, look, c.field())));
        if (kept.isEmpty() && budget.compareTo(LEAST_FIT) >= 0) {
            toFit(in, fields).ifPresent(source -> {
                DisplacementField start = source == FieldSource.FITTED ? zero : look.displacement();
                DisplacementField fitted = fit.orElseThrow().fit(in, look, start, budget);
                Shapes.requireSameGrid("window and fitted field", look.grid(), fitted.grid());
                fields.put(source, Measured.of(in, look, fitted));
            });
        }
        return fields;
    }

    /**
     * One fit: from the network's field where that is the best there is, else from nothing; what starts from a field that is
     * nearly right comes further in the time.
     */
    private Optional<FieldSource> toFit(NetworkInput in, Map<FieldSource, Measured> unfitted) {
        boolean both = sources.contains(FieldSource.NETWORK_FITTED) && sources.contains(FieldSource.FITTED);
        if (both) {
            return Optional.of(best(scores(in, unfitted)) == FieldSource.NETWORK
                    ? FieldSource.NETWORK_FITTED
                    : FieldSource.FITTED);
        }
        return sources.stream().filter(FieldSource::isFitted).findFirst();
    }

    private static Map<FieldSource, Score> scores(NetworkInput in, Map<FieldSource, Measured> fields) {
        boolean[] region = region(in, fields);
        Map<FieldSource, Score> scores = new EnumMap<>(FieldSource.class);
        fields.forEach((source, measured) -> scores.put(source, measured.score(region)));
        return scores;
    }

    private static boolean[] region(NetworkInput in, Map<FieldSource, Measured> fields) {
        Grid grid = in.fixed().grid();
        boolean[] region = new boolean[grid.size()];
        for (Measured measured : fields.values()) {
            byte[] laid = measured.laid().labels();
            for (int x = 0; x < region.length; x++) {
                region[x] |= laid[x] != 0;
            }
        }
        for (int step = 0; step < REACH; step++) {
            region = Morphology.dilate(region, grid);
        }
        for (int x = 0; x < region.length; x++) {
            region[x] &= in.inside()[x];
        }
        return region;
    }

    /**
     * A candidate and all of its score that does not depend on the others.
     *
     * @param laid     the given labels along the field
     * @param outlines soft Dice
     * @param gradient squared, of the field
     */
    private record Measured(PulledPair pulled, LabelMap laid, double outlines, float[] gradient) {

        static Measured of(NetworkInput in, Look look, DisplacementField u) {
            PulledPair pulled = PulledPair.of(in.fixed(), in.moving(), in.inside(), look, u);
            return new Measured(pulled, Warp.nearest(in.movingLabels(), u), softDice(look.outline(), pulled.outline()),
                    squaredGradient(u));
        }

        Score score(boolean[] region) {
            double similarity = mean(pulled.similarity().values(), region);
            double roughness = mean(gradient, region);
            return new Score(similarity + OUTLINES * outlines - ROUGHNESS * roughness, similarity, outlines, roughness);
        }
    }

    /** Mean over the channels from 1 of {@code 2 sum pq / (sum p² + sum q²)}, of those that either has; 0 if there is none. */
    static double softDice(LabelProbabilities p, LabelProbabilities q) {
        int n = p.grid().size();
        double sum = 0;
        int counted = 0;
        for (int c = 1; c < p.channels(); c++) {
            double shared = 0;
            double squares = 0;
            for (int x = c * n; x < (c + 1) * n; x++) {
                double a = p.values()[x];
                double b = q.values()[x];
                shared += a * b;
                squares += a * a + b * b;
            }
            if (squares > 0) {
                sum += 2 * shared / squares;
                counted++;
            }
        }
        return counted == 0 ? 0 : sum / counted;
    }

    /** Sum of the squares of the nine forward differences of a voxel; beyond the last voxel there is none. */
    static float[] squaredGradient(DisplacementField u) {
        Grid g = u.grid();
        int n = g.size();
        int[] step = {g.height() * g.width(), g.width(), 1};
        float[] out = new float[n];
        boolean[] ends = new boolean[3];
        for (int k = 0, x = 0; k < g.depth(); k++) {
            ends[0] = k + 1 == g.depth();
            for (int j = 0; j < g.height(); j++) {
                ends[1] = j + 1 == g.height();
                for (int i = 0; i < g.width(); i++, x++) {
                    ends[2] = i + 1 == g.width();
                    for (int axis = 0; axis < 3; axis++) {
                        for (int at = x; !ends[axis] && at < 3 * n; at += n) {
                            float d = u.components()[at + step[axis]] - u.components()[at];
                            out[x] += d * d;
                        }
                    }
                }
            }
        }
        return out;
    }

    private static double mean(float[] values, boolean[] where) {
        double sum = 0;
        int count = 0;
        for (int x = 0; x < values.length; x++) {
            if (where[x]) {
                sum += values[x];
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }
}
