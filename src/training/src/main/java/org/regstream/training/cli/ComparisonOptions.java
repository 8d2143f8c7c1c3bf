package org.regstream.training.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.regstream.training.evaluate.method.Methods;
import org.regstream.training.evaluate.row.Budget;
import picocli.CommandLine.Option;

/** What decides the numbers of a comparison of methods. */
final class ComparisonOptions {

    /** --quick: with about 0.1 s a step, 33 trainings and their evaluation stay below a quarter of an hour on 2 cores. */
    private static final int QUICK_IMAGES = 96;
    private static final int QUICK_CASES = 5;

    @Option(names = "--methods", required = true, description = "rows of the papers' tables, apart by commas, or all")
    private String methods;

    @Option(names = "--quick", description = "a tiny, stated budget: 1 epoch of " + QUICK_IMAGES + " images, "
            + QUICK_CASES + " cases; shows that everything works, not what is best")
    private boolean quick;

    @Option(names = "--epochs", description = "of each training (default: 20)")
    private Integer epochs;

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

    /** @param model folder of a package, or null */
    Methods rows(Path model) {
        return Methods.of(new Methods.Options(Optional.ofNullable(synCommand), Optional.ofNullable(deedsCommand),
                Duration.ofSeconds(outsideSeconds), Optional.ofNullable(model)));
    }
}
