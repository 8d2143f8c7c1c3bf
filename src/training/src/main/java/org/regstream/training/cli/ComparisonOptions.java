package org.regstream.training.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.regstream.training.evaluate.method.Methods;
import org.regstream.training.evaluate.method.TrainingPlan;
import org.regstream.training.evaluate.method.TrainingPlan.SnapshotChoice;
import org.regstream.training.evaluate.row.Budget;
import org.regstream.training.network.Precision;
import org.regstream.training.network.PrecisionProbe;
import org.regstream.training.network.Preset;
import picocli.CommandLine.Option;

/** What decides the numbers of a comparison of methods. */
final class ComparisonOptions {

    /** --quick: even with 0.15 s a step, 33 trainings and their evaluation take 10 minutes on 2 cores. */
    private static final int QUICK_IMAGES = 64;
    private static final int QUICK_CASES = 5;

    @Option(names = "--methods", required = true, description = "rows of the papers' tables, apart by commas, or all")
    private String methods;

    @Option(names = "--quick", description = "a tiny, stated budget: 1 epoch of " + QUICK_IMAGES + " images, "
            + QUICK_CASES + " cases; shows that everything works, not what is best")
    private boolean quick;

    @Option(names = "--epochs", description = "of each training (default: 20)")
    private Integer epochs;

    @Option(names = "--preset", description = "size of the networks: ${COMPLETION-CANDIDATES} (default: FAST)")
    private Preset preset = Preset.FAST;

    @Option(names = "--rate", description = "Adam's learning rate; P2's rows fall from twice as much to 0 (default: 3e-4; the papers: 1e-4"
            + " for 200 epochs)")
    private double rate = 3e-4;

    @Option(names = "--snapshots", description = "which of the 20 a snapshot ensemble takes: ${COMPLETION-CANDIDATES}"
            + " (default: RANDOM, as P1)")
    private SnapshotChoice snapshots = SnapshotChoice.RANDOM;

    @Option(names = "--precision", description = "of the convolutions, ${COMPLETION-CANDIDATES}; measured if not given")
    private Precision precision;

    @Option(names = "--threads", description = "of PyTorch; 0: all processors (default: 0)")
    private int threads;

    @Option(names = "--seed", description = "of weights, draws and poses (default: 1)")
    private long seed = 1;

    @Option(names = "--resume", description = "continue the comparison in --out: rows that are done are kept")
    private boolean resume;

    @Option(names = "--syn-command", description = "SyN as an outside program: a command with {fixed}, {moving}, {labels}"
            + " and {out}; src/docs/guides/research.md has the contract")
    private String synCommand;

    @Option(names = "--deeds-command", description = "Deeds, likewise")
    private String deedsCommand;

    @Option(names = "--outside-seconds", description = "time limit of an outside program for a pair (default: 600)")
    private int outsideSeconds = 600;

    String methods() {
        return methods;
    }

    boolean isResumed() {
        return resume;
    }

    /** @param images that may train. @param cases that may be registered to */
    Budget budget(int images, int cases) {
        int passes = epochs != null ? epochs : quick ? 1 : 20;
        return quick
                ? new Budget(passes, Math.min(images, QUICK_IMAGES), Math.min(cases, QUICK_CASES), seed)
                : new Budget(passes, images, cases, seed);
    }

    TrainingPlan plan() {
        return new TrainingPlan(preset, rate, snapshots);
    }

    /** Measured once, and only if something is trained. */
    private Precision measuredPrecision() {
        if (precision == null) {
            precision = PrecisionProbe.fastest();
        }
        return precision;
    }

    /** @param model folder of a package, or null */
    Methods rows(Path model) {
        PyTorchThreads.limitTo(threads);
        return Methods.of(new Methods.Options(Optional.ofNullable(synCommand), Optional.ofNullable(deedsCommand),
                Duration.ofSeconds(outsideSeconds), Optional.ofNullable(model), plan(),
                this::measuredPrecision));
    }
}
